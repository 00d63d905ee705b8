// Reads the flags of a command line as github.com/spf13/pflag does, with its texts for mistakes.
import { parseDurationMs } from '../base/durations.ts';
import { fail } from './failure.ts';

/** A flag of a command. */
export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  /** `list` takes values apart at commas, `array` does not. */
  readonly type: 'bool' | 'string' | 'int' | 'list' | 'array' | 'duration';
  readonly default?: string;
  /** The value of a flag that is given without one. */
  readonly bare?: string;
}

/** The flags of a command line that was read. */
export interface Flags {
  readonly args: readonly string[];
  /** How many arguments came before `--`; undefined without it. */
  readonly dashAt: number | undefined;
  /** Whether it was given. */
  has(name: string): boolean;
  text(name: string): string;
  isOn(name: string): boolean;
  number(name: string): number;
  list(name: string): readonly string[];
  ms(name: string): number;
}

/** Flags that every command has. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  { name: 'namespace', short: 'n', type: 'string' },
  { name: 'kubeconfig', type: 'string' },
  { name: 'context', type: 'string' },
  { name: 'cluster', type: 'string' },
  { name: 'user', type: 'string' },
  { name: 'server', short: 's', type: 'string' },
  { name: 'token', type: 'string' },
  { name: 'as', type: 'string' },
  { name: 'as-group', type: 'array' },
  { name: 'as-uid', type: 'string' },
  { name: 'cache-dir', type: 'string' },
  { name: 'certificate-authority', type: 'string' },
  { name: 'client-certificate', type: 'string' },
  { name: 'client-key', type: 'string' },
  { name: 'insecure-skip-tls-verify', type: 'bool' },
  { name: 'request-timeout', type: 'string', default: '0' },
  { name: 'v', short: 'v', type: 'int', default: '0' },
  { name: 'warnings-as-errors', type: 'bool' },
  { name: 'help', short: 'h', type: 'bool' },
];

/** Reads a command's arguments (without the command's own name); a mistake is thrown, with where to find help. */
export function parseFlags(command: string, specs: readonly FlagSpec[], argv: readonly string[]): Flags {
  const all = [...specs, ...GLOBAL_FLAGS.filter((flag) => !specs.some((spec) => spec.name === flag.name))];
  const given = new Map<string, string[]>();
  const args: string[] = [];
  let dashAt: number | undefined;
  const problem = (text: string) => fail(`${text}\nSee 'kubectl${command === '' ? '' : ` ${command}`} --help' for usage.`);
  const set = (spec: FlagSpec, value: string, isShort: boolean) => {
    const name = spec.short ? `-${spec.short}, --${spec.name}` : `--${spec.name}`;
    const wrong = checkValue(spec, value);
    if (wrong !== undefined) throw problem(`invalid argument ${JSON.stringify(value)} for ${JSON.stringify(name)} flag: ${wrong}`);
    const isMany = spec.type === 'list' || spec.type === 'array';
    given.set(spec.name, isMany ? [...(given.get(spec.name) ?? []), value] : [value]);
    return isShort;
  };
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    if (word === '--') {
      dashAt = args.length;
      args.push(...argv.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') args.push(word);
    else if (word.startsWith('--')) i += readLong(word, argv[i + 1], all, set, problem);
    else i += readShort(word, argv[i + 1], all, set, problem);
  }
  return flagsOf(all, given, args, dashAt);
}

type Setter = (spec: FlagSpec, value: string, isShort: boolean) => void;
type Problem = (text: string) => Error;
const bareValue = (spec: FlagSpec): string | undefined => spec.bare ?? (spec.type === 'bool' ? 'true' : undefined);

/** Answers how many further words were used. */
function readLong(word: string, next: string | undefined, all: readonly FlagSpec[], set: Setter, problem: Problem): number {
  const at = word.indexOf('=');
  const name = at < 0 ? word.slice(2) : word.slice(2, at);
  if (name === '' || name.startsWith('-')) throw problem(`bad flag syntax: ${word}`);
  const spec = all.find((flag) => flag.name === name);
  if (!spec) throw problem(`unknown flag: --${name}`);
  const bare = bareValue(spec);
  if (at >= 0) set(spec, word.slice(at + 1), false);
  else if (bare !== undefined) set(spec, bare, false);
  else if (next !== undefined) {
    set(spec, next, false);
    return 1;
  } else throw problem(`flag needs an argument: --${name}`);
  return 0;
}

function readShort(word: string, next: string | undefined, all: readonly FlagSpec[], set: Setter, problem: Problem): number {
  let rest = word.slice(1);
  while (rest !== '') {
    const letter = rest.charAt(0);
    const spec = all.find((flag) => flag.short === letter);
    if (!spec) throw problem(`unknown shorthand flag: ${quoteRune(letter)} in -${rest}`);
    const bare = bareValue(spec);
    if (rest.length > 2 && rest.charAt(1) === '=') {
      set(spec, rest.slice(2), true);
      return 0;
    }
    if (bare !== undefined) set(spec, bare, true);
    else if (rest.length > 1) {
      set(spec, rest.slice(1), true);
      return 0;
    } else if (next !== undefined) {
      set(spec, next, true);
      return 1;
    } else throw problem(`flag needs an argument: ${quoteRune(letter)} in -${rest}`);
    rest = rest.slice(1);
  }
  return 0;
}

const quoteRune = (letter: string): string => `'${letter === "'" || letter === '\\' ? `\\${letter}` : letter}'`;
const BOOLS: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  false: false,
  FALSE: false,
  False: false,
};

/** Why a value does not fit, in Go's words, or undefined. */
function checkValue(spec: FlagSpec, value: string): string | undefined {
  const quoted = JSON.stringify(value);
  if (spec.type === 'bool' && !Object.hasOwn(BOOLS, value)) return `strconv.ParseBool: parsing ${quoted}: invalid syntax`;
  if (spec.type === 'int' && !/^[+-]?\d+$/.test(value)) return `strconv.ParseInt: parsing ${quoted}: invalid syntax`;
  if (spec.type !== 'duration' || parseDurationMs(value) !== undefined) return undefined;
  if (value === '') return 'time: invalid duration ""';
  return /^[+-]?[\d.]+$/.test(value) ? `time: missing unit in duration ${quoted}` : `time: invalid duration ${quoted}`;
}

function flagsOf(
  specs: readonly FlagSpec[],
  given: ReadonlyMap<string, readonly string[]>,
  args: readonly string[],
  dashAt: number | undefined,
): Flags {
  const spec = (name: string) => specs.find((flag) => flag.name === name);
  const text = (name: string) => given.get(name)?.at(-1) ?? spec(name)?.default ?? '';
  return {
    args,
    dashAt,
    has: (name) => given.has(name),
    text,
    isOn: (name) => BOOLS[text(name)] ?? false,
    number: (name) => Number(text(name)),
    list(name) {
      const values = given.get(name) ?? [];
      return spec(name)?.type === 'list' ? values.flatMap((value) => value.split(',')) : values;
    },
    ms: (name) => parseDurationMs(text(name)) ?? 0,
  };
}
