// Gives a terminal's lines and keys to the session so that none is lost: while the simulation is on its way they wait, and where the
// person is asked whether to act in the past, a line stays in its field until they have answered.
import { equal } from '../../base/json.ts';
import type { Action } from '../../session/protocol.ts';
import type { Session } from '../../session/session.ts';

/** Does something; `onTaken` is called once it has been taken, never if the person decides against it. */
export type Send = (action: Action, onTaken?: () => void) => void;

/** A sender of a session. */
export function createSender({ store, act }: Session): Send {
  const waiting: { readonly action: Action; readonly onTaken: () => void }[] = [];

  const give = (action: Action, onTaken: () => void): void => {
    act(action);
    const { phase, asking } = store.getState();
    if (phase === 'bug') return;
    if (asking?.action !== action) {
      onTaken();
      return;
    }
    const stop = store.subscribe((state) => {
      if (state.asking?.action === action) return;
      stop();
      // Whoever goes on opens another run at once.
      queueMicrotask(() => {
        if (store.getState().phase === 'opening') onTaken();
      });
    });
  };
  const giveWaiting = (): void => {
    const next = waiting.shift();
    if (!next) return;
    send(next.action, next.onTaken);
    giveWaiting();
  };
  const send: Send = (action, onTaken = () => {}) => {
    if (store.getState().phase !== 'opening') {
      give(action, onTaken);
      return;
    }
    // Its line still stands in the field: Enter again means the same line.
    if (waiting.some((other) => equal(other.action, action))) return;
    waiting.push({ action, onTaken });
    if (waiting.length > 1) return;
    const stop = store.subscribe(({ phase }) => {
      if (phase === 'opening') return;
      stop();
      queueMicrotask(giveWaiting);
    });
  };
  return send;
}
