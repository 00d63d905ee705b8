// docker on one's own laptop: the client's texts, and containers that share nothing unless they are told to.
import { expect, test } from 'vitest';
import type { DockerRow } from '../../../cluster/docker/row.ts';
import type { Notes } from '../../../cluster/notes.ts';
import { createTrace } from '../../../engine/trace.ts';
import { openScenario } from '../../open.ts';
import { readRecipe } from '../../recipe.ts';
import { readFlags } from './flags.ts';
import { humanDuration, humanSize } from './texts.ts';

type Typed = readonly [at: number, line: string, terminal?: string];

/** What lines came to, in a world where they are typed at these instants. */
function world(inputs: readonly Typed[], untilMs: number) {
  const read = readRecipe({
    podscope: 1,
    inputs: inputs.map(([at, run, terminal = 'docker']) => ({ at: `${at}ms`, run, ...(terminal !== '' && { terminal }) })),
  });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(untilMs);
  const trace = createTrace();
  trace.append(run.take());
  const ended = trace.notesNamed('command-ended').map(({ data }) => data as Notes['command-ended']);
  const rows = (): readonly DockerRow[] => trace.rowsUnder('/docker/containers/', trace.lastStep).map(([, value]) => value as DockerRow);
  return { trace, rows, said: (line: string) => ended.find((each) => each.line === line) };
}

const NGINX = 'docker run -d --name nginx nginx';
const UBUNTU = 'docker run -d --name ubuntu alicek106/rr-test:curl tail -f /dev/null';
const TWO: readonly Typed[] = [
  [0, NGINX],
  [6000, UBUNTU],
];

test('a missing image is pulled, and the id is printed', () => {
  const { said, rows } = world(TWO, 12_000);
  const { stdout = '', stderr = '', exit } = said(NGINX) ?? {};
  expect(stdout).toMatch(/^[0-9a-f]{64}\n$/);
  expect(stderr).toMatch(
    /^Unable to find image 'nginx:latest' locally\nlatest: Pulling from library\/nginx\n([0-9a-f]{12}: Pull complete\n)+Digest: sha256:[0-9a-f]{64}\nStatus: Downloaded newer image for nginx:latest\n$/,
  );
  expect(exit).toBe(0);
  const [first, second] = rows();
  expect(first).toMatchObject({ name: 'nginx', ip: '172.17.0.2', hostname: stdout.slice(0, 12), state: 'running', ports: [80] });
  expect(second).toMatchObject({ name: 'ubuntu', ip: '172.17.0.3', ports: [] });
  const spaces = ({ namespaces }: DockerRow): readonly string[] => Object.values(namespaces);
  expect(first && second && spaces(first).some((space) => spaces(second).includes(space))).toBe(false);
});

