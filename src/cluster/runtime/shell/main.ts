// sh: reads scripts from its arguments, a file, its standard input or a terminal, and runs them.
import type { Program, Sys } from '../process/program.ts';
import { absolutePath } from '../process/paths.ts';
import { builtins } from './builtins/table.ts';
import { evaluate } from './evaluate.ts';
import { evaluateExternal } from './external.ts';
import { interact } from './interactive.ts';
import { commandAt, parseFrom, scriptOf, type Script } from './parse/script.ts';
import {
  complain,
  type Dialect,
  isName,
  last,
  type Options,
  type Running,
  type Shell,
  ShellError,
  ShellExit,
  type Variable,
  write,
} from './state.ts';
import { runToEnd } from './subshell.ts';

/** A shell as a program: busybox's ash, Debian's dash, or bash. */
export function createShellProgram(dialect: Dialect): Program {
  return function* sh(sys) {
    const call = readArguments(sys.argv);
    if ('error' in call) {
      yield { ask: 'write', fd: 2, text: `${sys.argv[0] ?? 'sh'}: ${call.error}\n` };
      return 2;
    }
    const interactive = call.command === undefined && call.file === undefined && (call.interactive || (sys.isTty(0) && sys.isTty(2)));
    const source = call.command !== undefined ? 'command' : call.file === undefined ? 'input' : 'file';
    const shell = createShell(sys, dialect, call.options, interactive, source);
    shell.name = call.name;
    shell.parameters = call.parameters;
    return yield* runToEnd(shell, () => runCall(shell, call));
  };
}

interface Call {
  readonly command: string | undefined;
  readonly file: string | undefined;
  readonly name: string;
  readonly parameters: readonly string[];
  readonly options: Options;
  readonly interactive: boolean;
}

const optionLetters: Readonly<Record<string, keyof Options>> = {
  e: 'errexit',
  u: 'nounset',
  f: 'noglob',
  x: 'xtrace',
  v: 'verbose',
  n: 'noexec',
  a: 'allexport',
  C: 'noclobber',
};

function readArguments(argv: readonly string[]): Call | { readonly error: string } {
  const options: Options = {
    errexit: false,
    nounset: false,
    noglob: false,
    xtrace: false,
    noexec: false,
    noclobber: false,
    allexport: false,
    verbose: false,
    pipefail: false,
  };
  const words = argv.slice(1);
  let command = false;
  let stdin = false;
  let interactive = false;
  while (words[0] !== undefined && /^[-+]./.test(words[0])) {
    const word = words.shift() ?? '';
    if (word === '--') break;
    if (/^--(login|norc|noprofile|posix)$/.test(word)) continue;
    for (const letter of word.slice(1)) {
      const option = optionLetters[letter];
      if (option) options[option] = word.startsWith('-');
      else if (letter === 'c') command = true;
      else if (letter === 's') stdin = true;
      else if (letter === 'i') interactive = true;
      else if (letter === 'o') {
        if (words.shift() === 'pipefail') options.pipefail = word.startsWith('-');
      } else if (!'lmb'.includes(letter)) return { error: `illegal option -${letter}` };
    }
  }
  const own = argv[0] ?? 'sh';
  if (command) {
    const [script, name, ...parameters] = words;
    if (script === undefined) return { error: '-c requires an argument' };
    return { command: script, file: undefined, name: name ?? own, parameters, options, interactive };
  }
  const [file, ...parameters] = words;
  if (stdin || file === undefined) return { command: undefined, file: undefined, name: own, parameters: words, options, interactive };
  return { command: undefined, file, name: file, parameters, options, interactive };
}

function* runCall(shell: Shell, call: Call): Running {
  if (call.command !== undefined) return yield* shell.runText(call.command, last, 0);
  if (call.file !== undefined) {
    const read = shell.sys.files.read(absolutePath(call.file, shell.sys.cwd));
    if ('error' in read) {
      shell.name = shell.sys.argv[0] ?? 'sh';
      throw new ShellError(`can't open '${call.file}': ${read.error === 'ENOENT' ? 'No such file or directory' : 'Permission denied'}`);
    }
    shell.commandName = call.file;
    return yield* shell.runText(read.text, 0, 1);
  }
  return shell.interactive ? yield* interact(shell) : yield* runInput(shell);
}

/** A script from standard input: read line by line, so that its commands can read what follows them. */
function* runInput(shell: Shell): Running {
  let text = '';
  let line = 1;
  for (;;) {
    const answer = yield { ask: 'read', fd: 0, line: true };
    if (answer.signal !== undefined) {
      shell.pending.push(answer.signal);
      continue;
    }
    const ended = answer.text === undefined || answer.text === '';
    text += answer.text ?? '';
    if (!ended && !text.endsWith('\n')) continue;
    const parsed = parseFrom(text, 0);
    if (parsed.kind === 'refused' && parsed.incomplete && !ended) continue;
    yield* runParsed(shell, parsed, line, 0);
    if (ended || shell.skip === 'return') return shell.status;
    line += text.split('\n').length - 1;
    text = '';
  }
}

