// The session's ends in a browser: a module worker and the animation frame.
import type { FromWorker, WorkerPort } from './protocol.ts';
import type { SessionWorld } from './session.ts';
import { type Watchdog, createWatchdog } from './watchdog.ts';

/** Starts a worker with no run in it. */
function openWorker(): WorkerPort {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'cluster' });
  let watchdog: Watchdog | undefined;
  return {
    post(message) {
      watchdog?.asked();
      worker.postMessage(message);
    },
    listen(onMessage) {
      const fail = (message: string): void => onMessage({ type: 'bug', message, stack: '', edge: 0 });
      const dog = createWatchdog((message) => {
        worker.terminate();
        fail(message);
      });
      watchdog = dog;
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        dog.heard(data);
        onMessage(data);
      };
      worker.onerror = ({ message }) => fail(message);
    },
    close() {
      watchdog?.stop();
      worker.terminate();
    },
  };
}

/** The world of a session in a browser. */
export const BROWSER: SessionWorld = {
  openWorker,
  requestFrame(act) {
    const frame = requestAnimationFrame(act);
    return () => cancelAnimationFrame(frame);
  },
};
