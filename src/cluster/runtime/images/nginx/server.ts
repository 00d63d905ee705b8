// The nginx program: a master process that binds and a server that answers, logs, and leaves when it is told to.
import type { HttpRequest, HttpResponse } from '../../../messages.ts';
import type { Connection, Program, Sys } from '../../process/program.ts';
import { accessLogDate, bodyBytes, complain, dateOf, httpDate, MI, print, respond, type Running, sleep } from '../serve.ts';
import { readConfiguration, type Server, serversIn } from './configuration.ts';

/** What differs between versions. */
export interface Version {
  /** `1.14.2` */
  readonly number: string;
  /** From 1.19 on the image says what it does at the start. */
  readonly logsNotices: boolean;
  readonly builtBy: string;
  /** The number of its first worker process, as its log says. */
  readonly worker: number;
}

const BIND_TRIES = 5;
/** nginx says that it waits for 500 ms; in the recordings of a real cluster all five tries are over within 0.3 s. */
const BIND_WAIT_MS = 40;
/** From the signal until the workers have gone. */
const QUIT_MS = 12;

/** nginx of a version. */
export function nginx(version: Version): Program {
  return function* run(sys) {
    const args = sys.argv.slice(1);
    if (args.includes('-v') || args.includes('-V')) {
      yield* complain(`nginx version: nginx/${version.number}\n`);
      return 0;
    }
    const asked = args[args.indexOf('-s') + 1];
    if (args.includes('-s')) return yield* tell(sys, asked ?? '');
    const configuration = readConfiguration(sys, '/etc/nginx/nginx.conf');
    if ('error' in configuration) {
      yield* emergency(sys, configuration.error);
      if (args.includes('-t')) yield* complain('nginx: configuration file /etc/nginx/nginx.conf test failed\n');
      return 1;
    }
    if (args.includes('-t')) {
      yield* complain(
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
      );
      return 0;
    }
    const servers = serversIn(configuration);
    const isForeground =
      /daemon\s+off/.test(args.join(' ')) || configuration.some(({ words }) => words[0] === 'daemon' && words[1] === 'off');
    const serve = master(version, servers);
    if (isForeground) return yield* serve(sys);
    // A daemon leaves the one who started it: as process 1 of a container it takes the container with it.
    sys.fork(serve);
    return 0;
  };
}

/** `nginx -s`: a signal to the process that the pid file names. */
function* tell(sys: Sys, what: string): Running<number> {
  const signal = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' }[what];
  if (signal === undefined) {
    yield* complain(`nginx: invalid option: "-s ${what}"\n`);
    return 1;
  }
  const pid = sys.files.read('/var/run/nginx.pid');
  if (!('text' in pid)) {
    const { year, month, day, time } = dateOf(sys);
    const text = 'open() "/var/run/nginx.pid" failed (2: No such file or directory)';
    yield* complain(`${year}/${month}/${day} ${time} [error] ${sys.pid}#${sys.pid}: ${text}\nnginx: [error] ${text}\n`);
    return 1;
  }
  sys.kill(Number(pid.text.trim()), signal);
  return 0;
}

/** Who writes a line, and when. */
type Writer = Pick<Sys, 'at' | 'epochMs' | 'pid'>;

const logLine = (sys: Writer, level: string, text: string): string => {
  const { year, month, day, time } = dateOf(sys);
  return `${year}/${month}/${day} ${time} [${level}] ${sys.pid}#${sys.pid}: ${text}\n`;
};

function* emergency(sys: Writer, text: string): Running<void> {
  yield* complain(`${logLine(sys, 'emerg', text)}nginx: [emerg] ${text}\n`);
}

function master(version: Version, servers: readonly Server[]): Program {
  return function* run(sys) {
    for (const signal of ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'WINCH']) sys.onSignal(signal, 'catch');
    sys.allocate(5 * MI);
    const ports = [...new Set(servers.flatMap((server) => server.ports))];
    if (!(yield* bind(sys, version, ports))) return 1;
    sys.files.write('/var/run/nginx.pid', `${sys.pid}\n`);
    if (version.logsNotices) yield* complain(startNotices(sys, version));
    return yield* serve(sys, version, servers, ports);
  };
}

