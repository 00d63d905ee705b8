// A terminal on the learner's computer: takes lines, text and keys, runs them, and notes what came out.
import type { ClusterComponent, ClusterContext } from '../cluster/component.ts';
import type { TerminalMessage } from '../cluster/messages.ts';
import { terminalOf } from '../cluster/names.ts';
import { note } from '../cluster/notes.ts';
import { type Computer, createComputer, HOME } from './terminal/computer.ts';
import { type CommandOutput, createCommandOutput } from './terminal/output.ts';

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

/** A command that runs. */
interface Running {
  readonly line: string;
  readonly session: number;
  readonly pid: number;
  readonly output: CommandOutput;
}

/** A terminal, named `terminal/<name>`. */
export function createTerminal(options: TerminalOptions): ClusterComponent {
  const { name, files, startAtMs, computer = createComputer(files, startAtMs), keepsShell = false } = options;
  const self = terminalOf(name);
  const commands: Running[] = [];

  const run = (context: ClusterContext, line: string): void => {
    const started = note(context, 'command-started', self, { terminal: name, line }, 'api');
    const output = createCommandOutput();
    const write = (fd: 1 | 2, text: string): void => {
      output.add(fd, text);
      context.log(fd === 1 ? `${self}/out` : `${self}/err`, text);
    };
    const end = (exit: number): void => {
      const at = commands.findIndex((command) => command.output === output);
      if (at >= 0) commands.splice(at, 1);
      const data = { terminal: name, line, stdout: output.stdout(), stderr: output.stderr(), exit };
      note(context, 'command-ended', self, data, 'api');
    };
    context.because(started);
    const session = computer.start(argvOf(line), { output: write, ended: end });
    if ('error' in session) {
      write(2, `bash: ${line.trim().split(/\s+/)[0] ?? ''}: command not found\n`);
      end(127);
    } else commands.push({ line, ...session, output });
  };
  /** Text for the command that runs: to whoever reads the terminal itself, or to the machine. */
  const type = (context: ClusterContext, text: string): void => {
    const command = commands.at(-1);
    if (!command) return;
    const reader = computer.asks.readers().at(-1);
    if (reader !== undefined && computer.asks.typed(context, reader, text)) return;
    computer.machine.input(command.session, text);
  };
  const press = (context: ClusterContext, key: string): void => {
    const command = commands.at(-1);
    if (!command) return;
    if (key === 'ctrl-c') computer.machine.interrupt(command.session, 'INT');
    else if (key === 'ctrl-d') computer.machine.closeInput(command.session);
    else if (key === 'ctrl-z') computer.machine.interrupt(command.session, 'TSTP');
    else context.log(`${self}/out`, '');
  };
  const take = (context: ClusterContext, { input }: TerminalMessage): void => {
    context.because(noteInput(context, self, name, input));
    if ('verb' in input) {
      computer.machine.files.write(`${HOME}/${input.file}`, input.text);
      run(context, `kubectl ${input.verb} -f ${input.file}`);
    } else if ('run' in input) {
      if (keepsShell && commands.length > 0) type(context, `${input.run}\n`);
      else run(context, input.run);
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

/** Until the shell is there: words between spaces, quotes kept together. */
function argvOf(line: string): string[] {
  const words = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_all, single?: string, double?: string) => single ?? double ?? ''));
}
