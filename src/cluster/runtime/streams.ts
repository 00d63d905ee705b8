// Streams between the runtime and whoever asked for one (a kubelet): of exec, of a log that is followed, of a port-forward.
import type { StreamData } from '../api/request.ts';
import { latencyBetween } from '../names.ts';
import type { RuntimeNode } from './node.ts';

/** An open stream. */
export interface Stream {
  readonly id: string;
  send(data: StreamData): void;
  end(end: NonNullable<StreamData['end']>): void;
}

/** The open streams of a runtime. */
export interface Streams {
  /** Opens a stream to a component; `onData` takes what comes from there. */
  open(to: string, onData: (data: StreamData) => void): Stream;
  /** Takes what came over a stream. */
  take(id: string, data: StreamData): void;
  /** The node has gone down: every stream is forgotten. */
  clear(): void;
}

/** No streams yet. */
export function createStreams(node: RuntimeNode): Streams {
  const open = new Map<string, (data: StreamData) => void>();
  let last = 0;
  return {
    open(to, onData) {
      last += 1;
      const id = `${node.self}/stream/${last}`;
      open.set(id, onData);
      const send = (data: StreamData): void => {
        if (!open.has(id)) return;
        const label = data.end ? 'end of stream' : 'stream';
        node
          .context()
          .send(
            to,
            { type: 'stream', stream: id, data },
            { latencyMs: latencyBetween(node.self, to), kind: 'answer', level: 'all', label },
          );
      };
      return {
        id,
        send,
        end(end) {
          send({ end });
          open.delete(id);
        },
      };
    },
    take(id, data) {
      open.get(id)?.(data);
    },
    clear: () => open.clear(),
  };
}
