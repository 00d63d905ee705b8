// Builtins about variables, parameters and options.
import { absolutePath } from '../../process/paths.ts';
import { compareText } from '../../../../base/order.ts';
import { evaluate } from '../expand.ts';
import { getVariable, isName, type Options, setVariable, type Shell, ShellError } from '../state.ts';
import { singleQuoted } from '../trace-text.ts';
import { numberArgument } from './control.ts';
import type { Builtin, Quick } from './kinds.ts';

function listing(shell: Shell, prefix: string, wanted: (name: string) => boolean): string {
  const names = [...shell.variables.keys()].filter(wanted).sort(compareText);
  return names
    .map((name) => {
      const value = getVariable(shell, name);
      return `${prefix}${name}${value === undefined ? '' : `=${singleQuoted(value)}`}\n`;
    })
    .join('');
}

/** Splits `name=value`; throws where the name is none. */
function assignment(text: string): { readonly name: string; readonly value: string | undefined } {
  const cut = text.indexOf('=');
  const name = cut < 0 ? text : text.slice(0, cut);
  if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
  return { name, value: cut < 0 ? undefined : text.slice(cut + 1) };
}

function mark(kind: 'export' | 'readonly') {
  return (shell: Shell, args: readonly string[]): Quick => {
    const words = args.filter((word) => !/^-[pn]$/.test(word) && word !== '--');
    const remove = kind === 'export' && args[0] === '-n';
    if (words.length === 0) {
      const wanted = (name: string): boolean => shell.variables.get(name)?.[kind === 'export' ? 'exported' : 'readOnly'] === true;
      return { status: 0, out: listing(shell, `${kind} `, wanted) };
    }
    for (const word of words) {
      const { name, value } = assignment(word);
      if (value !== undefined) setVariable(shell, name, value);
      const held = shell.variables.get(name) ?? { value: undefined, exported: false, readOnly: false };
      shell.variables.set(name, kind === 'export' ? { ...held, exported: !remove } : { ...held, readOnly: true });
    }
    return 0;
  };
}

function local(shell: Shell, args: readonly string[]): Quick {
  const frame = shell.locals.at(-1);
  if (!frame) throw new ShellError('not in a function');
  for (const word of args) {
    const { name, value } = assignment(word);
    const held = shell.variables.get(name);
    if (!frame.has(name)) frame.set(name, held);
    if (held?.readOnly) throw new ShellError(`${name}: is read only`);
    if (value !== undefined) setVariable(shell, name, value);
    else shell.variables.delete(name);
  }
  return 0;
}

function unset(shell: Shell, args: readonly string[]): Quick {
  const functions = args[0] === '-f';
  for (const name of args.filter((word) => !/^-[fv]$/.test(word))) {
    if (functions) {
      shell.functions.delete(name);
      continue;
    }
    if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
    if (shell.variables.get(name)?.readOnly) throw new ShellError(`${name}: is read only`);
    shell.variables.delete(name);
  }
  return 0;
}

function shift(shell: Shell, [count]: readonly string[]): Quick {
  const by = count === undefined ? 1 : numberArgument(count);
  if (by > shell.parameters.length) return 1;
  shell.parameters = shell.parameters.slice(by);
  return 0;
}

const optionOf: Readonly<Record<string, keyof Options>> = {
  e: 'errexit',
  u: 'nounset',
  f: 'noglob',
  x: 'xtrace',
  n: 'noexec',
  C: 'noclobber',
  a: 'allexport',
  v: 'verbose',
};
const shownOptions = 'errexit noglob ignoreeof monitor noexec xtrace verbose noclobber allexport notify nounset errtrace vi pipefail'.split(
  ' ',
);
const isOption = (shell: Shell, name: string): name is keyof Options => Object.hasOwn(shell.options, name);

