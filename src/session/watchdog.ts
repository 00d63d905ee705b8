// Notices a worker that has fallen silent although it owes an answer: a loop in the simulation would otherwise leave the page waiting.
import type { FromWorker } from './protocol.ts';

/** How often it looks, and after how many looks without a word it gives up: a machine that has slept is looked at once, not often. */
const LOOK_EVERY_MS = 5000;
const LOOKS = 4;

/** Watches one worker. */
export interface Watchdog {
  /** The worker has been sent something that it must answer. */
  asked(): void;
  heard(message: FromWorker): void;
  stop(): void;
}

/** A watchdog that calls back once if the worker has owed an answer for twenty seconds and said nothing at all. */
export function createWatchdog(onSilence: (message: string) => void): Watchdog {
  let timer: ReturnType<typeof setInterval> | undefined;
  let looks = 0;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const look = (): void => {
    looks += 1;
    if (looks < LOOKS) return;
    stop();
    onSilence(`the simulation has said nothing for ${(LOOKS * LOOK_EVERY_MS) / 1000} s`);
  };
  return {
    asked() {
      if (timer !== undefined) return;
      looks = 0;
      timer = setInterval(look, LOOK_EVERY_MS);
    },
    heard(message) {
      looks = 0;
      // A piece that is not the last says that the worker is still on its way.
      if (message.type !== 'chunk' || message.isDone) stop();
    },
    stop,
  };
}
