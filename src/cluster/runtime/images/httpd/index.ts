// httpd: the Apache web server.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { accessLogDate, bodyBytes, complain, dateOf, MI, print, respond, serveUntilSignal } from '../serve.ts';

const ROOT = '/usr/local/apache2/htdocs';
const NO_NAME = "Could not reliably determine the server's fully qualified domain name, using";

const httpd: Program = function* httpdForeground(sys) {
  for (const signal of ['TERM', 'WINCH', 'HUP']) sys.onSignal(signal, 'catch');
  sys.allocate(9 * MI);
  yield* complain(
    `AH00558: httpd: ${NO_NAME} ${sys.addresses[0] ?? '127.0.0.1'}. Set the 'ServerName' directive globally to suppress this message\n`,
  );
  if (sys.listen(80).error !== undefined) {
    yield* complain(
      '(98)Address already in use: AH00072: make_sock: could not bind to address [::]:80\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n',
    );
    return 1;
  }
  const notice = (text: string): string => {
    const { day, monthName, year, time, millis } = dateOf(sys);
    return `[${monthName} ${day} ${time}.${millis}000 ${year}] [${text}\n`;
  };
  yield* complain(
    notice(`mpm_event:notice] [pid ${sys.pid}:tid ${sys.pid}] AH00489: Apache/2.4.66 (Unix) configured -- resuming normal operations`),
  );
  yield* complain(notice(`core:notice] [pid ${sys.pid}:tid ${sys.pid}] AH00094: Command line: 'httpd -D FOREGROUND'`));
  const signal = yield* serveUntilSignal(80, function* answer(connection) {
    const { http } = connection;
    if (!http) return;
    const path = http.path.replace(/\?.*$/, '');
    const read = sys.files.read(`${ROOT}${path.endsWith('/') ? `${path}index.html` : path}`);
    const missing =
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n';
    const response =
      'text' in read
        ? respond(200, read.text, { 'Content-Type': 'text/html' })
        : respond(404, missing, { 'Content-Type': 'text/html; charset=iso-8859-1' });
    yield* print(
      `${connection.from} - - [${accessLogDate(sys)}] "${http.method} ${http.path} HTTP/1.1" ${response.status} ${bodyBytes(response.body)}\n`,
    );
    connection.respond({ ...response, headers: { Server: 'Apache/2.4.66 (Unix)', ...response.headers } });
  });
  const how = signal === 'TERM' ? 'AH00491: caught SIGTERM, shutting down' : 'AH00492: caught SIGWINCH, shutting down gracefully';
  yield* complain(notice(`mpm_event:notice] [pid ${sys.pid}:tid ${sys.pid}] ${how}`));
  return 0;
};

const image: ImageBehaviour = {
  repositories: ['httpd'],
  hasTag: (tag) => /^(?:latest|alpine|2(?:\.4(?:\.\d+)?)?)(?:-(?:alpine|bookworm|trixie))?$/.test(tag),
  sizeBytes: 58_000_000,
  pullMs: 2500,
  cmd: ['httpd-foreground'],
  workingDir: '/usr/local/apache2',
  stopSignal: 'WINCH',
  base: 'debian',
  programs: { '/usr/local/bin/httpd-foreground': httpd },
  files: { [`${ROOT}/index.html`]: '<html><body><h1>It works!</h1></body></html>\n' },
};

export default image;
