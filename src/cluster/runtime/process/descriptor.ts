// What a file descriptor leads to: files, pipes, terminals, devices. Descriptors that were duplicated or inherited share one of these.
import type { Instant } from '../../../engine/records.ts';
import type { OpenFile } from './program.ts';

/** Something that processes wait for. The machine steps them again when it changes. */
export interface Waitable<P> {
  readonly waiting: Set<P>;
}

/** An open description: shared by all descriptors that were duplicated from it. `P`: who can wait for it. */
export interface Description<P> extends Waitable<P> {
  readonly kind: 'file' | 'pipe' | 'terminal' | 'device' | 'stream';
  /** How many descriptors lead here. */
  references: number;
  /** Text, `''` at the end, or undefined where the reader must wait. */
  read(max: number, line: boolean): string | undefined | { readonly error: string };
  /** How much was taken; 0 where the writer must wait. `until`: it can try again then. */
  write(text: string): number | { readonly error: string } | { readonly until: Instant };
  /** The last descriptor is gone. */
  closed(): void;
  /** The file behind it, for reopening through /proc/<pid>/fd. */
  readonly file?: OpenFile;
  /** What ls -l /proc/<pid>/fd shows. */
  readonly name: string;
}

/** How much a pipe holds before its writer waits. */
export const pipeCapacity = 65536;

const badDescriptor = { error: 'EBADF' } as const;

/** Wakes whoever waits; given by the machine. */
export type Wake<P> = (on: Waitable<P>) => void;

/** Takes text off the front of a buffer. */
function take(buffer: { text: string }, max: number, line: boolean): string {
  let end = Math.min(max, buffer.text.length);
  if (line) {
    const newline = buffer.text.indexOf('\n');
    if (newline >= 0 && newline + 1 < end) end = newline + 1;
  }
  const taken = buffer.text.slice(0, end);
  buffer.text = buffer.text.slice(end);
  return taken;
}

/** Both ends of a new pipe. */
export function createPipe<P>(wake: Wake<P>): { readonly read: Description<P>; readonly write: Description<P> } {
  const buffer = { text: '' };
  let readerOpen = true;
  let writerOpen = true;
  const waiting = new Set<P>();
  const end = { kind: 'pipe' as const, waiting, name: 'pipe:[4026]' };
  return {
    read: {
      ...end,
      references: 0,
      read(max, line) {
        if (buffer.text === '') return writerOpen ? undefined : '';
        const text = take(buffer, max, line);
        wake({ waiting });
        return text;
      },
      write: () => badDescriptor,
      closed() {
        readerOpen = false;
        wake({ waiting });
      },
    },
    write: {
      ...end,
      references: 0,
      read: () => badDescriptor,
      write(text) {
        if (!readerOpen) return { error: 'EPIPE' };
        const room = pipeCapacity - buffer.text.length;
        if (room <= 0) return 0;
        const part = text.length <= room ? text : text.slice(0, room);
        buffer.text += part;
        wake({ waiting });
        return part.length;
      },
      closed() {
        writerOpen = false;
        wake({ waiting });
      },
    },
  };
}

/** An open file with its offset. */
export function createFileDescription<P>(file: OpenFile, mode: 'read' | 'write' | 'append', path: string): Description<P> {
  let offset = 0;
  return {
    kind: 'file',
    waiting: new Set(),
    references: 0,
    file,
    name: path,
    read(max, line) {
      if (mode !== 'read') return badDescriptor;
      let text = file.read(offset, max);
      const newline = line ? text.indexOf('\n') : -1;
      if (newline >= 0) text = text.slice(0, newline + 1);
      offset += text.length;
      return text;
    },
    write(text) {
      if (mode === 'read') return badDescriptor;
      const from = mode === 'append' ? file.length() : offset;
      const { error } = file.write(from, text);
      if (error !== undefined) return { error };
      offset = from + text.length;
      return text.length;
    },
    closed() {},
  };
}

/** A device of /dev by its name. */
export function createDevice<P>(name: string, random: () => string): Description<P> {
  const zero = name === 'zero' || name === 'full';
  return {
    kind: 'device',
    waiting: new Set(),
    references: 0,
    name: `/dev/${name}`,
    read(max) {
      if (zero) return '\0'.repeat(Math.min(max, 65536));
      if (name === 'null') return '';
      let text = '';
      while (text.length < Math.min(max, 4096)) text += random();
      return text.slice(0, max);
    },
    write: (text) => (name === 'full' ? { error: 'ENOSPC' } : text.length),
    closed() {},
  };
}

/** Text that comes from outside: a session's standard input. A terminal gives it line by line, and Ctrl-D ends one read only. */
export interface Input<P> extends Description<P> {
  push(text: string): void;
  end(): void;
  /** Forgets what was typed (Ctrl-C); answers it. */
  flush(): string;
}

/** A session's standard input. */
export function createInput<P>(wake: Wake<P>, terminal: boolean, echo: (text: string) => void): Input<P> {
  const buffer = { text: '' };
  const waiting = new Set<P>();
  let ended = 0;
  return {
    kind: terminal ? 'terminal' : 'stream',
    waiting,
    references: 0,
    name: terminal ? '/dev/pts/0' : 'pipe:[4025]',
    read(max, line) {
      if (buffer.text !== '' && (!terminal || ended > 0 || buffer.text.includes('\n'))) return take(buffer, max, line || terminal);
      if (ended === 0) return undefined;
      if (terminal) ended -= 1;
      return '';
    },
    write(text) {
      if (!terminal) return badDescriptor;
      echo(text);
      return text.length;
    },
    closed() {},
    push(text) {
      buffer.text += text;
      wake({ waiting });
    },
    end() {
      ended += 1;
      wake({ waiting });
    },
    flush() {
      const { text } = buffer;
      buffer.text = '';
      return text;
    },
  };
}

/** How fast whoever reads a session's output takes it. */
export interface Flow {
  /** How many characters of so many are taken now; of none, when to try again. */
  take(wanted: number): number | { readonly until: Instant };
}

/** So much is taken at once, and then so much a millisecond: a flood of text must not fill the page. */
const BURST = 1_000_000;
const PER_MS = 5;
/** Who has to wait, waits for this much. */
const PIECE = 1024;
/** After a pause of this length the next text comes at once again. */
const PAUSE_MS = 1000;

/** A reader that keeps up with what people read, and not with `yes`. */
export function createFlow(at: () => Instant): Flow {
  let room = BURST;
  let last = at();
  return {
    take(wanted) {
      room = at() - last >= PAUSE_MS ? BURST : Math.min(BURST, room + (at() - last) * PER_MS);
      last = at();
      if (room < Math.min(wanted, PIECE)) return { until: last + Math.ceil((PIECE - room) / PER_MS) };
      const taken = Math.min(wanted, room);
      room -= taken;
      return taken;
    },
  };
}

/** A session's standard output or error. */
export function createOutput<P>(write: (text: string) => void, terminal: Input<P> | undefined, flow?: Flow): Description<P> {
  return {
    kind: terminal ? 'terminal' : 'stream',
    waiting: terminal ? terminal.waiting : new Set(),
    references: 0,
    name: terminal ? '/dev/pts/0' : 'pipe:[4027]',
    read: (max, line) => (terminal ? terminal.read(max, line) : badDescriptor),
    write(text) {
      const taken = flow ? flow.take(text.length) : text.length;
      if (typeof taken === 'number') write(text.slice(0, taken));
      return taken;
    },
    closed() {},
  };
}
