// The session's ends in a browser: a module worker and the animation frame.
import type { FromWorker, WorkerPort } from './protocol.ts';
import type { SessionWorld } from './session.ts';

/** Starts a worker with no run in it. */
function openWorker(): WorkerPort {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'cluster' });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage) {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => onMessage(data);
      worker.onerror = ({ message }) => onMessage({ type: 'bug', message, stack: '', edge: 0 });
    },
    close: () => worker.terminate(),
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
