// `key=value` and `key-` arguments of label, annotate and taint. Models cmdutil.GetResourcesAndPairs and ParsePairs.
import { fail } from './failure.ts';

/** Arguments that name objects, and those that change them. */
export interface SplitArguments {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

const isPair = (argument: string): boolean => argument.includes('=') || argument.endsWith('-');

/** Takes the arguments apart: objects come first. */
export function splitArguments(args: readonly string[], what: string): SplitArguments {
  const at = args.findIndex(isPair);
  if (at < 0) return { resources: args, pairs: [] };
  const pairs = args.slice(at);
  const wrong = pairs.find((pair) => !isPair(pair));
  if (wrong !== undefined) throw fail(`all resources must be specified before ${what} changes: ${wrong}`);
  return { resources: args.slice(0, at), pairs };
}

/** What is to be set, and what is to be taken away. */
export interface Changes {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Reads the changes; `what`: `label` or `annotation`, for the errors. */
export function readChanges(pairs: readonly string[], what: string): Changes {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  const wrong: string[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at > 0) set[pair.slice(0, at)] = pair.slice(at + 1);
    else if (at < 0 && pair.endsWith('-') && pair !== '-') remove.push(pair.slice(0, -1));
    else wrong.push(pair);
  }
  if (wrong.length > 0) throw fail(`invalid ${what} format: ${wrong.join(', ')}`);
  const both = remove.find((key) => key in set);
  if (both !== undefined) throw fail(`cannot modify and remove the same ${what} in the same command: ${both}`);
  return { set, remove };
}