function* runParsed(shell: Shell, parsed: ReturnType<typeof parseFrom>, firstLine: number, flags: number): Running<boolean> {
  if (parsed.kind === 'end') return false;
  shell.lineBase = firstLine + parsed.line;
  if (parsed.kind === 'refused') {
    shell.line = shell.lineBase;
    throw new ShellError(parsed.message);
  }
  if (parsed.node && !shell.options.noexec) yield* evaluate(shell, parsed.node, flags & (parsed.last ? flags : ~last));
  return true;
}

/** Runs a script command by command. Models evalstring of ash. */
function* runScript(shell: Shell, script: Script, flags: number, firstLine: number): Running {
  const { lineBase } = shell;
  let ran = false;
  for (let index = 0; ; index += 1) {
    if (!(yield* runParsed(shell, commandAt(script, index), firstLine, flags))) break;
    ran = true;
    if (shell.skip !== undefined) break;
  }
  shell.lineBase = lineBase;
  if (!ran) shell.status = 0;
  return shell.status;
}

function* runCommand(shell: Shell, words: readonly string[]): Running {
  const [name = '', ...args] = words;
  const builtin = builtins.get(name);
  if (!builtin) return yield* evaluateExternal(shell, words, [], new Map(), 0);
  const { commandName } = shell;
  shell.commandName = name;
  try {
    if ('slow' in builtin) return yield* builtin.slow(shell, args, 0);
    const answer = builtin.quick(shell, args);
    if (typeof answer === 'number') return answer;
    if (answer.out !== undefined) yield* write(shell, 1, answer.out);
    if (answer.error !== undefined) yield* write(shell, 2, answer.error);
    return answer.status;
  } catch (error) {
    // `command` takes from special builtins that their errors end the shell.
    if (!(error instanceof ShellError)) throw error;
    if (!error.reported) yield* complain(shell, error.message);
    return error.status;
  } finally {
    shell.commandName = commandName;
  }
}

/** Gives a shell, or a copy of one, its functions. */
function bindTo(shell: Shell): void {
  shell.run = (node, flags) => evaluate(shell, node, flags);
  shell.runText = (text, flags, firstLine) => runScript(shell, scriptOf(text), flags, firstLine);
  shell.runCommand = (words) => runCommand(shell, words);
}

const notBound = (): never => {
  throw new ShellExit(2, true);
};

function createShell(sys: Sys, dialect: Dialect, options: Options, interactive: boolean, source: Shell['source']): Shell {
  const variables = new Map<string, Variable>();
  for (const [name, value] of sys.env) if (isName(name)) variables.set(name, { value, exported: true, readOnly: false });
  const set = (name: string, value: string, exported = false): void => {
    variables.set(name, { value, exported: exported || variables.get(name)?.exported === true, readOnly: false });
  };
  set('IFS', ' \t\n');
  set('OPTIND', '1');
  set('PS1', dialect.prompt);
  set('PS2', '> ');
  set('PS4', '+ ');
  set('PPID', String(sys.ppid));
  set('PWD', sys.cwd, true);
  set('SHLVL', String((Number(sys.env.get('SHLVL')) || 0) + 1), true);
  if (!variables.has('PATH')) set('PATH', '/sbin:/usr/sbin:/bin:/usr/bin');
  if (dialect.name === 'bash') {
    set('HOSTNAME', sys.hostname);
    set('UID', String(sys.user.uid));
    set('EUID', String(sys.user.uid));
  }
  const shell: Shell = {
    sys,
    dialect,
    variables,
    functions: new Map(),
    aliases: new Map(),
    history: [],
    options,
    name: 'sh',
    parameters: [],
    mainPid: sys.pid,
    interactive,
    source,
    status: 0,
    substitutionStatus: 0,
    lastBackground: undefined,
    skip: undefined,
    skipCount: 0,
    loopDepth: 0,
    callDepth: 0,
    locals: [],
    jobs: [],
    traps: new Map(),
    shownTraps: undefined,
    pending: [],
    processFiles: [],
    trapStatus: undefined,
    commandName: undefined,
    line: 0,
    lineBase: 0,
    steps: 0,
    optionIndex: 0,
    isSubshell: false,
    isBuiltin: (name) => builtins.has(name),
    isSpecial: (name) => builtins.get(name)?.special === true,
    bindTo,
    run: notBound,
    runText: notBound,
    runCommand: notBound,
  };
  bindTo(shell);
  return shell;
}
