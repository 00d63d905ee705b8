// wget, curl, nslookup, ping, nc, telnet, netstat: what reaches other machines.
import type { Program, Sys } from '../../process/program.ts';
import type { HttpResponse } from '../../../messages.ts';
import { utf8Length } from '../../process/tree.ts';
import { type Applets, complain, print, readOptions, type Options, type Running, type Style } from './applet.ts';
import { usage } from './usage.ts';

/** An address of the web in its parts. */
export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Cuts an address; undefined where it is none. */
export function readUrl(text: string): Url | undefined {
  const match = /^(?:([a-z]+):\/\/)?([^/:?#]+)(?::(\d+))?([/?][^#]*)?/i.exec(text);
  if (!match?.[2]) return undefined;
  const scheme = (match[1] ?? 'http').toLowerCase();
  const path = match[4] ?? '/';
  return {
    scheme,
    host: match[2],
    port: Number(match[3] ?? (scheme === 'https' ? 443 : 80)),
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

interface Fetch {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

interface Fetched {
  readonly outcome: 'connected' | 'refused' | 'unreachable' | 'reset' | 'timeout' | 'unresolved';
  readonly response: HttpResponse | undefined;
  readonly ip: string;
}

/** One exchange. A signal that comes in between starts it again. */
function* fetch(url: Url, { method, headers, body, timeoutMs }: Fetch): Running<Fetched> {
  let ip = url.host;
  const resolved = yield { ask: 'resolve', host: url.host };
  if (resolved.text === undefined && resolved.signal === undefined) return { outcome: 'unresolved', response: undefined, ip: '' };
  ip = resolved.text ?? ip;
  const port = url.port === 80 ? '' : `:${url.port}`;
  const http = { method, path: url.path, host: `${url.host}${port}`, headers, ...(body !== undefined && { body }) };
  const answer = yield { ask: 'dial', host: ip, port: url.port, http, ...(timeoutMs !== undefined && { timeoutMs }) };
  return { outcome: answer.dialled?.outcome ?? 'reset', response: answer.dialled?.response, ip };
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const statusLine = ({ status }: HttpResponse): string => `HTTP/1.1 ${status} ${reasons[status] ?? ''}`.trimEnd();
const headerText = (response: HttpResponse, newline: string): string =>
  `${statusLine(response)}${newline}${Object.entries(response.headers)
    .map(([name, value]) => `${name}: ${value}${newline}`)
    .join('')}${newline}`;

/** Where `wget` of busybox saves and what it says. Models networking/wget.c. */
function wget(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'qSO:o:T:t:cU:Y:P:n:h:d:s', {
      quiet: 'q',
      spider: 's',
      timeout: 'T',
      header: 'h',
      'output-document': 'O',
      'post-data': 'd',
      tries: 't',
      'server-response': 'S',
    });
    const [text] = options.operands;
    if (text === undefined) return yield* usage(sys, style, '[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR] [-T SEC] URL...');
    const url = readUrl(text);
    if (!url) {
      yield* complain(sys, `bad address '${text}'`);
      return 1;
    }
    return style === 'busybox' ? yield* busyboxWget(sys, url, options) : yield* gnuWget(sys, url, text, options);
  };
}

function fetchOf(options: Options, agent: string, timeout: string | undefined): Fetch {
  const headers: Record<string, string> = { 'User-Agent': options.value('U') ?? agent };
  for (const line of options.values('h')) headers[line.slice(0, line.indexOf(':'))] = line.slice(line.indexOf(':') + 1).trim();
  const body = options.value('d');
  return {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    body,
    timeoutMs: timeout === undefined ? undefined : Number(timeout) * 1000,
  };
}

function* busyboxWget(sys: Sys, url: Url, options: Options): Running {
  const say = (line: string): Running<void> => (options.has('q') ? print('') : stderr(line));
  const { outcome, response, ip } = yield* fetch(url, fetchOf(options, 'Wget', options.value('T') ?? '900'));
  if (outcome === 'unresolved') {
    yield* complain(sys, `bad address '${url.host}${url.port === 80 ? '' : `:${url.port}`}'`);
    return 1;
  }
  yield* say(`Connecting to ${url.host}${url.port === 80 ? '' : `:${url.port}`} (${ip}:${url.port})\n`);
  if (outcome === 'timeout') {
    yield* complain(sys, 'download timed out');
    return 1;
  }
  if (outcome !== 'connected' || !response) {
    yield* complain(
      sys,
      outcome === 'connected' || outcome === 'reset'
        ? 'error getting response: Connection reset by peer'
        : `can't connect to remote host (${ip}): ${outcome === 'refused' ? 'Connection refused' : 'No route to host'}`,
    );
    return 1;
  }
  if (options.has('S'))
    yield* stderr(
      headerText(response, '\n')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `  ${line}\n`)
        .join(''),
    );
  if (response.status >= 300) {
    yield* complain(sys, `server returned error: ${statusLine(response)}`);
    return 1;
  }
  if (options.has('s')) {
    yield* say('remote file exists\n');
    return 0;
  }
  const name = options.value('O') ?? (url.path.replace(/[?].*/, '').split('/').at(-1) || 'index.html');
  const written = yield* save(sys, name, response.body, "can't open");
  if (!written) return 1;
  const size = utf8Length(response.body);
  const bar = `${name === '-' ? '-' : name.slice(0, 20)}`.padEnd(20);
  yield* say(
    `${name === '-' ? 'writing to stdout' : `saving to '${name}'`}\n${bar} 100% |${'*'.repeat(32)}| ${String(size).padStart(5)}  0:00:00 ETA\n${name === '-' ? 'written to stdout' : `'${name}' saved`}\n`,
  );
  return 0;
}

function* gnuWget(sys: Sys, url: Url, text: string, options: Options): Running {
  const say = (line: string): Running<void> => (options.has('q') ? print('') : stderr(line));
  const { outcome, response, ip } = yield* fetch(url, fetchOf(options, 'Wget/1.21.3', options.value('T')));
  if (outcome === 'unresolved') {
    yield* say(`wget: unable to resolve host address '${url.host}'\n`);
    return 4;
  }
  yield* say(`Connecting to ${url.host} (${url.host})|${ip}|:${url.port}... `);
  if (outcome !== 'connected' || !response) {
    yield* say(
      `failed: ${outcome === 'refused' ? 'Connection refused' : outcome === 'timeout' ? 'Connection timed out' : 'No route to host'}.\n`,
    );
    return 4;
  }
  yield* say(`connected.\nHTTP request sent, awaiting response... ${response.status} ${reasons[response.status] ?? ''}\n`);
  if (response.status >= 400) {
    yield* say(`ERROR ${response.status}: ${reasons[response.status] ?? ''}.\n`);
    return 8;
  }
  const name = options.value('O') ?? (url.path.split('/').at(-1) || 'index.html');
  if (!(yield* save(sys, name, response.body, 'cannot open'))) return 3;
  yield* say(`Length: ${utf8Length(response.body)}\nSaving to: '${name === '-' ? 'STDOUT' : name}'\n\n'${text}' saved\n`);
  return 0;
}

function* save(sys: Sys, name: string, text: string, complaint: string): Running<boolean> {
  if (name === '-') {
    yield* print(text);
    return true;
  }
  const opened = sys.open(name, 'write');
  if ('error' in opened) {
    yield* complain(sys, `${complaint} '${name}'`);
    return false;
  }
  yield { ask: 'write', fd: opened.fd, text };
  sys.close(opened.fd);
  return true;
}

function* stderr(text: string): Running<void> {
  yield { ask: 'write', fd: 2, text };
}

const curlLong: Readonly<Record<string, string>> = {
  silent: 's',
  'show-error': 'S',
  include: 'i',
  head: 'I',
  output: 'o',
  'write-out': 'w',
  header: 'H',
  request: 'X',
  data: 'd',
  verbose: 'v',
  fail: 'f',
  location: 'L',
  insecure: 'k',
  'max-time': 'm',
  'connect-timeout': 'C',
  'user-agent': 'A',
  'remote-name': 'O',
};

/** Models curl's texts and exit codes: 6 unresolved, 7 refused, 22 with -f, 28 timeout, 52 empty. */
function* curl(sys: Sys): Running {
  const options = readOptions(sys, 'sSiIo:w:H:X:d:vfLkm:C:A:O46u:', curlLong);
  if (options.operands.length === 0) {
    yield* stderr("curl: try 'curl --help' or 'curl --manual' for more information\n");
    return 2;
  }
  let status = 0;
  for (const text of options.operands) {
    const url = readUrl(text);
    if (!url) status = yield* curlFail(options, 3, 'URL using bad/illegal format or missing URL');
    else status = yield* curlOne(sys, url, options, 0);
  }
  return status;
}

function* curlFail(options: Options, code: number, text: string): Running {
  if (!options.has('s') || options.has('S')) yield* stderr(`curl: (${code}) ${text}\n`);
  return code;
}

function* curlOne(sys: Sys, url: Url, options: Options, redirects: number): Running {
  const body = options.value('d');
  const method = options.value('X') ?? (options.has('I') ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  const headers: Record<string, string> = { 'User-Agent': options.value('A') ?? 'curl/7.88.1', Accept: '*/*' };
  for (const line of options.values('H')) headers[line.slice(0, line.indexOf(':'))] = line.slice(line.indexOf(':') + 1).trim();
  const seconds = options.value('m') ?? options.value('C');
  const from = sys.at();
  const { outcome, response, ip } = yield* fetch(url, {
    method,
    headers,
    body,
    timeoutMs: seconds === undefined ? 130_000 : Number(seconds) * 1000,
  });
  const elapsed = sys.at() - from;
  const wrote = options.value('w');
  const written = (code: number): Running<void> => (wrote === undefined ? print('') : print(writeOut(wrote, code, elapsed, response)));
  if (outcome === 'unresolved') {
    yield* written(0);
    return yield* curlFail(options, 6, `Could not resolve host: ${url.host}`);
  }
  if (options.has('v')) yield* stderr(`*   Trying ${ip}:${url.port}...\n`);
  if (outcome === 'timeout') {
    yield* written(0);
    return yield* curlFail(
      options,
      28,
      seconds === undefined
        ? `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: Couldn't connect to server`
        : options.has('m')
          ? `Operation timed out after ${elapsed} milliseconds with 0 bytes received`
          : `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: Timeout was reached`,
    );
  }
  if (outcome === 'refused' || outcome === 'unreachable') {
    yield* written(0);
    return yield* curlFail(
      options,
      7,
      `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: ${outcome === 'refused' ? "Couldn't connect to server" : 'No route to host'}`,
    );
  }
  if (options.has('v'))
    yield* stderr(
      `* Connected to ${url.host} (${ip}) port ${url.port} (#0)\n> ${method} ${url.path} HTTP/1.1\n> Host: ${url.host}${url.port === 80 ? '' : `:${url.port}`}\n${Object.entries(
        headers,
      )
        .map(([name, value]) => `> ${name}: ${value}\n`)
        .join('')}>\n`,
    );
  if (!response) {
    yield* written(0);
    return outcome === 'reset'
      ? yield* curlFail(options, 56, 'Recv failure: Connection reset by peer')
      : yield* curlFail(options, 52, 'Empty reply from server');
  }
  const next =
    options.has('L') && redirects < 10
      ? readUrl(Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '')
      : undefined;
  if (next && response.status >= 300 && response.status < 400) return yield* curlOne(sys, next, options, redirects + 1);
  if (options.has('v'))
    yield* stderr(
      headerText(response, '\n')
        .trimEnd()
        .split('\n')
        .map((line) => `< ${line}\n`)
        .join('') + '<\n* Connection #0 to host left intact\n'.replace('host', `host ${url.host}`),
    );
  if (options.has('f') && response.status >= 400) {
    yield* written(response.status);
    return yield* curlFail(options, 22, `The requested URL returned error: ${response.status}`);
  }
  const shown = `${options.has('i') || options.has('I') ? headerText(response, '\r\n') : ''}${method === 'HEAD' ? '' : response.body}`;
  const name = options.value('o') ?? (options.has('O') ? (url.path.split('/').at(-1) ?? '') : '-');
  if (name !== '-' && !options.has('s')) yield* stderr(progress(utf8Length(response.body)));
  if (!(yield* save(sys, name, shown, 'Failed to open'))) return 23;
  yield* written(response.status);
  return 0;
}

function progress(size: number): string {
  const bytes = String(size).padStart(5);
  return `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r100 ${bytes}  100 ${bytes}    0     0   ${bytes}      0 --:--:-- --:--:-- --:--:-- ${bytes}\n`;
}

function writeOut(format: string, code: number, elapsedMs: number, response: HttpResponse | undefined): string {
  const values: Readonly<Record<string, string>> = {
    http_code: String(code).padStart(3, '0'),
    response_code: String(code).padStart(3, '0'),
    time_total: (elapsedMs / 1000).toFixed(6),
    size_download: String(response ? utf8Length(response.body) : 0),
    content_type: response?.headers['Content-Type'] ?? '',
  };
  return format
    .replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
}

/** The server that /etc/resolv.conf names. */
function nameServer(sys: Sys): string {
  const read = sys.files.read('/etc/resolv.conf');
  return /^nameserver\s+(\S+)/m.exec('text' in read ? read.text : '')?.[1] ?? '127.0.0.1';
}

function* nslookup(sys: Sys): Running {
  const [name] = sys.argv.slice(1).filter((word) => !word.startsWith('-'));
  if (name === undefined) return 1;
  const server = nameServer(sys);
  yield* print(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  const answer = yield { ask: 'resolve', host: name };
  if (answer.text === undefined) {
    yield* print(`** server can't find ${name}: NXDOMAIN\n\n`);
    return 1;
  }
  yield* print(`Name:\t${name}\nAddress: ${answer.text}\n\n`);
  return 0;
}

function ping(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'c:i:W:w:qnI:s:46');
    const [name] = options.operands;
    if (name === undefined) return yield* usage(sys, style, '[OPTIONS] HOST');
    const resolved = yield { ask: 'resolve', host: name };
    if (resolved.text === undefined) {
      yield* complain(sys, style === 'busybox' ? `bad address '${name}'` : `${name}: Name or service not known`);
      return style === 'busybox' ? 1 : 2;
    }
    const ip = resolved.text;
    const count = options.value('c') === undefined ? Number.POSITIVE_INFINITY : Number(options.value('c'));
    const period = Number(options.value('i') ?? 1) * 1000;
    sys.onSignal('INT', 'catch');
    yield* print(style === 'busybox' ? `PING ${name} (${ip}): 56 data bytes\n` : `PING ${name} (${ip}) 56(84) bytes of data.\n`);
    let sent = 0;
    let received = 0;
    while (sent < count) {
      // Whoever refuses a connection is there, and so answers an echo.
      const { dialled, signal } = yield { ask: 'dial', host: ip, port: 7, timeoutMs: 1000 };
      if (signal === 'INT') break;
      const there = dialled?.outcome === 'connected' || dialled?.outcome === 'refused';
      if (there) {
        received += 1;
        yield* print(
          style === 'busybox'
            ? `64 bytes from ${ip}: seq=${sent} ttl=64 time=0.085 ms\n`
            : `64 bytes from ${ip}: icmp_seq=${sent + 1} ttl=64 time=0.085 ms\n`,
        );
      }
      sent += 1;
      if (sent < count && (yield { ask: 'sleep', ms: period }).signal === 'INT') break;
    }
    const lost = sent === 0 ? 0 : Math.round(((sent - received) / sent) * 100);
    yield* print(
      `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${received} ${style === 'busybox' ? 'packets ' : ''}received, ${lost}% packet loss${style === 'busybox' ? '' : `, time ${Math.max(0, sent - 1) * period}ms`}\n`,
    );
    if (received > 0)
      yield* print(
        style === 'busybox' ? 'round-trip min/avg/max = 0.085/0.085/0.085 ms\n' : 'rtt min/avg/max/mdev = 0.085/0.085/0.085/0.000 ms\n',
      );
    return Number(received === 0);
  };
}

function nc(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'zvlw:p:nkue:i:');
    if (options.has('l')) return yield* listen(sys, Number(options.value('p') ?? options.operands.at(-1)), options.has('k'));
    const [host, port] = options.operands;
    if (host === undefined || port === undefined) return yield* usage(sys, style, '[-l] [-p PORT] [-w SEC] [-z] HOST PORT');
    const seconds = options.value('w');
    const address = (yield { ask: 'resolve', host }).text ?? host;
    const { dialled } = yield {
      ask: 'dial',
      host: address,
      port: Number(port),
      ...(seconds !== undefined && { timeoutMs: Number(seconds) * 1000 }),
    };
    const outcome = dialled?.outcome ?? 'reset';
    if (outcome === 'connected') {
      if (options.has('v'))
        yield* stderr(style === 'busybox' ? `${host} (${host}:${port}) open\n` : `Connection to ${host} ${port} port [tcp/*] succeeded!\n`);
      return 0;
    }
    const reason = outcome === 'refused' ? 'Connection refused' : outcome === 'timeout' ? 'Connection timed out' : 'No route to host';
    if (outcome === 'unresolved') yield* complain(sys, `bad address '${host}'`);
    else if (!options.has('z') || options.has('v'))
      yield* complain(
        sys,
        style === 'busybox'
          ? outcome === 'timeout'
            ? 'timed out'
            : `can't connect to remote host (${address}): ${reason}`
          : `connect to ${host} port ${port} (tcp) failed: ${reason}`,
      );
    return 1;
  };
}

/** Takes connections and says nothing. */
function* listen(sys: Sys, port: number, keep: boolean): Running {
  const { error } = sys.listen(port);
  if (error !== undefined) {
    yield* complain(sys, 'bind: Address already in use');
    return 1;
  }
  do {
    const { connection } = yield { ask: 'accept', port };
    if (connection?.http) yield* print(`${connection.http.method} ${connection.http.path} HTTP/1.1\nHost: ${connection.http.host}\n\n`);
  } while (keep);
  return 0;
}

function* ifconfig(sys: Sys): Running {
  const [ip = '127.0.0.1'] = sys.addresses;
  yield* print(
    `eth0      Link encap:Ethernet\n          inet addr:${ip}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500\n\nlo        Link encap:Local Loopback\n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536\n`,
  );
  return 0;
}

function* ip(sys: Sys): Running {
  const [address = '127.0.0.1'] = sys.addresses;
  const [what = ''] = sys.argv.slice(1).filter((word) => !word.startsWith('-'));
  const gateway = address.replace(/\.\d+$/, '.1');
  if (what.startsWith('r'))
    yield* print(`default via ${gateway} dev eth0\n${address.replace(/\.\d+$/, '.0')}/24 dev eth0 scope link  src ${address}\n`);
  else
    yield* print(
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n2: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue\n    inet ${address}/24 brd ${address.replace(/\.\d+$/, '.255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`,
    );
  return 0;
}

const applets: Applets = (style) => ({
  wget: wget(style),
  curl,
  nslookup,
  ping: ping(style),
  nc: nc(style),
  ifconfig,
  ip,
});
export default applets;
