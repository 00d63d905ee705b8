// Runs the commands in words: `$(...)` and `<(...)`. What is left can be expanded without waiting.
import type { Program } from '../process/program.ts';
import { expandText, parameter } from './expand.ts';
import { addJob, waitForJob } from './jobs.ts';
import type { Node, Operation, Part, Word } from './parse/syntax.ts';
import { ask, type Running, type Shell, ShellError, write } from './state.ts';
import { subshell } from './subshell.ts';

/** Words with their commands run. */
export function* settleWords(shell: Shell, words: readonly Word[]): Running<readonly Word[]> {
  if (words.every(({ still }) => still)) return words;
  const settled: Word[] = [];
  for (const word of words) settled.push(word.still ? word : yield* settle(shell, word));
  return settled;
}

/** A word with its commands run. */
export function* settle(shell: Shell, word: Word): Running<Word> {
  if (word.still) return word;
  const parts: Part[] = [];
  for (const part of word.parts) parts.push(yield* settlePart(shell, part));
  return { parts, literal: undefined, still: true };
}

function* settlePart(shell: Shell, part: Part): Running<Part> {
  switch (part.kind) {
    case 'command':
      return { kind: 'value', text: yield* capture(shell, part.body), quoted: part.quoted };
    case 'process':
      return { kind: 'value', text: yield* processFile(shell, part.body, part.direction), quoted: true };
    case 'arithmetic':
      return { ...part, expression: yield* settle(shell, part.expression) };
    case 'parameter':
      return part.operation ? { ...part, operation: yield* settleOperation(shell, part.name, part.operation) } : part;
    default:
      return part;
  }
}

const empty: Word = { parts: [], literal: '', still: true };

function* settleOperation(shell: Shell, name: string, operation: Operation): Running<Operation> {
  switch (operation.kind) {
    case 'default': {
      const value = parameter(shell, name);
      const missing = value === undefined || (operation.colon && value === '');
      const used = operation.operator === '+' ? !missing : missing;
      return { ...operation, word: used ? yield* settle(shell, operation.word) : empty };
    }
    case 'remove':
      return { ...operation, pattern: yield* settle(shell, operation.pattern) };
    case 'replace': {
      const pattern = yield* settle(shell, operation.pattern);
      return { ...operation, pattern, replacement: yield* settle(shell, operation.replacement) };
    }
    case 'slice': {
      const offset = yield* settle(shell, operation.offset);
      return { ...operation, offset, length: operation.length && (yield* settle(shell, operation.length)) };
    }
    default:
      return operation;
  }
}

/** A command may print so much into a substitution; a real shell would take all memory. */
const maxCapture = 16 * 1024 * 1024;

/** What a command prints, without the newlines at its end. It has ended when all that hold its output have closed it. */
function* capture(shell: Shell, body: Node | undefined): Running<string> {
  if (!body) {
    shell.status = 0;
    shell.substitutionStatus = 0;
    return '';
  }
  const { sys } = shell;
  const pipe = sys.pipe();
  if (pipe.read < 0) throw new ShellError("can't create pipe: Too many open files");
  const pid = yield* start(shell, subshell(shell, body, { closing: [pipe.read, pipe.write], captured: true }), new Map([[1, pipe.write]]));
  sys.close(pipe.write);
  const job = addJob(shell, [pid], false, '');
  let text = '';
  for (;;) {
    const answer = yield* ask(shell, { ask: 'read', fd: pipe.read });
    if (answer.text === undefined || answer.text === '') break;
    text += answer.text;
    if (text.length > maxCapture) break;
  }
  sys.close(pipe.read);
  const status = yield* waitForJob(shell, job);
  shell.status = status;
  shell.substitutionStatus = status;
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '\n') end -= 1;
  return text.slice(0, end).replaceAll('\0', '');
}

/** `<(...)`: the path of a pipe that a command writes, or with `>` reads. */
function* processFile(shell: Shell, body: Node | undefined, direction: '<' | '>'): Running<string> {
  const { sys } = shell;
  const pipe = sys.pipe();
  if (pipe.read < 0) throw new ShellError("can't create pipe: Too many open files");
  const [theirs, ours, fd] = direction === '<' ? [pipe.write, pipe.read, 1] : [pipe.read, pipe.write, 0];
  if (body) yield* start(shell, subshell(shell, body, { closing: [pipe.read, pipe.write] }), new Map([[fd, theirs]]));
  sys.close(theirs);
  // Programs keep only descriptors below 10.
  for (let low = 9; low > 2; low -= 1) {
    if (sys.isOpen(low)) continue;
    sys.dup(ours, low);
    sys.close(ours);
    shell.processFiles.push(low);
    return `/dev/fd/${low}`;
  }
  return `/dev/fd/${ours}`;
}

/** Forks, or ends the shell where that cannot be; bash waits first, each time longer. Models make_child of bash's jobs.c. */
export function* start(shell: Shell, program: Program, fds?: ReadonlyMap<number, number | 'null'>): Running {
  let pid = shell.sys.fork(program, fds);
  for (let seconds = 1; pid < 0 && seconds < 16 && shell.dialect.name === 'bash'; seconds *= 2) {
    yield* write(shell, 2, `${shell.dialect.prefix(shell)}fork: retry: ${UNAVAILABLE}\n`);
    yield* ask(shell, { ask: 'sleep', ms: seconds * 1000 });
    pid = shell.sys.fork(program, fds);
  }
  if (pid < 0) throw new ShellError(`can't fork: ${UNAVAILABLE}`);
  return pid;
}

const UNAVAILABLE = 'Resource temporarily unavailable';

/** A word as one text. */
export function* textOf(shell: Shell, word: Word): Running<string> {
  return word.literal ?? expandText(shell, yield* settle(shell, word));
}
