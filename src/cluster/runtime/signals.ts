// Signal numbers of Linux, for exit codes: 128 and the number.

const NUMBERS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  WINCH: 28,
};

/** The signal of a number (a fault names its signal so); KILL where there is none. */
export function signalOf(number: number): string {
  return Object.keys(NUMBERS).find((name) => NUMBERS[name] === number) ?? 'KILL';
}

/** What a parent, or the runtime, reads of a process that a signal ended. */
export const exitCodeOf = (signal: string): number => 128 + (NUMBERS[signal] ?? 9);
