// The shell of a terminal: bash, whose prompt is a character that nobody types. Where that comes out, the command has ended, and a line
// that nobody sees asks for its exit code. A shell that is kept goes on to the next line, so that `cd` and variables last; one for a single
// line is left once that line has ended.
import type { Computer } from './computer.ts';

/** What is told of the line that runs. */
export interface LineHandler {
  output(fd: 1 | 2, text: string): void;
  /** `ahead`: what was typed meanwhile and nobody has read. */
  ended(exitCode: number, ahead: string): void;
}

/** Where a shell runs. */
export interface Place {
  readonly session: number;
  readonly pid: number;
}

/** A shell. */
export interface TerminalShell {
  /** Whether a line is running: what is typed is its input. */
  readonly isBusy: boolean;
  /** Its session and process on the machine, once it has been started. */
  readonly place: Place | undefined;
  run(line: string, handler: LineHandler): void;
}

const PROMPT = '\u0002';
const PROMPT_FOR_MORE = '\u0005';
const SET_UP = ` PS1=$'\\002'; PS2=$'\\005'; __code() { printf '%d' "$1"; return "$1"; }\n`;
/** Starts no process: it must be answered where no more can be started. */
const ASK_CODE = ` __code "$?"\n`;

/** A shell that is started by its first line, and again after it has been left. `isKept`: it takes more than one line. */
export function createTerminalShell(computer: Computer, isKept: boolean): TerminalShell {
  let place: Place | undefined;
  let state: 'gone' | 'starting' | 'idle' | 'running' | 'asking' = 'gone';
  let waiting: { readonly line: string; readonly handler: LineHandler } | undefined;
  let handler: LineHandler | undefined;
  /** Of the last line: what its processes write later still belongs to it. */
  let previous: LineHandler | undefined;
  let code = '';
  let ahead = '';

  const type = (text: string): void => {
    if (place) computer.type(place.session, text, false);
  };
  const end = (exitCode: number): void => {
    const ending = handler;
    const typed = ahead;
    previous = handler;
    handler = undefined;
    ahead = '';
    ending?.ended(exitCode, typed);
    if (!isKept && place) computer.machine.closeInput(place.session);
  };
  const prompted = (): void => {
    if (state === 'asking') {
      state = 'idle';
      end(Number.parseInt(code, 10) || 0);
    } else if (state === 'starting') state = 'idle';
    else if (state === 'running') {
      state = 'asking';
      code = '';
      // Otherwise bash would run that first.
      if (place) ahead = computer.machine.takeInput(place.session);
      type(ASK_CODE);
    }
    if (state !== 'idle' || !waiting) return;
    const { line, handler: next } = waiting;
    waiting = undefined;
    begin(line, next);
  };
  const begin = (line: string, by: LineHandler): void => {
    handler = by;
    state = 'running';
    type(asOneCommand(line));
  };
  const take = (fd: 1 | 2, text: string): void => {
    for (const [i, part] of text.split(PROMPT).entries()) {
      if (i > 0) prompted();
      if (state === 'asking' && fd === 1) code += part;
      else if (state !== 'starting') show(fd, part);
    }
  };
  /** A line that is not complete waits for more, but for one that nobody can add to. */
  const show = (fd: 1 | 2, text: string): void => {
    const shown = text.replaceAll(PROMPT_FOR_MORE, isKept ? '> ' : '');
    if (shown !== '') (handler ?? (isKept ? previous : undefined))?.output(fd, shown);
    if (!isKept && place && text.includes(PROMPT_FOR_MORE)) computer.machine.closeInput(place.session);
  };
  const start = (): void => {
    state = 'starting';
    const started = computer.start(['bash'], {
      output: take,
      ended(exitCode) {
        state = 'gone';
        place = undefined;
        end(exitCode);
      },
    });
    if ('error' in started) state = 'gone';
    else place = started;
    type(SET_UP);
  };

  return {
    get isBusy() {
      return handler !== undefined || waiting !== undefined;
    },
    get place() {
      return place;
    },
    run(line, by) {
      waiting = { line, handler: by };
      if (state === 'gone') start();
      else if (state === 'idle') {
        waiting = undefined;
        begin(line, by);
      }
    },
  };
}

/** Several lines are run as one, so that there is one prompt after them. */
function asOneCommand(text: string): string {
  const lines = text.replace(/\n+$/, '');
  return lines.includes('\n') ? `{\n${lines}\n}\n` : `${lines}\n`;
}
