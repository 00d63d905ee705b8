// Parts from which the programs of images are made: servers that wait for connections, programs that only wait, and the dates in logs.
import type { HttpRequest, HttpResponse } from '../../messages.ts';
import type { Answer, Ask, Connection, Program, Signal, Sys } from '../process/program.ts';

/** A program on its way. */
export type Running<T> = Generator<Ask, T, Answer>;

/** Writes to standard output. */
export function* print(text: string): Running<void> {
  yield { ask: 'write', fd: 1, text };
}

/** Writes to standard error. */
export function* complain(text: string): Running<void> {
  yield { ask: 'write', fd: 2, text };
}

/** Sleeps to the end, even if caught signals come meanwhile; answers the last of `until` that came. */
export function* sleep(sys: Sys, ms: number): Running<Signal | undefined> {
  const end = sys.at() + ms;
  while (sys.at() < end) {
    const { signal } = yield { ask: 'sleep', ms: end - sys.at() };
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** Waits for ever; answers the first caught signal. */
export function* waitForSignal(): Running<Signal> {
  for (;;) {
    const { signal } = yield { ask: 'pause' };
    if (signal !== undefined) return signal;
  }
}

/** Serves a port on which the program already listens, one connection at a time, until a caught signal comes. Without `handle` nothing
 * is ever answered: a protocol that is not simulated. */
export function* serveUntilSignal(port: number, handle?: (connection: Connection) => Running<void>): Running<Signal> {
  for (;;) {
    const { connection, signal } = yield { ask: 'accept', port };
    if (signal !== undefined) return signal;
    if (connection && handle) yield* handle(connection);
  }
}

/** Answers a request, at once or (a generator) when it has written or asked something. */
export type Handler = (request: HttpRequest, from: string, sys: Sys) => Running<HttpResponse> | HttpResponse;

/** What a simple web server does. */
export interface WebServer {
  /** The port, by arguments and environment. */
  port(sys: Sys): number;
  readonly handle: Handler;
  /** Printed once it listens. */
  banner?(sys: Sys): string;
  /** Printed when the port is taken, before it ends with 1. */
  taken(port: number): string;
  /** Signals that end it, each with its exit code. Of what is not named, Linux's rules hold. */
  readonly ends?: Readonly<Record<Signal, number>>;
  readonly memoryBytes?: number;
}

/** The program of a simple web server. */
export function webServer(server: WebServer): Program {
  return function* serve(sys) {
    const ends = server.ends ?? {};
    for (const signal of Object.keys(ends)) sys.onSignal(signal, 'catch');
    sys.allocate(server.memoryBytes ?? 8 * MI);
    const port = server.port(sys);
    if (sys.listen(port).error !== undefined) {
      yield* complain(server.taken(port));
      return 1;
    }
    if (server.banner) yield* print(server.banner(sys));
    const signal = yield* serveUntilSignal(port, function* answer(connection) {
      if (!connection.http) return;
      const response = server.handle(connection.http, connection.from, sys);
      connection.respond('status' in response ? response : yield* response);
    });
    return ends[signal] ?? 0;
  };
}

/** A response. */
export const respond = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  body,
  headers: { 'Content-Length': String(utf8Bytes(body)), ...headers },
});

const utf8Bytes = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** Bytes of a body. */
export const bodyBytes = utf8Bytes;

export const MI = 1024 * 1024;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** The date now, in UTC, in its parts. */
export function dateOf(sys: Pick<Sys, 'at' | 'epochMs'>) {
  const [, year = '', month = '', day = '', time = '', millis = ''] =
    /^(\d+)-(\d+)-(\d+)T([\d:]+)\.(\d+)Z$/.exec(new Date(sys.epochMs + sys.at()).toISOString()) ?? [];
  return { year, month, day, time, millis, monthName: MONTHS[Number(month) - 1] ?? '' };
}

/** `01/Jan/2026:00:00:10 +0000`: of access logs. */
export function accessLogDate(sys: Sys): string {
  const { day, monthName, year, time } = dateOf(sys);
  return `${day}/${monthName}/${year}:${time} +0000`;
}

/** `Thu, 01 Jan 2026 00:00:10 GMT`: of HTTP headers. */
export function httpDate(sys: Sys): string {
  const { day, monthName, year, time } = dateOf(sys);
  const days = Math.floor((sys.epochMs + sys.at()) / 86_400_000);
  const weekday = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'][((days % 7) + 7) % 7];
  return `${weekday}, ${two(Number(day))} ${monthName} ${year} ${time} GMT`;
}

/** A program that holds some memory, says something, and waits to be ended. */
export function daemon(
  lines: (sys: Sys) => string,
  ends: Readonly<Record<Signal, number>> = { TERM: 0, INT: 0 },
  memoryBytes = 8 * MI,
): Program {
  return function* run(sys) {
    for (const signal of Object.keys(ends)) sys.onSignal(signal, 'catch');
    sys.allocate(memoryBytes);
    const text = lines(sys);
    if (text !== '') yield* complain(text);
    const signal = yield* waitForSignal();
    return ends[signal] ?? 0;
  };
}
