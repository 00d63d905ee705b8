// The command line of the headless runner.
import { parseDurationMs } from '../base/durations.ts';

/** What the runner was asked to do. */
export interface Arguments {
  readonly files: readonly string[];
  readonly untilMs?: number;
  readonly format: 'text' | 'json';
  /** Kinds of `object` records, lower case and plural. */
  readonly watch: readonly string[];
}

/** Kinds that `--watch` may name. */
const WATCHABLE = ['pods', 'events', 'nodes', 'services', 'configmaps', 'secrets', 'namespaces', 'serviceaccounts', 'leases'];

/** Reads the command line, or answers what is wrong with it. */
export function readArguments(argv: readonly string[]): Arguments | { readonly mistake: string } {
  const files: string[] = [];
  let untilMs: number | undefined;
  let format: 'text' | 'json' = 'text';
  let watch: readonly string[] = ['pods', 'events', 'nodes'];
  for (let i = 0; i < argv.length; i += 1) {
    const [flag, inline] = (argv[i] as string).startsWith('--') ? splitFlag(argv[i] as string) : [undefined, undefined];
    if (flag === undefined) {
      files.push(argv[i] as string);
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined) return { mistake: `${flag} needs a value` };
    if (flag === '--until') {
      untilMs = parseDurationMs(value);
      if (untilMs === undefined || untilMs < 0) return { mistake: `--until: "${value}" is not a duration` };
      untilMs = Math.round(untilMs);
    } else if (flag === '--format') {
      if (value !== 'text' && value !== 'json') return { mistake: `--format is text or json, not "${value}"` };
      format = value;
    } else if (flag === '--watch') {
      watch = value.split(',').filter((kind) => kind !== '');
      const unknown = watch.find((kind) => !WATCHABLE.includes(kind));
      if (unknown !== undefined) return { mistake: `--watch: no kind "${unknown}" (${WATCHABLE.join(', ')})` };
    } else return { mistake: `no flag ${flag}` };
  }
  if (files.length === 0) return { mistake: 'no scenario file' };
  return { files, ...(untilMs !== undefined && { untilMs }), format, watch };
}

function splitFlag(argument: string): readonly [string, string | undefined] {
  const equals = argument.indexOf('=');
  return equals < 0 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)];
}