function set(shell: Shell, args: readonly string[]): Quick {
  if (args.length === 0) return { status: 0, out: listing(shell, '', (name) => getVariable(shell, name) !== undefined) };
  const out: string[] = [];
  let i = 0;
  for (; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (word === '--' || word === '-') {
      i += 1;
      break;
    }
    if (!/^[-+]./.test(word)) break;
    if (setLetters(shell, word, args[i + 1], out)) i += 1;
  }
  if (i < args.length || args.includes('--')) shell.parameters = args.slice(i);
  return out.length > 0 ? { status: 0, out: out.join('') } : 0;
}

/** Answers whether the next word has been used. */
function setLetters(shell: Shell, word: string, next: string | undefined, out: string[]): boolean {
  const on = word.startsWith('-');
  let used = false;
  for (const letter of word.slice(1)) {
    const option = optionOf[letter];
    if (option) shell.options[option] = on;
    else if (letter === 'o') {
      if (next === undefined) out.push(...shownOptions.map((name) => optionLine(shell, name, on)));
      else {
        setOption(shell, next, on, word.charAt(0));
        used = true;
      }
    } else if (letter === 'm') {
      if (on && !shell.interactive) throw new ShellError("can't access tty; job control turned off");
    } else if (!'bIVhEi'.includes(letter)) throw new ShellError(`illegal option ${word.charAt(0)}${letter}`);
  }
  return used;
}

function optionLine(shell: Shell, name: string, on: boolean): string {
  const value = isOption(shell, name) && shell.options[name];
  return on ? `${name.padEnd(16)}${value ? 'on' : 'off'}\n` : `set ${value ? '-' : '+'}o ${name}\n`;
}

function setOption(shell: Shell, name: string, on: boolean, sign: string): void {
  if (isOption(shell, name)) shell.options[name] = on;
  else if (!shownOptions.includes(name)) throw new ShellError(`illegal option ${sign}o ${name}`);
}

function let_(shell: Shell, args: readonly string[]): Quick {
  if (args.length === 0) throw new ShellError('expression expected');
  let isZero = true;
  for (const text of args) isZero = evaluate(shell, text) === 0;
  return Number(isZero);
}

function getopts(shell: Shell, [letters, name, ...given]: readonly string[]): Quick {
  if (letters === undefined || name === undefined) throw new ShellError('usage: getopts optstring var [arg]');
  const args = given.length > 0 ? given : shell.parameters;
  let index = Number(getVariable(shell, 'OPTIND') ?? '1');
  let within = shell.optionIndex;
  const word = args[index - 1];
  if (within === 0) {
    if (word === undefined || !word.startsWith('-') || word === '-' || word === '--') {
      setVariable(shell, name, '?');
      if (word === '--') setVariable(shell, 'OPTIND', String(index + 1));
      return 1;
    }
    within = 1;
  }
  const letter = word?.charAt(within) ?? '';
  within += 1;
  const quiet = letters.startsWith(':');
  const at = letters.indexOf(letter, quiet ? 1 : 0);
  const more = within < (word?.length ?? 0);
  const known = letter !== ':' && at >= 0;
  let error = '';
  let value = letter;
  if (!known) {
    value = '?';
    if (quiet) setVariable(shell, 'OPTARG', letter);
    else {
      error = `Illegal option -${letter}\n`;
      shell.variables.delete('OPTARG');
    }
  } else if (letters.charAt(at + 1) === ':') {
    const argument = more ? word?.slice(within) : args[index];
    within = word?.length ?? 0;
    if (argument === undefined) {
      value = quiet ? ':' : '?';
      if (quiet) setVariable(shell, 'OPTARG', letter);
      else {
        error = `No arg for -${letter} option\n`;
        shell.variables.delete('OPTARG');
      }
    } else {
      setVariable(shell, 'OPTARG', argument);
      if (!more) index += 1;
    }
  } else shell.variables.delete('OPTARG');
  const ended = within >= (word?.length ?? 0);
  setVariable(shell, 'OPTIND', String(ended ? index + 1 : index));
  shell.optionIndex = ended ? 0 : within;
  setVariable(shell, name, value);
  return error === '' ? 0 : { status: 0, error };
}

