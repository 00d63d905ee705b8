// Quantities (`250m`, `64Mi`, `1e3`): exact, in billionths of the unit. Models k8s.io/apimachinery/pkg/api/resource/quantity.go.

/** How a quantity prints: powers of ten, powers of 1024, or `1e3`. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A quantity that has been read. */
export interface ParsedQuantity {
  /** The amount in billionths: exact, as nothing finer exists. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  /** The text as it was written, where the real one keeps it: it was canonical, or nearly. */
  readonly text?: string;
}

/** Why a text is not a quantity, in the API server's words. */
export interface QuantityError {
  readonly error: string;
}

const WRONG_FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_SUFFIX = "unable to parse quantity's suffix";
const NANO = 1_000_000_000n;
const MAX_BINARY = (2n ** 63n - 1n) * NANO;
/** Past this power of ten amounts are cut: nothing real is that large, and the arithmetic must stay quick. */
const MAX_EXPONENT = 400;

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const DECIMAL_SUFFIX = new Map(Object.entries(DECIMAL).map(([suffix, exponent]) => [exponent, suffix]));
const BINARY_SUFFIX = new Map(Object.entries(BINARY).map(([suffix, exponent]) => [exponent, suffix]));

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

function readSuffix(text: string): Suffix | undefined {
  const decimal = Object.hasOwn(DECIMAL, text) ? DECIMAL[text] : undefined;
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: 'DecimalSI' };
  const binary = Object.hasOwn(BINARY, text) ? BINARY[text] : undefined;
  if (binary !== undefined) return { base: 2, exponent: binary, format: 'BinarySI' };
  if (!/^[eE][+-]?\d+$/.test(text)) return undefined;
  const exponent = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Number(text.slice(1))));
  return { base: 10, exponent, format: 'DecimalExponent' };
}

/** Quantities that have been read: few are in use at a time, and each is read at every look at a Pod that has it. */
const read = new Map<string, ParsedQuantity | QuantityError>();
const MOST_REMEMBERED = 1000;

/** Reads a quantity; an error says which part the API server could not read. */
export function parseQuantity(text: string): ParsedQuantity | QuantityError {
  const before = read.get(text);
  if (before !== undefined) return before;
  const parsed = readQuantity(text);
  if (read.size >= MOST_REMEMBERED) read.clear();
  read.set(text, parsed);
  return parsed;
}

function readQuantity(text: string): ParsedQuantity | QuantityError {
  if (text === '') return { error: WRONG_FORMAT };
  if (text === '0') return { nanos: 0n, format: 'DecimalSI', text };
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text);
  if (!parts || text.length > 1000) return { error: WRONG_FORMAT };
  const number = parts[2] || '0';
  const fraction = parts[3] ?? '';
  const suffix = readSuffix(parts[4] ?? '');
  if (suffix === undefined) return { error: WRONG_SUFFIX };
  const magnitude = amountOf(BigInt(number + fraction), fraction.length, suffix);
  const nanos = parts[1] === '-' ? -magnitude : magnitude;
  if (keepsText(number, fraction, suffix)) return { nanos, format: suffix.format, text };
  const format = suffix.format === 'BinarySI' && magnitude > 0n && magnitude < NANO ? 'DecimalSI' : suffix.format;
  return { nanos, format };
}

/** digits * 10^-places * suffix in billionths, rounded away from zero. */
function amountOf(digits: bigint, places: number, suffix: Suffix): bigint {
  if (suffix.base === 2) {
    const amount = divideUp(digits * 2n ** BigInt(suffix.exponent) * NANO, 10n ** BigInt(places));
    return amount > MAX_BINARY ? MAX_BINARY : amount;
  }
  const scale = suffix.exponent - places + 9;
  return scale >= 0 ? digits * 10n ** BigInt(scale) : divideUp(digits, 10n ** BigInt(-scale));
}