test('nobody listens in another network namespace; over the bridge somebody does', () => {
  const alone = 'docker exec ubuntu curl -sS localhost';
  const over = 'docker exec ubuntu curl -s 172.17.0.2';
  const { said, trace, rows } = world([...TWO, [12_000, alone], [13_000, over], [14_000, 'docker exec ubuntu hostname']], 20_000);
  expect(said(alone)).toMatchObject({ stdout: '', exit: 7 });
  expect(said(alone)?.stderr).toMatch(/^curl: \(7\) Failed to connect to localhost port 80 after \d+ ms: Couldn't connect to server\n$/);
  expect(said(over)?.stdout).toContain('<h1>Welcome to nginx!</h1>');
  expect(said('docker exec ubuntu hostname')?.stdout).toBe(`${rows()[1]?.hostname}\n`);
  const connections = trace.notesNamed('connection').map(({ data }) => data as Notes['connection']);
  expect(connections.map(({ to, outcome }) => `${to} ${outcome}`)).toEqual(['127.0.0.1:80 refused', '172.17.0.2:80 connected']);
  expect(connections[1]?.server).toBe(`/docker/containers/${rows()[0]?.id}`);
});

test('--network container: joins namespaces, as pause has them joined in a Pod', () => {
  const join = 'docker run -d --name join --network container:nginx alicek106/rr-test:curl tail -f /dev/null';
  const { said, rows } = world([TWO[0] ?? [0, ''], [6000, join], [12_000, 'docker exec join curl -s localhost']], 20_000);
  expect(said('docker exec join curl -s localhost')?.stdout).toContain('Welcome to nginx!');
  const [nginx, joined] = rows();
  expect(joined?.namespaces).toMatchObject({ net: nginx?.id, uts: nginx?.id, pid: joined?.id, mnt: joined?.id });
});

test('docker ps is a table', () => {
  const { said } = world([...TWO, [25_000, 'docker ps']], 30_000);
  const [head, ...lines] = said('docker ps')?.stdout.split('\n') ?? [];
  expect(head).toBe('CONTAINER ID   IMAGE                    COMMAND                  CREATED          STATUS          PORTS     NAMES');
  expect(lines[0]).toMatch(/^[0-9a-f]{12} {3}alicek106\/rr-test:curl {3}"tail -f \/dev\/null" {6}\d+ seconds ago .+ {3}ubuntu$/);
  expect(lines[1]).toMatch(/"\/docker-entrypoint\.…" {3}\d+ seconds ago {3,}Up \d+ seconds {3}80\/tcp {4}nginx$/);
});

test.each<readonly [string, number, RegExp]>([
  ['docker exec nope ls', 1, /^Error response from daemon: No such container: nope\n$/],
  ['docker run -d --name nginx nginx:1.14', 125, /is already in use by container "[0-9a-f]{64}"\. You have to remove/],
  [
    'docker run Nginx',
    125,
    /^docker: invalid reference format: repository name \(library\/Nginx\) must be lowercase\n\nRun 'docker run --help'/,
  ],
  ['docker run nginx:9.99', 125, /Error response from daemon: manifest for nginx:9\.99 not found: manifest unknown: manifest unknown\n/],
  ['docker rm nginx', 1, /^Error response from daemon: cannot remove container "nginx": container is running: stop the container/],
  ['docker frob', 1, /^docker: unknown command: docker frob\n/],
  ['docker run', 1, /^docker: 'docker run' requires at least 1 argument\n\nUsage: {2}docker run \[OPTIONS\] IMAGE/],
  ['docker run --frob nginx', 125, /^unknown flag: --frob\n/],
  ['docker build .', 1, /Podscope does not simulate docker build/],
  [
    'docker run -d -p 80:80 --name web nginx && docker run -d -p 80:80 nginx',
    125,
    /Bind for 0\.0\.0\.0:80 failed: port is already allocated/,
  ],
])('%s says why not', (line, exit, text) => {
  const { said } = world(
    [
      [0, 'docker pull -q nginx:1.14; docker run -d --name nginx nginx'],
      [9000, line],
    ],
    25_000,
  );
  expect(said(line)?.exit).toBe(exit);
  expect(said(line)?.stderr).toMatch(text);
});

test('logs, inspect, a published port, stop and rm', () => {
  const lines: readonly Typed[] = [
    [0, 'docker run -d --name web -p 8080:80 nginx'],
    [7000, 'curl -s localhost:8080 | grep h1'],
    [8000, 'docker logs web | tail -1'],
    [9000, `docker inspect -f '{{.State.Status}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web`],
    [10_000, 'docker stop web; docker ps -aq --no-trunc; docker rm web; docker ps -aq'],
  ];
  const { said, rows } = world(lines, 30_000);
  const answer = (i: number): string | undefined => said(lines[i]?.[1] ?? '')?.stdout;
  expect(answer(1)).toBe('<h1>Welcome to nginx!</h1>\n');
  expect(answer(2)).toMatch(/^172\.17\.0\.1 - - \[.+\] "GET \/ HTTP\/1\.1" 200 615/);
  expect(answer(3)).toBe('running 172.17.0.2\n');
  expect(answer(4)).toMatch(/^web\n[0-9a-f]{64}\nweb\n$/);
  expect(rows()).toEqual([]);
});

test('a command that runs in the foreground ends with its exit code; -it is a shell', () => {
  const foreground = `docker run --rm alicek106/rr-test:curl bash -c 'echo out; exit 4'`;
  const { said, rows } = world(
    [
      [0, foreground],
      [5000, UBUNTU],
      [9000, 'docker exec -it ubuntu bash'],
      [10_000, 'exit 3'],
    ],
    20_000,
  );
  expect(said(foreground)).toMatchObject({ stdout: 'out\n', exit: 4 });
  expect(said('docker exec -it ubuntu bash')?.exit).toBe(3);
  expect(said('docker exec -it ubuntu bash')?.stdout).toMatch(/^root@[0-9a-f]{12}:\/#/);
  expect(rows().map(({ name }) => name)).toEqual(['ubuntu']);
});

test('elsewhere there is no docker, and a world without it has nothing of it', () => {
  const { said, trace } = world([[0, 'docker ps', '']], 5000);
  expect(said('docker ps')).toMatchObject({ stderr: 'bash: docker: command not found\n', exit: 127 });
  expect(trace.keysUnder('/docker/')).toEqual([]);
});

test.each([
  [400, 'Less than a second'],
  [1000, '1 second'],
  [59_999, '59 seconds'],
  [60_000, 'About a minute'],
  [180_000, '3 minutes'],
  [3_600_000, 'About an hour'],
  [7_200_000, '2 hours'],
  [86_400_000 * 3, '3 days'],
])('%i ms is %s', (ms, text) => expect(humanDuration(ms)).toBe(text));

test.each([
  [59_795_293, '59.8MB'],
  [2400, '2.4kB'],
])('%i bytes are %s', (bytes, text) => expect(humanSize(bytes)).toBe(text));

test('flags stop where the container’s own words begin', () => {
  const flags = [
    { name: 'interactive', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'name', type: 'text' },
  ] as const;
  const line = readFlags(flags, ['-it', '--name=a', 'nginx', 'ls', '-l'], true);
  if ('mistake' in line) throw new Error(line.mistake);
  expect([line.isOn('interactive'), line.isOn('tty'), line.text('name'), line.args]).toEqual([true, true, 'a', ['nginx', 'ls', '-l']]);
  expect(readFlags(flags, ['-x'], true)).toEqual({ mistake: "unknown shorthand flag: 'x' in -x" });
  expect(readFlags(flags, ['--name'], true)).toEqual({ mistake: 'flag needs an argument: --name' });
});

test('whatever happens on the laptop goes back to a line that somebody typed', () => {
  const { trace } = world([...TWO, [12_000, 'docker exec ubuntu curl -s localhost; docker stop nginx']], 25_000);
  const told = ['docker-image-pulled', 'docker-container-started', 'docker-container-exited', 'connection'].flatMap((name) =>
    trace.notesNamed(name),
  );
  expect(told.length).toBe(6);
  for (const note of told) {
    let first = trace.record(note.id);
    while (first && first.cause !== 0) first = trace.record(first.cause);
    expect(first).toMatchObject({ type: 'note', name: 'input' });
  }
});