/** Binds all ports, trying again for a while. Models ngx_open_listening_sockets; its clock stands still meanwhile, as the log shows. */
function* bind(sys: Sys, version: Version, ports: readonly number[]): Running<boolean> {
  const { epochMs, pid } = sys;
  const at = sys.at();
  const stopped: Writer = { pid, epochMs, at: () => at };
  for (let tried = 0; tried < BIND_TRIES; tried += 1) {
    const taken = ports.filter((port) => sys.listen(port).error !== undefined);
    if (taken.length === 0) return true;
    for (const port of ports) if (!taken.includes(port)) sys.unlisten(port);
    for (const port of taken) yield* emergency(stopped, `bind() to 0.0.0.0:${port} failed (98: Address already in use)`);
    if (version.logsNotices) yield* complain(logLine(stopped, 'notice', 'try again to bind() after 500ms'));
    yield* sleep(sys, BIND_WAIT_MS);
  }
  yield* emergency(stopped, 'still could not bind()');
  return false;
}

function startNotices(sys: Sys, version: Version): string {
  const notice = (text: string): string => logLine(sys, 'notice', text);
  return [
    notice('using the "epoll" event method'),
    notice(`nginx/${version.number}`),
    notice(`built by ${version.builtBy}`),
    notice('OS: Linux 6.8.0-90-generic'),
    notice('getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
    notice('start worker processes'),
    notice(`start worker process ${version.worker}`),
  ].join('');
}

function* serve(sys: Sys, version: Version, servers: readonly Server[], ports: readonly number[]): Running<number> {
  let requests = 0;
  const port = ports[0] ?? 80;
  // Every port has an acceptor of its own; this process waits for the first, and its workers for the others.
  for (const other of ports.slice(1)) {
    sys.unlisten(other);
    sys.fork(function* worker(inner) {
      inner.listen(other);
      return yield* acceptLoop(inner, other);
    });
  }
  return yield* acceptLoop(sys, port);

  function* acceptLoop(self: Sys, on: number): Running<number> {
    for (;;) {
      const { connection, signal } = yield { ask: 'accept', port: on };
      if (connection) {
        requests += 1;
        const server = servers.find((one) => one.ports.includes(on));
        if (server && connection.http) yield* answer(self, version, server, connection, connection.http, requests);
      }
      if (signal === 'TERM' || signal === 'INT' || signal === 'QUIT') {
        const why = signal === 'QUIT' ? 'gracefully shutting down' : 'exiting';
        const name = { TERM: 15, INT: 2, QUIT: 3 }[signal];
        if (version.logsNotices && self.pid === sys.pid)
          yield* complain(logLine(self, 'notice', `signal ${name} (SIG${signal}) received, ${signal === 'QUIT' ? 'shutting down' : why}`));
        yield* sleep(self, QUIT_MS);
        if (version.logsNotices && self.pid === sys.pid) yield* complain(logLine(self, 'notice', 'exit'));
        return 0;
      }
      if (signal === 'HUP' && version.logsNotices) yield* complain(logLine(self, 'notice', 'signal 1 (SIGHUP) received, reconfiguring'));
    }
  }
}

function* answer(sys: Sys, version: Version, server: Server, connection: Connection, request: HttpRequest, number: number): Running<void> {
  const found = find(sys, server, request);
  const response = 'status' in found ? found : errorPage(version, found.code, found.location);
  if ('code' in found && found.why !== undefined) {
    const line = logLine(
      sys,
      'error',
      `*${number} ${found.why}, client: ${connection.from}, server: ${server.name === '_' ? '_' : server.name}, request: "${request.method} ${request.path} HTTP/1.1", host: "${request.host}"`,
    );
    yield* complain(line.replace(/\d+#\d+/, `${version.worker}#${version.worker}`));
  }
  const agent = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '-';
  const body = request.method === 'HEAD' ? '' : response.body;
  yield* print(
    `${connection.from} - - [${accessLogDate(sys)}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${bodyBytes(body)} "-" "${agent}" "-"\n`,
  );
  connection.respond({
    status: response.status,
    body,
    headers: { Server: `nginx/${version.number}`, Date: httpDate(sys), ...response.headers, Connection: 'keep-alive' },
  });
}

interface Refused {
  readonly code: number;
  /** For the error log. */
  readonly why?: string;
  readonly location?: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
};

/** The file or text that a request leads to. Models ngx_http_static_module and ngx_http_index_module. */
function find(sys: Sys, server: Server, request: HttpRequest): HttpResponse | Refused {
  const path = request.path.replace(/[?#].*$/, '');
  const location = locationFor(server, path);
  const returns = location?.returns ?? server.returns;
  if (returns) return returned(returns);
  if (request.method !== 'GET' && request.method !== 'HEAD') return { code: 405 };
  const root = location?.root ?? server.root;
  const file = location?.alias === undefined ? `${root}${path}` : `${location.alias}${path.slice(location.path.length)}`;
  if (path.endsWith('/')) return indexOf(sys, file, location?.index ?? server.index);
  const stat = sys.files.stat(file);
  if ('error' in stat) return { code: stat.error === 'EACCES' ? 403 : 404, why: `open() "${file}" failed (${errnoText(stat.error)})` };
  if (stat.kind === 'directory') return { code: 301, location: `http://${request.host}${path}/` };
  return fileAt(sys, file);
}

const errnoText = (error: string): string =>
  ({ EACCES: '13: Permission denied', ENOTDIR: '20: Not a directory' })[error] ?? '2: No such file or directory';

function locationFor(server: Server, path: string) {
  const exact = server.locations.find((one) => one.isExact && one.path === path);
  if (exact) return exact;
  return server.locations.filter((one) => !one.isExact && path.startsWith(one.path)).sort((a, b) => b.path.length - a.path.length)[0];
}

function returned(words: readonly string[]): HttpResponse | Refused {
  const code = Number(words[0]);
  const text = words[1] ?? '';
  if (code >= 300 && code < 400) return { code, location: text };
  if (words.length > 1) return respond(code, text, { 'Content-Type': 'application/octet-stream' });
  return code < 300 ? respond(code, '') : { code };
}

function indexOf(sys: Sys, directory: string, names: readonly string[]): HttpResponse | Refused {
  for (const name of names) {
    const stat = sys.files.stat(`${directory}${name}`);
    if (!('error' in stat)) return fileAt(sys, `${directory}${name}`);
  }
  const stat = sys.files.stat(directory);
  if ('error' in stat) return { code: 404, why: `"${directory}${names[0] ?? ''}" is not found (2: No such file or directory)` };
  return { code: 403, why: `directory index of "${directory}" is forbidden` };
}

function fileAt(sys: Sys, file: string): HttpResponse | Refused {
  const read = sys.files.read(file);
  if (!('text' in read)) return { code: read.error === 'EACCES' ? 403 : 404, why: `open() "${file}" failed (${errnoText(read.error)})` };
  const type = CONTENT_TYPES[/\.(\w+)$/.exec(file)?.[1] ?? ''] ?? 'application/octet-stream';
  return respond(200, read.text, { 'Content-Type': type, 'Accept-Ranges': 'bytes' });
}

const REASONS: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

function errorPage(version: Version, code: number, location: string | undefined): HttpResponse {
  const title = `${code} ${REASONS[code] ?? 'Error'}`;
  const body = version.logsNotices ? '<body>' : '<body bgcolor="white">';
  const text = `<html>\r\n<head><title>${title}</title></head>\r\n${body}\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version.number}</center>\r\n</body>\r\n</html>\r\n`;
  return respond(code, text, { 'Content-Type': 'text/html', ...(location !== undefined && { Location: location }) });
}