/** Whether the real one, having read this fast, prints the text as it was written. */
function keepsText(number: string, fraction: string, { base, exponent }: Suffix): boolean {
  const digits = number + fraction;
  if (base === 2) {
    const room = 15 - number.length - Math.floor((exponent * 3) / 10) - 1;
    return fraction === '' && room >= 0 && (BigInt(number) & 7n) !== 0n;
  }
  const scale = exponent - fraction.length;
  return digits.length <= 18 && scale >= -9 && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (quotient * divisor === dividend) return quotient;
  return dividend > 0n ? quotient + 1n : quotient - 1n;
}

/** Writes a quantity as the API server does. */
export function formatQuantity(quantity: ParsedQuantity): string {
  const { nanos, format, text } = quantity;
  if (text !== undefined) return text;
  if (nanos === 0n) return '0';
  const binary = format === 'BinarySI' && (nanos <= -1024n * NANO || nanos >= 1024n * NANO) && nanos % NANO === 0n;
  return binary ? formatBinary(nanos / NANO) : formatDecimal(nanos, format === 'DecimalExponent');
}

function formatBinary(units: bigint): string {
  let mantissa = units;
  let exponent = 0;
  while (mantissa % 1024n === 0n && exponent < 60) {
    mantissa /= 1024n;
    exponent += 10;
  }
  return `${mantissa}${BINARY_SUFFIX.get(exponent) ?? ''}`;
}

function formatDecimal(nanos: bigint, withExponent: boolean): string {
  let mantissa = nanos;
  let exponent = -9;
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    exponent += 1;
  }
  while (exponent % 3 !== 0) {
    mantissa *= 10n;
    exponent -= 1;
  }
  const suffix = withExponent ? undefined : DECIMAL_SUFFIX.get(exponent);
  return `${mantissa}${suffix ?? (exponent === 0 ? '' : `e${exponent}`)}`;
}

/** The amount of a stored quantity in billionths; a text that is none counts as zero (stored ones have been read before). */
export function nanosOf(quantity: string): bigint {
  const parsed = parseQuantity(quantity);
  return 'error' in parsed ? 0n : parsed.nanos;
}

/** The canonical form of a stored quantity. */
export function canonicalQuantity(quantity: string): string {
  const parsed = parseQuantity(quantity);
  return 'error' in parsed ? quantity : formatQuantity(parsed);
}

/** Rounds up to thousandths, as defaulting does to every amount of a resource list. Models SetDefaults_ResourceList. */
export function roundUpToMilli(quantity: string): string {
  const parsed = parseQuantity(quantity);
  if ('error' in parsed) return quantity;
  const milli = 1_000_000n;
  if (parsed.nanos % milli === 0n) return formatQuantity(parsed);
  return formatQuantity({ nanos: divideUp(parsed.nanos, milli) * milli, format: parsed.format });
}

/** Compares two stored quantities by amount; negative, zero or positive. */
export function compareQuantities(a: string, b: string): number {
  const difference = nanosOf(a) - nanosOf(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Sums stored quantities; the format is the first one's that is not zero. */
export function addQuantities(...quantities: readonly string[]): string {
  return formatQuantity(quantities.map(parsedOrZero).reduce(plus, { nanos: 0n, format: 'DecimalSI' }));
}

/** Takes the second stored quantity from the first. */
export function subtractQuantities(a: string, b: string): string {
  const subtrahend = parsedOrZero(b);
  return formatQuantity(plus(parsedOrZero(a), { nanos: -subtrahend.nanos, format: subtrahend.format }));
}

function parsedOrZero(text: string): ParsedQuantity {
  const parsed = parseQuantity(text);
  return 'error' in parsed ? { nanos: 0n, format: 'DecimalSI' } : parsed;
}

const plus = (a: ParsedQuantity, b: ParsedQuantity): ParsedQuantity => ({
  nanos: a.nanos + b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

/** The amount in thousandths, rounded up, as a number: CPU in milli. Models Quantity.MilliValue. */
export const milliValue = (quantity: string): number => Number(divideUp(nanosOf(quantity), 1_000_000n));
/** The amount in units, rounded up, as a number: bytes, Pods. Models Quantity.Value. */
export const unitValue = (quantity: string): number => Number(divideUp(nanosOf(quantity), NANO));
/** Whether the amount is a whole number of units. */
export const isWhole = (quantity: string): boolean => nanosOf(quantity) % NANO === 0n;
