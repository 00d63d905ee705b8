// What docker's commands share: asking the engine, printing, carrying text between the terminal and a stream.
import { isObject } from '../../../base/json.ts';
import type { ApiRequest } from '../../../cluster/api/request.ts';
import { DOCKER } from '../../../cluster/names.ts';
import type { Answer, Ask, Sys } from '../../../cluster/runtime/process/program.ts';
import type { KubectlAnswer } from '../../../kubectl/ask.ts';
import type { HostAsk } from '../host-asks.ts';

/** A part of docker that may ask. */
export type Docker<T = number> = Generator<Ask, T, Answer>;

/** What the engine answered. */
export interface EngineAnswer {
  readonly code: number;
  readonly body: unknown;
  readonly stream: string | undefined;
}

const INTERRUPTED = 130;
/** As often, docker's client stops waiting for what does not heed it. */
const MOST_INTERRUPTS = 3;

function* host(question: HostAsk): Docker<KubectlAnswer & { readonly signal?: string }> {
  const { value, signal } = yield { ask: 'host', question };
  return signal === undefined ? ((value ?? {}) as KubectlAnswer) : { signal };
}

/** Asks the engine. */
export function* ask(
  method: ApiRequest['method'],
  path: string,
  more: { readonly query?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
): Docker<EngineAnswer> {
  const request: ApiRequest = { method, path, userAgent: 'Docker-Client/28.5.2', ...more };
  const shown = { level: 'all', label: `${method} ${path.replace(/[0-9a-f]{64}/g, (id) => id.slice(0, 12))}` } as const;
  const { response } = yield* host({ ask: 'request', request, shown, to: DOCKER });
  return { code: response?.code ?? 500, body: response?.body, stream: response?.stream };
}

/** What a refusal says, as the client prints it; undefined where it is none. */
export function refusalIn({ code, body }: EngineAnswer): string | undefined {
  if (code < 400) return undefined;
  return `Error response from daemon: ${isObject(body) ? String(body.message) : ''}`;
}

export function* print(text: string): Docker<void> {
  if (text !== '') yield { ask: 'write', fd: 1, text };
}

export function* complain(text: string): Docker<void> {
  yield { ask: 'write', fd: 2, text };
}

/** How a stream is joined to the terminal. */
export interface Joining {
  readonly stdin: boolean;
  readonly tty: boolean;
  /** Where text of the stream goes instead of both descriptors. */
  readonly to?: 1 | 2;
  /** What Ctrl-C does, where it is not the end of docker itself. */
  onInterrupt?(): Docker<void>;
}

/** Carries text both ways until the stream ends; answers how it did. */
export function* carry(
  sys: Sys,
  stream: string,
  { stdin, tty, to, onInterrupt }: Joining,
): Docker<{ readonly exitCode: number; readonly error?: string }> {
  const isTyped = stdin && sys.isTty(0);
  if (stdin && !isTyped) yield* sendAll(stream);
  let interrupts = 0;
  if (onInterrupt) sys.onSignal('INT', 'catch');
  for (;;) {
    const { data, typed, signal } = yield* host({
      ask: 'next',
      streams: [stream],
      stdin: isTyped ? (tty ? 'raw' : 'line') : undefined,
    });
    if (signal !== undefined) {
      interrupts += 1;
      if (!onInterrupt) return { exitCode: INTERRUPTED };
      if (interrupts === MOST_INTERRUPTS) {
        yield* complain(`got ${MOST_INTERRUPTS} SIGTERM/SIGINTs, forcefully exiting\n`);
        return { exitCode: 1 };
      }
      yield* onInterrupt();
      continue;
    }
    if (typed !== undefined) yield* host({ ask: 'send', stream, data: { fd: 0, text: typed } });
    if (data?.text) yield { ask: 'write', fd: to ?? (data.fd === 2 ? 2 : 1), text: data.text };
    if (data?.end) return { exitCode: data.end.exitCode ?? 0, ...(data.end.error !== undefined && { error: data.end.error }) };
  }
}

/** All that comes from a pipe, and its end. */
function* sendAll(stream: string): Docker<void> {
  for (;;) {
    const { text = '' } = yield { ask: 'read', fd: 0 };
    yield* host({ ask: 'send', stream, data: { fd: 0, text } });
    if (text === '') return;
  }
}

/** Gives a stream up. */
export function* close(stream: string): Docker<void> {
  yield* host({ ask: 'close', stream });
}
