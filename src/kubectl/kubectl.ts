// kubectl as a program: a generator that asks its computer for everything. It knows of the cluster what an HTTP client would.
import type { Kubectl, KubectlEnvironment } from './ask.ts';
import { COMMANDS } from './catalog.ts';
import { createClient } from './client.ts';
import { complain, type Command, print } from './command.ts';
import { fail, KubectlError, report } from './failure.ts';
import { GLOBAL_FLAGS, parseFlags } from './flags.ts';
import { helpOf, rootHelp } from './help.ts';
import { isKubectlCommand, notSimulated, unknownCommand } from './unknown-command.ts';

/** Runs `kubectl` with these arguments (without its own name); answers its exit code. */
export function* kubectl(argv: readonly string[], environment: KubectlEnvironment): Kubectl<number> {
  try {
    return yield* dispatch(argv, environment);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const { text, exit } = report(error.failure);
    yield* complain(text);
    return exit;
  }
}

function* dispatch(argv: readonly string[], environment: KubectlEnvironment): Kubectl<number> {
  const found = findCommand(argv);
  if (!found) return yield* withoutCommand(argv);
  const { command, rest } = found;
  const words = wordPlaces(argv).map((i) => argv[i] ?? '');
  const missing = command.name === words[0] ? notSimulated(words) : undefined;
  if (missing !== undefined) throw fail(`Podscope does not simulate "kubectl ${missing}"`);
  const flags = parseFlags(command.name, command.flags, rest);
  if (flags.isOn('help')) {
    yield* print(helpOf(command));
    return 0;
  }
  return yield* command.run({
    environment,
    client: createClient(),
    flags,
    args: flags.args,
    namespace: flags.text('namespace') || 'default',
    isNamespaceGiven: flags.has('namespace'),
  });
}

/** The command with the longest name that the arguments begin with, global flags before it skipped. */
function findCommand(argv: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const at = wordPlaces(argv);
  const words = at.map((i) => argv[i] ?? '');
  let best: { command: Command; length: number } | undefined;
  for (const command of COMMANDS) {
    for (const name of [command.name, ...(command.aliases ?? [])]) {
      const parts = name.split(' ');
      const fits = parts.every((part, i) => words[i] === part);
      if (fits && parts.length > (best?.length ?? 0)) best = { command, length: parts.length };
    }
  }
  if (!best) return undefined;
  const used = new Set(at.slice(0, best.length));
  return { command: best.command, rest: argv.filter((_word, i) => !used.has(i)) };
}

/** Where the words stand that are neither global flags nor their values. */
function wordPlaces(argv: readonly string[]): number[] {
  const places: number[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-')) places.push(i);
    else if (places.length === 0 && takesNext(word)) i += 1;
  }
  return places;
}

const takesNext = (word: string): boolean =>
  GLOBAL_FLAGS.some((flag) => flag.type !== 'bool' && (word === `--${flag.name}` || word === `-${flag.short}`));

function* withoutCommand(argv: readonly string[]): Kubectl<number> {
  const name = argv[wordPlaces(argv)[0] ?? -1];
  if (name === undefined || name === 'help' || name === 'options') {
    const unknown = argv.find((word) => word.startsWith('-') && word !== '-h' && word !== '--help');
    if (name === undefined && unknown !== undefined) parseFlags('', [], argv);
    const about = COMMANDS.find((command) => name === 'help' && command.name === argv[wordPlaces(argv)[1] ?? -1]);
    yield* print(about ? helpOf(about) : rootHelp(COMMANDS));
    return 0;
  }
  const group = COMMANDS.filter((command) => command.name.startsWith(`${name} `));
  if (group.length > 0) {
    yield* print(rootHelp(group));
    return 0;
  }
  if (isKubectlCommand(name)) throw fail(`Podscope does not simulate "kubectl ${name}"`);
  throw unknownCommand(name);
}
