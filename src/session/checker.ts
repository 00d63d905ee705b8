// What `apply` would say to the text in the editor, asked of the run as it stands.
import type { StoreApi } from 'zustand/vanilla';
import type { Problem, Query } from './protocol.ts';
import type { SessionState } from './state.ts';

/** How the run is asked. */
interface Asking {
  isOpen(): boolean;
  query(id: number, query: Query): void;
}

export interface Checker {
  /** Asks about the draft; while an answer is on its way, the next question waits for it. */
  check(): void;
  answered(id: number, problems: readonly Problem[]): void;
  /** Another run has taken the place of the one that was asked: what was asked of that is never answered. */
  forget(): void;
}

/** A checker that has asked nothing. */
export function createChecker(store: StoreApi<SessionState>, asking: () => Asking): Checker {
  let lastId = 0;
  let text: string | undefined;
  const check = (): void => {
    const { draft, checked } = store.getState();
    if (!asking().isOpen() || text !== undefined || checked?.text === draft) return;
    lastId += 1;
    text = draft;
    asking().query(lastId, { query: 'check', text: draft, verb: 'apply' });
  };
  return {
    check,
    answered(id, problems) {
      if (id !== lastId || text === undefined) return;
      const checked = { text, problems };
      text = undefined;
      store.setState({ checked });
      check();
    },
    forget() {
      text = undefined;
    },
  };
}
