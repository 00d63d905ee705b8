// A client of the API server for the cluster's own components: requests whose answer comes to a callback, and watches.
// It keeps no clock and no thread: whatever it owes is remembered until the answer is delivered to the component that asked.
import type { Level } from '../../engine/records.ts';
import type { ClusterContext } from '../component.ts';
import type { ClusterMessage } from '../messages.ts';
import { API_SERVER, latencyBetween } from '../names.ts';
import type { ApiRequest, ApiResponse, StreamData, WatchEvent } from './request.ts';

/** How a request is shown. */
export interface Shown {
  readonly level: Level;
  /** `POST pods/web/binding`. */
  readonly label: string;
  readonly subject?: string;
  /** Another server than the API server: a kubelet. */
  readonly to?: string;
}

/** A watch that is open. */
export interface Watching {
  /** Ends it: no event comes any more. */
  close(context: ClusterContext): void;
}

/** What a component asks of the API server. */
export interface ApiClient {
  request(
    context: ClusterContext,
    request: Omit<ApiRequest, 'userAgent'>,
    shown: Shown,
    done: (context: ClusterContext, response: ApiResponse) => void,
  ): void;
  /** Lists and watches: every object that stands comes first as ADDED. A stream that the server ends is opened again by the caller. */
  watch(
    context: ClusterContext,
    path: string,
    query: Readonly<Record<string, string>>,
    onEvent: (context: ClusterContext, event: WatchEvent) => void,
    onEnd?: (context: ClusterContext) => void,
  ): Watching;
  /** Takes a delivery that belongs to this client; answers whether it did. */
  handle(context: ClusterContext, body: ClusterMessage): boolean;
  /** Forgets every open request and stream: the process behind it has died. */
  reset(): void;
}

/** A client that calls itself `userAgent`. A component has one: the ids of its requests are its own. */
export function createApiClient(userAgent: string): ApiClient {
  let lastId = 0;
  const waiting = new Map<number, (context: ClusterContext, response: ApiResponse) => void>();
  const streams = new Map<string, (context: ClusterContext, data: StreamData) => void>();
  const request: ApiClient['request'] = (context, asked, shown, done) => {
    lastId += 1;
    waiting.set(lastId, done);
    const { to = API_SERVER, ...rest } = shown;
    const message = { type: 'request', id: lastId, request: { ...asked, userAgent } } as const;
    context.send(to, message, { latencyMs: latencyBetween(context.self, to), kind: 'request', ...rest });
  };
  return {
    request,
    watch(context, path, query, onEvent, onEnd) {
      let stream: string | undefined;
      let isClosed = false;
      const close: Watching['close'] = (inner) => {
        isClosed = true;
        if (stream === undefined || !streams.delete(stream)) return;
        const data = { type: 'stream', stream, data: { end: {} } } as const;
        inner.send(API_SERVER, data, { latencyMs: latencyBetween(inner.self, API_SERVER), kind: 'request', level: 'all', label: 'END' });
      };
      request(
        context,
        { method: 'GET', path, query: { ...query, watch: 'true' } },
        { level: 'api', label: `WATCH ${path.split('/').at(-1)}` },
        (answered, response) => {
          if (response.stream === undefined) return;
          stream = response.stream;
          streams.set(stream, (inner, data) => {
            if (data.event) onEvent(inner, data.event);
            if (data.end) onEnd?.(inner);
          });
          if (isClosed) close(answered);
        },
      );
      return { close };
    },
    handle(context, body) {
      if (body.type === 'response') {
        const done = waiting.get(body.id);
        waiting.delete(body.id);
        done?.(context, body.response);
        return done !== undefined;
      }
      if (body.type === 'stream') {
        const onData = streams.get(body.stream);
        if (body.data.end) streams.delete(body.stream);
        onData?.(context, body.data);
        return onData !== undefined;
      }
      return false;
    },
    reset() {
      waiting.clear();
      streams.clear();
    },
  };
}
