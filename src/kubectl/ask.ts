// What kubectl asks of the computer it runs on. kubectl is a generator: it yields an ask and is handed the answer; it never waits itself.
import type { ApiRequest, ApiResponse, StreamData } from '../cluster/api/request.ts';
import type { HttpRequest, HttpResponse } from '../cluster/api/http.ts';
import type { Level } from '../engine/records.ts';

/** How a request is shown. */
export interface ShownAs {
  readonly level: Level;
  /** `POST pods`. */
  readonly label: string;
  /** The key of the row that it is about. */
  readonly subject?: string;
}

/** What kubectl waits for. */
export type KubectlAsk =
  /** A request to the API server; a stream that it opens stays open until it ends or is closed. Answer: `response`. */
  | { readonly ask: 'request'; readonly request: ApiRequest; readonly shown: ShownAs }
  /**
   * The next piece of any of these streams (answer: `stream` and `data`), what is typed (`stdin`: as keys are pressed, or by lines; answer: `typed`), a connection to a
   * port that listens (`connections`; answer: `connection`), or the end of the time (`timedOut`).
   */
  | {
      readonly ask: 'next';
      readonly streams: readonly string[];
      readonly stdin?: 'raw' | 'line' | undefined;
      readonly connections?: boolean;
      readonly timeoutMs?: number;
    }
  /** Sends a piece into an open stream. */
  | { readonly ask: 'send'; readonly stream: string; readonly data: StreamData }
  | { readonly ask: 'close'; readonly stream: string }
  | { readonly ask: 'write'; readonly fd: 1 | 2; readonly text: string }
  /** All of standard input, to its end. Answer: `text`. */
  | { readonly ask: 'read' }
  | { readonly ask: 'sleep'; readonly ms: number }
  /** A file (answer: `text`), or the names in a directory (`names`); else `error`, an errno name. */
  | { readonly ask: 'file'; readonly path: string }
  | { readonly ask: 'write-file'; readonly path: string; readonly text: string }
  /** Opens a port on this computer. Answer: `error` where it is taken. */
  | { readonly ask: 'listen'; readonly port: number };

/** What comes back; which field is filled depends on the ask. */
export interface KubectlAnswer {
  readonly response?: ApiResponse;
  readonly stream?: string;
  readonly data?: StreamData;
  /** What was typed; empty: the end of what can be typed (Ctrl-D). */
  readonly typed?: string;
  readonly timedOut?: boolean;
  readonly text?: string;
  readonly names?: readonly string[];
  readonly error?: string;
  readonly connection?: LocalConnection;
}

/** A connection from a program on this computer to a port that kubectl forwards. */
export interface LocalConnection {
  readonly port: number;
  readonly http?: HttpRequest;
  respond(response: HttpResponse): void;
}

/** A part of kubectl that may ask. */
export type Kubectl<T> = Generator<KubectlAsk, T, KubectlAnswer>;

/** What is known of the computer without asking. */
export interface KubectlEnvironment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Whether standard input is a terminal. */
  readonly isTerminal: boolean;
  /** `count` characters of a random name, from its own stream of chance. */
  randomName(count: number): string;
}
