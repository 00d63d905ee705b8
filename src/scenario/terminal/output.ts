// What a command has written, kept for the record of its end: at most a megabyte of each stream.

const MOST = 1_000_000;
const CUT = "\n[Podscope keeps the first 1,000,000 characters of a command's output]\n";

/** The output of a running command. */
export interface CommandOutput {
  add(fd: 1 | 2, text: string): void;
  stdout(): string;
  stderr(): string;
}

/** Nothing written yet. */
export function createCommandOutput(): CommandOutput {
  const kept = { 1: '', 2: '' };
  return {
    add(fd, text) {
      const room = MOST - kept[fd].length;
      if (room <= 0) return;
      kept[fd] += text.length <= room ? text : `${text.slice(0, room)}${CUT}`;
    },
    stdout: () => kept[1],
    stderr: () => kept[2],
  };
}