function cd(shell: Shell, args: readonly string[]): Quick {
  const words = args.filter((word) => !/^-[PL]$|^--$/.test(word));
  const home = getVariable(shell, 'HOME');
  const target = words[0] === '-' ? (getVariable(shell, 'OLDPWD') ?? shell.sys.cwd) : (words[0] ?? home);
  if (target === undefined || target === '') return 0;
  const path = absolutePath(target, shell.sys.cwd);
  const stat = shell.sys.files.stat(path);
  if ('error' in stat || stat.kind !== 'directory') {
    const reason = 'error' in stat && stat.error === 'ENOENT' ? 'No such file or directory' : 'Not a directory';
    throw new ShellError(`can't cd to ${target}: ${reason}`);
  }
  setVariable(shell, 'OLDPWD', shell.sys.cwd);
  shell.sys.cwd = path;
  setVariable(shell, 'PWD', path);
  return words[0] === '-' ? { status: 0, out: `${path}\n` } : 0;
}

function umask(shell: Shell, args: readonly string[]): Quick {
  const [word] = args;
  const show = (bits: number): string => ['r', 'w', 'x'].filter((_, i) => (bits & (4 >> i)) === 0).join('');
  const held = shell.sys.umask;
  if (word === '-S') return { status: 0, out: `u=${show(held >> 6)},g=${show((held >> 3) & 7)},o=${show(held & 7)}\n` };
  if (word === undefined) return { status: 0, out: `${held.toString(8).padStart(4, '0')}\n` };
  if (!/^[0-7]+$/.test(word)) throw new ShellError(`illegal mode: ${word}`);
  shell.sys.umask = Number.parseInt(word, 8);
  return 0;
}

function alias(shell: Shell, args: readonly string[]): Quick {
  if (args.length === 0) return { status: 0, out: [...shell.aliases].map(([name, text]) => `${name}=${singleQuoted(text)}\n`).join('') };
  for (const word of args) {
    const cut = word.indexOf('=');
    if (cut > 0) shell.aliases.set(word.slice(0, cut), word.slice(cut + 1));
    else if (!shell.aliases.has(word)) return { status: 1, error: `${word}: not found\n` };
  }
  return 0;
}

function unalias(shell: Shell, args: readonly string[]): Quick {
  if (args[0] === '-a') shell.aliases.clear();
  else for (const name of args) if (!shell.aliases.delete(name)) return { status: 1, error: `unalias: ${name} not found\n` };
  return 0;
}

/** What was entered, or the last of it. dash has none. */
function history(shell: Shell, args: readonly string[]): Quick {
  if (shell.dialect.name === 'dash') return { status: 127, error: `${shell.dialect.prefix(shell)}not found\n` };
  if (args[0] === '-c') {
    shell.history.length = 0;
    return 0;
  }
  const from = args[0] === undefined ? 0 : Math.max(0, shell.history.length - (Number(args[0]) || 0));
  const lines = shell.history.map((line, i) => `${String(i + 1).padStart(5)}  ${line}\n`);
  return { status: 0, out: lines.slice(from).join('') };
}

/** The builtins of this file. */
export const variables: Readonly<Record<string, Builtin>> = {
  export: { quick: mark('export'), special: true },
  readonly: { quick: mark('readonly'), special: true },
  local: { quick: local, special: true },
  unset: { quick: unset, special: true },
  shift: { quick: shift, special: true },
  set: { quick: set, special: true },
  let: { quick: let_ },
  getopts: { quick: getopts },
  cd: { quick: cd },
  chdir: { quick: cd },
  pwd: { quick: (shell) => ({ status: 0, out: `${shell.sys.cwd}\n` }) },
  umask: { quick: umask },
  alias: { quick: alias },
  unalias: { quick: unalias },
  hash: { quick: () => 0 },
  history: { quick: history },
  ulimit: { quick: (_, args) => (args.length > 1 ? 0 : { status: 0, out: args[0] === '-n' ? '1048576\n' : 'unlimited\n' }) },
  times: { quick: () => ({ status: 0, out: '0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n' }), special: true },
};
