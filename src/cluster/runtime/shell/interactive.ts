// A shell at a terminal: prompts, reads lines, and goes on after mistakes.
import { reap } from './builtins/processes.ts';
import { isDone, removeJob, signalText } from './jobs.ts';
import { parseFrom } from './parse/script.ts';
import { getVariable, Interrupted, type Running, type Shell, ShellError, write } from './state.ts';
import { report } from './subshell.ts';
import { runTraps } from './traps.ts';

/** Prompts until the input ends or `exit` is called. */
export function* interact(shell: Shell): Running {
  shell.sys.onSignal('INT', 'catch');
  shell.sys.onSignal('TERM', 'ignore');
  shell.sys.onSignal('QUIT', 'ignore');
  shell.sys.onSignal('TSTP', 'ignore');
  for (;;) {
    yield* sayWhatEnded(shell);
    const text = yield* readCommandLines(shell);
    if (text === undefined) {
      yield* write(shell, 2, shell.dialect.name === 'bash' ? 'exit\n' : '\n');
      return shell.status;
    }
    remember(shell, text);
    yield* runLines(shell, text);
  }
}

/** Puts what was entered into the history, but for what begins with a space where that says so. */
function remember(shell: Shell, text: string): void {
  const line = text.replace(/\n+$/, '');
  const isHidden = line.startsWith(' ') && /ignore(?:space|both)/.test(getVariable(shell, 'HISTCONTROL') ?? '');
  if (line.trim() !== '' && !isHidden) shell.history.push(line);
}

function* runLines(shell: Shell, text: string): Running<void> {
  try {
    for (let at = 0; ; ) {
      const parsed = parseFrom(text, at);
      if (parsed.kind === 'end') break;
      if (parsed.kind === 'refused') throw new ShellError(parsed.message);
      if (parsed.node) yield* shell.run(parsed.node, 0);
      at = parsed.end;
      shell.skip = undefined;
    }
    yield* runTraps(shell);
  } catch (error) {
    if (!(error instanceof ShellError || error instanceof Interrupted)) throw error;
    if (error instanceof ShellError) yield* report(shell, error);
    else yield* write(shell, 1, '\n');
    shell.status = error instanceof ShellError ? statusOf(shell, error) : 130;
    shell.skip = undefined;
    shell.loopDepth = 0;
  }
}

/** To bash only a mistake in the syntax is a 2. */
function statusOf(shell: Shell, { status, message }: ShellError): number {
  return status === 2 && shell.dialect.name === 'bash' && !message.startsWith('syntax error') ? 1 : status;
}

/** Lines up to a complete command; undefined at the end of the input. */
function* readCommandLines(shell: Shell): Running<string | undefined> {
  let text = '';
  yield* write(shell, 1, prompt(shell, getVariable(shell, 'PS1') ?? ''));
  for (;;) {
    const answer = yield { ask: 'read', fd: 0, line: true };
    if (answer.signal !== undefined) {
      // Ctrl-C at the prompt: what was typed is gone.
      if (answer.signal === 'INT') {
        text = '';
        shell.status = 130;
        yield* write(shell, 1, `\n${prompt(shell, getVariable(shell, 'PS1') ?? '')}`);
      } else shell.pending.push(answer.signal);
      continue;
    }
    if (answer.text === undefined || answer.text === '') return text === '' ? undefined : text;
    text += answer.text;
    if (!text.endsWith('\n')) continue;
    const parsed = parseFrom(text, 0);
    const needsMore = parsed.kind === 'refused' ? parsed.incomplete : parsed.kind === 'command' && parsed.isOpen;
    if (!needsMore) return text;
    yield* write(shell, 1, getVariable(shell, 'PS2') ?? '> ');
  }
}

/** A prompt with its escapes: `\u@\h:\w\$ `. */
function prompt(shell: Shell, text: string): string {
  const { sys } = shell;
  const home = getVariable(shell, 'HOME');
  const { cwd } = sys;
  const short = home !== undefined && home !== '/' && (cwd === home || cwd.startsWith(`${home}/`)) ? `~${cwd.slice(home.length)}` : cwd;
  return text.replace(/\\([uhHwWs$])/g, (_, letter: string) => {
    if (letter === 'u') return sys.user.name;
    if (letter === 'h' || letter === 'H') return sys.hostname;
    if (letter === 'w') return short;
    if (letter === 'W') return short.slice(short.lastIndexOf('/') + 1) || '/';
    if (letter === 's') return shell.name;
    return sys.user.uid === 0 ? '#' : '$';
  });
}

function* sayWhatEnded(shell: Shell): Running<void> {
  yield* reap(shell);
  for (const job of [...shell.jobs]) {
    if (!isDone(job)) continue;
    const { exitCode, signal } = job.processes.at(-1) ?? { exitCode: 0, signal: undefined };
    const state = signal !== undefined ? signalText(signal) : exitCode === 0 ? 'Done' : `Done(${exitCode})`;
    if (job.background) yield* write(shell, 2, `[${job.id}]+  ${state.padEnd(27)}${job.text}\n`);
    removeJob(shell, job);
  }
}
