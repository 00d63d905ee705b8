// What may come next on a terminal's line, asked of the run as it stands at its edge.
import type { Completions } from '../scenario/terminal/complete.ts';
import type { Connection } from './connection.ts';

export interface Completer {
  /** Asks about a line up to the cursor. Of questions that overtake each other the last is answered. */
  complete(text: string, onAnswer: (completions: Completions) => void): void;
  completed(id: number, completions: Completions): void;
}

/** A completer that has asked nothing. */
export function createCompleter(connection: Pick<Connection, 'isOpen' | 'query'>): Completer {
  let lastId = 0;
  let waiting: ((completions: Completions) => void) | undefined;
  return {
    complete(text, onAnswer) {
      if (!connection.isOpen()) return;
      lastId += 1;
      waiting = onAnswer;
      connection.query(lastId, { query: 'complete', text });
    },
    completed(id, completions) {
      if (id !== lastId) return;
      waiting?.(completions);
      waiting = undefined;
    },
  };
}
