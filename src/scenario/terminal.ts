// A terminal on the learner's computer: takes lines, text and keys, runs them, and notes what came out.
import type { ClusterComponent, ClusterContext } from '../cluster/component.ts';
import type { TerminalMessage } from '../cluster/messages.ts';
import { terminalOf } from '../cluster/names.ts';
import { note } from '../cluster/notes.ts';
import { type Computer, createComputer, HOME } from './terminal/computer.ts';
import { createTerminalShell, type LineHandler, type Place, type TerminalShell } from './terminal/terminal-shell.ts';
import { createCommandOutput } from './terminal/output.ts';

/** What a terminal is made of. */
export interface TerminalOptions {
  readonly name: string;
  /** The files in the folder in which lines run. */
  readonly files: Readonly<Record<string, string>>;
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: number;
  /** The computer, where several terminals share one. */
  readonly computer?: Computer;
  /** Whether it keeps its shell from one line to the next, and takes lines as input while a command runs. */
  readonly keepsShell?: boolean;
}

/** A line that is typed over the one that has just come is a shell prompt that was copied with it. */
const COPIED_PROMPT = /^[ \t]*\$[ \t]+/gm;
const KEY_SIGNALS: Readonly<Record<string, string>> = { 'ctrl-c': 'INT', 'ctrl-z': 'TSTP' };
const KEY_TEXTS: Readonly<Record<string, string>> = { 'ctrl-c': '\u0003', 'ctrl-d': '\u0004', 'ctrl-z': '\u001a' };

/** A terminal, named `terminal/<name>`. */
export function createTerminal(options: TerminalOptions): ClusterComponent {
  const { name, files, startAtMs, computer = createComputer(files, startAtMs), keepsShell = false } = options;
  const self = terminalOf(name);
  const kept = createTerminalShell(computer, true);
  /** Those of lines that have a shell of their own, the latest last. */
  const shells: TerminalShell[] = [];

  const handlerOf = (context: ClusterContext, line: string): LineHandler => {
    const output = createCommandOutput();
    return {
      output(fd, text) {
        output.add(fd, text);
        context.log(fd === 1 ? `${self}/out` : `${self}/err`, text);
      },
      ended(exit, ahead) {
        note(context, 'command-ended', self, { terminal: name, line, stdout: output.stdout(), stderr: output.stderr(), exit }, 'api');
        if (ahead !== '') runAhead(context, ahead);
      },
    };
  };
  const run = (context: ClusterContext, typed: string, isKept: boolean): void => {
    const line = typed.replace(COPIED_PROMPT, '');
    context.because(note(context, 'command-started', self, { terminal: name, line: typed }, 'api'));
    const handler = handlerOf(context, typed);
    if (isKept) kept.run(line, handler);
    else runAlone(line, handler);
  };
  /** Lines that were entered while a command ran, one after another: the shell would have read them now. */
  const runAhead = (context: ClusterContext, typed: string): void => {
    const end = typed.indexOf('\n') + 1;
    const [line, rest] = end === 0 ? ['', typed] : [typed.slice(0, end - 1), typed.slice(end)];
    if (line.trim() !== '') run(context, line, true);
    if (rest === '') return;
    if (kept.isBusy && kept.place) computer.type(kept.place.session, rest, false);
    else runAhead(context, rest);
  };
  /** In a shell of its own. */
  const runAlone = (line: string, handler: LineHandler): void => {
    const shell = createTerminalShell(computer, false);
    shells.push(shell);
    shell.run(line, {
      output: handler.output,
      ended(exit, ahead) {
        shells.splice(shells.indexOf(shell), 1);
        handler.ended(exit, ahead);
      },
    });
  };
  const foreground = (): Place | undefined => (kept.isBusy ? kept : shells.at(-1))?.place;
  const type = (context: ClusterContext, text: string): void => {
    const place = foreground();
    if (!place) return;
    // A process that reads the terminal itself (kubectl exec -it) gets what is typed as it is; others get it from the machine.
    const reader = computer.asks.readerOf(computer.family(place.pid));
    if (reader) computer.asks.typed(context, reader.pid, text);
    else computer.type(place.session, text, computer.machine.isRead(place.session));
  };
  const press = (context: ClusterContext, key: string): void => {
    const place = foreground();
    const text = KEY_TEXTS[key];
    if (!place || text === undefined) return;
    const reader = computer.asks.readerOf(computer.family(place.pid));
    const signal = KEY_SIGNALS[key];
    if (reader?.how === 'raw') computer.asks.typed(context, reader.pid, text);
    else if (signal !== undefined) computer.machine.interrupt(place.session, signal);
    else if (reader) computer.asks.typed(context, reader.pid, '');
    else computer.machine.closeInput(place.session);
  };
  const take = (context: ClusterContext, { input }: TerminalMessage): void => {
    context.because(noteInput(context, self, name, input));
    if ('verb' in input) {
      computer.machine.files.write(`${HOME}/${input.file}`, input.text);
      run(context, `kubectl ${input.verb} -f ${input.file}`, false);
    } else if ('run' in input) {
      if (kept.isBusy) type(context, `${input.run}\n`);
      else run(context, input.run, keepsShell);
    } else if ('type' in input) type(context, input.type);
    else press(context, input.key);
  };

  return {
    name: self,
    handle(context, { body }) {
      computer.during(context, () => {
        if (body.type === 'terminal') take(context, body);
        else computer.handle(body);
      });
    },
  };
}

function noteInput(context: ClusterContext, self: string, terminal: string, input: TerminalMessage['input']) {
  if ('verb' in input) return note(context, 'input', self, { what: input.verb, text: input.text, terminal }, 'story');
  if ('run' in input) return note(context, 'input', self, { what: 'run', text: input.run, terminal }, 'story');
  if ('type' in input) return note(context, 'input', self, { what: 'type', text: input.type, terminal }, 'api');
  return note(context, 'input', self, { what: 'key', text: input.key, terminal }, 'api');
}
