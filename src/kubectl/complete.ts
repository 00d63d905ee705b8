// What may come next on a kubectl command line: verbs, kinds, names, flags and their values, as the commands themselves declare them.
// Models cobra's completions and k8s.io/kubectl/pkg/util/completion.
import { RESOURCES, type Resource } from '../cluster/api/resources.ts';
import { COMMANDS } from './catalog.ts';
import type { Command } from './command.ts';
import { type FlagSpec, GLOBAL_FLAGS } from './flags.ts';
import { OUTPUT_NAMES } from './printers/output.ts';
import { findResource } from './resource-names.ts';

/** What stands in the cluster and on the computer, for names. */
export interface Nameable {
  /** The names of a resource's objects; in a namespace, where it has those. */
  names(resource: Resource, namespace: string): readonly string[];
  containers(namespace: string, pod: string): readonly string[];
  files(): readonly string[];
}

/** The words that may stand in place of the last; those that end with `=` or `/` go on. */
export function completeKubectl(words: readonly string[], nameable: Nameable): readonly string[] {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  if (before.includes('--')) return [];
  const found = readLine(before);
  const flags = [...(found.command?.flags ?? []), ...GLOBAL_FLAGS];
  const asked = { ...found, typed, nameable };
  return startingWith(typed, candidates(asked, flags));
}

/** A line up to the word that is typed. */
interface Line {
  readonly command: Command | undefined;
  /** Words of commands' names that have been typed. */
  readonly path: readonly string[];
  readonly args: readonly string[];
  readonly namespace: string;
  /** A flag that waits for its value. */
  readonly pending: FlagSpec | undefined;
}

interface Asked extends Line {
  readonly typed: string;
  readonly nameable: Nameable;
}

function readLine(words: readonly string[]): Line {
  const path: string[] = [];
  const args: string[] = [];
  let command: Command | undefined;
  let namespace = 'default';
  let pending: FlagSpec | undefined;
  for (const word of words) {
    if (pending) {
      if (pending.name === 'namespace') namespace = word;
      pending = undefined;
    } else if (word.startsWith('-')) {
      const flag = flagOf(word, [...(command?.flags ?? []), ...GLOBAL_FLAGS]);
      const at = word.indexOf('=');
      if (flag && takesValue(flag) && at < 0) pending = flag;
      else if (flag?.name === 'namespace') namespace = word.slice(at + 1);
    } else if (args.length === 0 && COMMANDS.some(({ name }) => `${name} `.startsWith(`${[...path, word].join(' ')} `))) {
      path.push(word);
      command = COMMANDS.find(({ name }) => name === path.join(' ')) ?? command;
    } else args.push(word);
  }
  return { command, path, args, namespace, pending };
}

const takesValue = ({ type, bare }: FlagSpec): boolean => type !== 'bool' && bare === undefined;

/** The flag that a word names; of several letters in one word, the last. */
function flagOf(word: string, flags: readonly FlagSpec[]): FlagSpec | undefined {
  const name = word.replace(/=.*$/s, '');
  if (name.startsWith('--')) return flags.find((flag) => name === `--${flag.name}`);
  return flags.find(({ short }) => short !== undefined && name.endsWith(short));
}

function candidates(asked: Asked, flags: readonly FlagSpec[]): readonly string[] {
  const { pending, typed, path, args, command } = asked;
  if (pending) return valuesOf(pending, asked);
  if (typed.startsWith('-')) return flagsFor(typed, asked, flags);
  const verbs = args.length === 0 ? nextWords(path) : [];
  return command ? [...verbs, ...positional(command, asked)] : verbs;
}

/** The words that lead on to a command. */
function nextWords(path: readonly string[]): readonly string[] {
  const start = path.map((word) => `${word} `).join('');
  const next = COMMANDS.flatMap(({ name }) => (name.startsWith(start) ? [name.slice(start.length).split(' ')[0] ?? ''] : []));
  return path.length === 0 ? [...next, 'help', 'options'] : next;
}

