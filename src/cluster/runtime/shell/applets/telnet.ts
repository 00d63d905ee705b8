// telnet: a connection on which lines are typed. Two kinds of servers answer: those that speak HTTP, and those that speak in lines.
import type { HttpRequest, HttpResponse } from '../../../messages.ts';
import type { Program, Sys } from '../../process/program.ts';
import { type Applets, complain, print, type Running, type Style } from './applet.ts';
import { usage } from './usage.ts';

/** The method of a request that is a typed line: its body is the line. */
export const TYPED_LINE = 'LINE';
/** The header of an answer to a typed line, by a server that speaks in lines: its protocol. Without it the server does not. */
export const LINES = 'x-lines';

const REFUSED: Readonly<Record<string, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  unreachable: 'No route to host',
};

function telnet(style: Style): Program {
  return function* run(sys) {
    const [host, port = '23'] = sys.argv.slice(1).filter((word) => !word.startsWith('-'));
    if (host === undefined) return yield* usage(sys, style, '[-a] [-l USER] HOST [PORT]');
    const address = (yield { ask: 'resolve', host }).text;
    if (address === undefined) {
      yield* complain(sys, style === 'busybox' ? `bad address '${host}'` : `could not resolve ${host}/${port}: Name or service not known`);
      return 1;
    }
    if (style === 'gnu') yield* print(`Trying ${address}...\n`);
    const { dialled } = yield { ask: 'dial', host: address, port: Number(port), timeoutMs: 60_000 };
    const outcome = dialled?.outcome ?? 'reset';
    if (outcome !== 'connected') {
      const reason = REFUSED[outcome] ?? 'No route to host';
      yield* complain(
        sys,
        style === 'busybox' ? `can't connect to remote host (${address}): ${reason}` : `Unable to connect to remote host: ${reason}`,
      );
      return 1;
    }
    yield* print(style === 'busybox' ? `Connected to ${host}\n` : `Connected to ${host}.\nEscape character is '^]'.\n`);
    yield* converse(sys, { host: address, port: Number(port) });
    yield* print(style === 'busybox' ? 'Connection closed by foreign host\n' : 'Connection closed by foreign host.\n');
    return 1;
  };
}

interface Server {
  readonly host: string;
  readonly port: number;
}

/** Lines and answers, until one of the two sides has had enough. */
function* converse(_sys: Sys, server: Server): Running<void> {
  for (;;) {
    const { text = '', signal } = yield { ask: 'read', fd: 0, line: true };
    if (text === '' || signal !== undefined) return;
    const line = text.replace(/\r?\n$/, '');
    const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(line) ?? [];
    const isHttp = method !== undefined && path !== undefined;
    const request = isHttp ? yield* headersOf(method, path, server.host) : typed(line, server.host);
    const { dialled } = yield { ask: 'dial', ...server, http: request, timeoutMs: 60_000 };
    const response = dialled?.response;
    if (!response) return;
    if (isHttp) {
      yield* print(httpText(response));
      return;
    }
    if (response.headers[LINES] === undefined) {
      yield* print('HTTP/1.1 400 Bad Request\nConnection: close\n\n');
      return;
    }
    yield* print(response.body);
    if (/^(quit|exit)$/i.test(line.trim())) return;
  }
}

const typed = (line: string, host: string): HttpRequest => ({ method: TYPED_LINE, path: '/', host, headers: {}, body: line });

/** The lines after a request's first, to the empty one. */
function* headersOf(method: string, path: string, address: string): Running<HttpRequest> {
  const headers: Record<string, string> = {};
  let host = address;
  for (;;) {
    const { text = '' } = yield { ask: 'read', fd: 0, line: true };
    const [, name, value = ''] = /^([^:\s]+):\s*(.*?)\s*$/.exec(text) ?? [];
    if (name === undefined) return { method, path, host, headers };
    if (name.toLowerCase() === 'host') host = value;
    else headers[name] = value;
  }
}

const httpText = ({ status, headers, body }: HttpResponse): string =>
  `HTTP/1.1 ${status} ${status === 200 ? 'OK' : status === 404 ? 'Not Found' : ''}\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')}\n${body}`;

const applets: Applets = (style) => ({ telnet: telnet(style) });
export default applets;
