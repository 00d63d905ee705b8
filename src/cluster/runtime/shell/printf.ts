// printf. Models busybox coreutils/printf.c.
import { readEscapes } from './escapes.ts';

/** What printf prints, in the order in which it appears; errors are without the name before them. */
export interface Printed {
  readonly pieces: readonly { readonly fd: 1 | 2; readonly text: string }[];
  readonly status: number;
}

/** Collects what is printed. */
interface Printer {
  readonly pieces: { readonly fd: 1 | 2; readonly text: string }[];
  out(text: string): void;
  error(text: string): void;
  status: number;
}

function createPrinter(): Printer {
  const printer: Printer = {
    pieces: [],
    status: 0,
    out(text) {
      if (text !== '') printer.pieces.push({ fd: 1, text });
    },
    error(text) {
      printer.pieces.push({ fd: 2, text });
      printer.status = 1;
    },
  };
  return printer;
}

const directive = /%%|%([-+ 0#]*)(\*|\d+)?(\.(\*|\d+)?)?([hlLjzt]*)([diouxXeEfFgGcsb])|\\(?:c|x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|[\s\S])|%/g;

/** Formats arguments; the format is used again while arguments are left. */
export function formatText(args: readonly string[]): Printed {
  const [format, ...values] = args;
  const printer = createPrinter();
  if (format === undefined) printer.error('usage: printf FORMAT [ARGUMENT...]');
  else {
    const arguments_ = { values, used: 0 };
    for (;;) {
      const { used } = arguments_;
      if (!formatOnce(printer, format, arguments_)) break;
      if (arguments_.used === used || arguments_.used >= values.length) break;
    }
  }
  return { pieces: printer.pieces, status: printer.status };
}

/** Goes through the format once. False: printing is over. */
function formatOnce(printer: Printer, format: string, given: { readonly values: readonly string[]; used: number }): boolean {
  const next = (): string | undefined => {
    given.used += 1;
    return given.values[given.used - 1];
  };
  let at = 0;
  for (const match of format.matchAll(directive)) {
    printer.out(format.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, flags = '', width, point, precision, , kind] = match;
    if (whole === '%%') printer.out('%');
    else if (whole === '\\c') return false;
    else if (whole.startsWith('\\')) printer.out(readEscapes(whole, false).text);
    else if (kind === undefined) {
      printer.error(`${format.slice(match.index).replace(/^%([-+ 0#]*[\d*.]*)[hlLjzt]*/, '%$1')}: invalid format`);
      return false;
    } else {
      const wide = width === '*' ? Number(next() ?? 0) : Number(width ?? 0);
      const exact = point === undefined ? undefined : precision === '*' ? Number(next() ?? 0) : Number(precision ?? 0);
      const done = convert(kind, flags, wide, exact, next(), printer);
      printer.out(done.text);
      if (done.stop) return false;
    }
  }
  printer.out(format.slice(at));
  return true;
}

interface Converted {
  readonly text: string;
  readonly stop?: boolean;
}

function convert(
  kind: string,
  flags: string,
  width: number,
  precision: number | undefined,
  value: string | undefined,
  printer: Printer,
): Converted {
  const pad = (text: string, zero = false): string => {
    if (flags.includes('-') || width < 0) return text.padEnd(Math.abs(width));
    if (!zero || !flags.includes('0')) return text.padStart(width);
    const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(width - sign.length, '0');
  };
  if (kind === 's' || kind === 'b') {
    const read = kind === 'b' ? readEscapes(value ?? '', true) : { text: value ?? '', stop: false };
    return { text: pad(precision === undefined ? read.text : read.text.slice(0, precision)), stop: read.stop };
  }
  if (kind === 'c') return { text: pad((value ?? '').charAt(0)) };
  const number = numberOf(value, printer);
  return { text: pad(numberText(kind, flags, precision, number), precision === undefined || /[eEfFgG]/.test(kind)) };
}

function numberOf(value: string | undefined, printer: Printer): number {
  const text = value ?? '';
  if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
  if (value === undefined) {
    printer.error("invalid number ''");
    printer.status = 0;
    return 0;
  }
  const trimmed = text.trim();
  if (/^[-+]?0[xX][0-9A-Fa-f]+$/.test(trimmed)) return Number.parseInt(trimmed, 16);
  if (/^[-+]?0[0-7]+$/.test(trimmed)) return Number.parseInt(trimmed, 8);
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  printer.error(`invalid number '${text}'`);
  return 0;
}

function numberText(kind: string, flags: string, precision: number | undefined, value: number): string {
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const size = Math.abs(value);
  if (kind === 'f' || kind === 'F') return sign + size.toFixed(Math.min(precision ?? 6, 60));
  if (kind === 'e' || kind === 'E' || kind === 'g' || kind === 'G') {
    const text = kind.toLowerCase() === 'e' ? exponential(size, precision ?? 6) : general(size, precision ?? 6);
    return sign + (kind === 'E' || kind === 'G' ? text.toUpperCase() : text);
  }
  const whole = Math.trunc(size);
  if (kind === 'd' || kind === 'i' || kind === 'u') return (kind === 'u' ? '' : sign) + String(whole).padStart(precision ?? 1, '0');
  const bits = value < 0 ? BigInt.asUintN(64, BigInt(Math.trunc(value))) : BigInt(whole);
  const digits = bits.toString(kind === 'o' ? 8 : 16).padStart(precision ?? 1, '0');
  const prefix = flags.includes('#') && whole !== 0 ? (kind === 'o' ? '0' : `0${kind}`) : '';
  return prefix + (kind === 'X' ? digits.toUpperCase() : digits);
}

function exponential(value: number, precision: number): string {
  return value.toExponential(Math.min(precision, 60)).replace(/e([-+])(\d)$/, 'e$10$2');
}

/** `%g`: the shorter of the two, without zeros at the end. */
export function general(value: number, precision: number): string {
  if (value === 0) return '0';
  const digits = Math.max(precision, 1);
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  const text = exponent < -4 || exponent >= digits ? exponential(value, digits - 1) : value.toFixed(Math.max(0, digits - 1 - exponent));
  return text.includes('.') ? text.replace(/\.?0+($|e)/, '$1') : text;
}