function flagsFor(typed: string, asked: Asked, flags: readonly FlagSpec[]): readonly string[] {
  const at = typed.indexOf('=');
  if (at >= 0) {
    const flag = flagOf(typed, flags);
    return flag ? valuesOf(flag, asked).map((value) => `${typed.slice(0, at + 1)}${value}`) : [];
  }
  const long = flags.map((flag) => `--${flag.name}${takesValue(flag) ? '=' : ''}`);
  const short = flags.flatMap((flag) => (flag.short === undefined ? [] : [`-${flag.short}`]));
  return typed.startsWith('--') ? long : [...long, ...short];
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  output: OUTPUT_NAMES,
  'dry-run': ['none', 'server', 'client'],
  restart: ['Always', 'OnFailure', 'Never'],
  'image-pull-policy': ['Always', 'IfNotPresent', 'Never'],
  validate: ['strict', 'warn', 'ignore', 'true', 'false'],
  cascade: ['background', 'foreground', 'orphan'],
  for: ['condition=', 'delete', 'create', 'jsonpath='],
};

function valuesOf(flag: FlagSpec, asked: Asked): readonly string[] {
  const { nameable, namespace, command } = asked;
  switch (flag.name) {
    case 'namespace':
      return namesOf('namespaces', asked);
    case 'filename':
      return nameable.files();
    case 'container':
      return containersOf(asked);
    case 'for':
      if (command?.name === 'events') return typesWithNames(asked);
      break;
    case 'target':
      return nameable.containers(namespace, podIn(asked.args));
    default:
  }
  return VALUES[flag.name] ?? [];
}

const podIn = (args: readonly string[]): string => (args[0] ?? '').replace(/^(?:pods?|po)\//, '');
const containersOf = ({ nameable, namespace, args }: Asked): readonly string[] => nameable.containers(namespace, podIn(args));

function namesOf(word: string, { nameable, namespace }: Asked): readonly string[] {
  const resource = findResource(word);
  return resource ? nameable.names(resource, namespace) : [];
}

/** What a command's arguments are, by the line of its usage. */
function positional({ usage, name }: Command, asked: Asked): readonly string[] {
  const { args } = asked;
  const [first] = args;
  if (/\bNODE NAME\b/.test(usage)) return first === undefined ? ['nodes'] : namesOf('nodes', asked);
  if (/\bNODE\b/.test(usage)) return first === undefined ? namesOf('nodes', asked) : [];
  if (/\bPOD\b/.test(usage) || name === 'port-forward') {
    if (first === undefined) return [...namesOf('pods', asked), ...ofType(asked)];
    return name === 'logs' && args.length === 1 ? containersOf(asked) : [];
  }
  if (/^explain\b/.test(usage)) return first === undefined ? types() : [];
  return /\bTYPE\b|\bresource\.group\b|\bRESOURCE\/NAME\b/.test(usage) ? typeAndNames(asked) : [];
}

const types = (): readonly string[] => RESOURCES.map(({ resource }) => resource);

/** `TYPE NAME...`, `TYPE/NAME...` */
function typeAndNames(asked: Asked): readonly string[] {
  const { args } = asked;
  const [first] = args;
  if (first === undefined) return asked.typed.includes('/') ? ofType(asked) : types();
  if (first.includes('/')) return ofType(asked);
  return namesOf(first, asked).filter((name) => !args.includes(name));
}

/** `TYPE/NAME`, once the type has been typed. */
function ofType(asked: Asked): readonly string[] {
  const [type = '', ...rest] = asked.typed.split('/');
  return rest.length === 1 ? namesOf(type, asked).map((name) => `${type}/${name}`) : [];
}

const typesWithNames = (asked: Asked): readonly string[] =>
  asked.typed.includes('/') ? ofType(asked) : ['pod/', 'node/', 'service/', 'namespace/'];

const startingWith = (typed: string, words: readonly string[]): readonly string[] => [
  ...new Set(words.filter((word) => word.startsWith(typed) && word !== '')),
];
