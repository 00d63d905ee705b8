// Docker and Pod side by side, read from worlds that were really run.
import { expect, test } from 'vitest';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import type { Pod } from '../../cluster/api/types.ts';
import type { DockerRow } from '../../cluster/docker/row.ts';
import { podLike, runsLike } from './likeness.ts';
import { drawingOf, headOf, pathOf } from './layout.ts';
import { isBusy, lastAsked } from './questions.ts';
import { KINDS, type Side } from './rooms.ts';
import { createSceneReader, type Scene, sceneAt } from './scene.ts';
import type { PodSide } from './sides.ts';

const podOf = (spec = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  ${spec}
  containers:
  - {name: web, image: nginx:latest}
  - {name: box, image: "alicek106/rr-test:curl", command: [tail], args: ["-f", /dev/null]}
`;
const DOCKER = [
  { at: '0s', run: 'docker run -d --name nginx nginx:latest', terminal: 'docker' },
  { at: '6s', run: 'docker run -d --name ubuntu alicek106/rr-test:curl tail -f /dev/null', terminal: 'docker' },
];
const IN_DOCKER = (program: string, at = '14s') => ({ at, run: `docker exec ubuntu ${program}`, terminal: 'docker' });
const IN_POD = (program: string, at = '14s') => ({ at, run: `kubectl exec two -c box -- ${program}` });

function run(inputs: readonly object[], untilMs = 20_000): Trace {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const opened = openScenario(read.recipe);
  opened.advance(untilMs);
  const trace = createTrace();
  trace.append(opened.take());
  return trace;
}

/** Both sides at the end of a world. */
function both(trace: Trace, wanted?: 'curl' | 'hostname' | 'ps'): Scene & { readonly docker: Side; readonly pod: PodSide } {
  const { docker, pod, ...rest } = sceneAt(trace, trace.lastStep, undefined, wanted);
  if (!docker || !pod) throw new Error('both sides are there');
  return { ...rest, docker, pod };
}

/** For each kind, how many columns each cell takes. */
const spans = ({ cells }: Side): string => KINDS.map((kind) => `${kind} ${cells[kind].map(({ count }) => count).join('+')}`).join(', ');

const asked = run([
  { at: '0s', apply: podOf() },
  ...DOCKER,
  IN_DOCKER('curl -sS localhost'),
  IN_POD('curl -sS localhost'),
  IN_DOCKER('hostname', '16s'),
  IN_POD('hostname', '16s'),
]);

test('Docker shares nothing; pause has a Pod share network, host name and IPC', () => {
  const { docker, pod } = both(asked);
  expect(spans(docker)).toBe('net 1+1, uts 1+1, ipc 1+1, pid 1+1, mnt 1+1');
  expect(spans(pod)).toBe('net 2, uts 2, ipc 2, pid 1+1, mnt 1+1');
  expect(docker.rooms.map(({ ip, heldBy }) => `${ip} ${heldBy}`)).toEqual(['172.17.0.2 container', '172.17.0.3 container']);
  expect(pod.rooms).toMatchObject([{ first: 0, count: 2, hostname: 'two', heldBy: 'pause', isUp: true }]);
  expect(pod.rooms[0]?.ip).toMatch(/^10\.244\./);
  expect(pod.bridge.address).toMatch(/^10\.244\.\d+\.1\/24$/);
});

test('the way of curl is what the network noted', () => {
  const { docker, pod, question } = both(asked, 'curl');
  expect(question).toBe('curl');
  expect(docker.wire).toEqual({ from: 1, to: undefined, port: 80, via: 'lo' });
  expect(pod.wire).toEqual({ from: 1, to: 0, port: 80, via: 'lo' });
  expect(docker.asked?.answer?.stderr).toContain("Couldn't connect to server");
  expect(pod.asked?.answer?.stdout).toContain('<h1>Welcome to nginx!</h1>');
});

test('the last question is the one that is shown, and as of a step nothing later', () => {
  const { question, docker, pod } = both(asked);
  expect(question).toBe('hostname');
  expect([docker.wire, pod.wire]).toEqual([undefined, undefined]);
  expect(pod.asked?.answer?.stdout).toBe('two\n');
  expect(docker.asked?.answer?.stdout.trim()).toBe(docker.rooms[1]?.hostname);
  const early = sceneAt(asked, asked.stepAt(13_000), undefined, undefined);
  expect([early.question, early.docker?.asked]).toEqual([undefined, undefined]);
  expect(sceneAt(asked, 0, undefined, undefined)).toMatchObject({ docker: undefined, pod: undefined });
  expect(sceneAt(asked, asked.stepAt(300), undefined, undefined).pod?.boxes.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
});

test.each([
  ['shareProcessNamespace: true', 'net 2, uts 2, ipc 2, pid 2, mnt 1+1'],
  ['hostNetwork: true', 'net 2, uts 2, ipc 2, pid 1+1, mnt 1+1'],
])('a Pod that says %s', (spec, expected) => {
  const trace = run([{ at: '0s', apply: podOf(spec) }, ...DOCKER, IN_POD('ps aux')]);
  const { pod } = both(trace);
  expect(spans(pod)).toBe(expected);
  expect(pod.rooms[0]?.heldBy).toBe(spec.startsWith('host') ? 'host' : 'pause');
  const sees = pod.asked?.answer?.stdout ?? '';
  expect(sees.includes('/pause')).toBe(pod.sharesProcesses);
  expect(sees.includes('nginx')).toBe(pod.sharesProcesses);
});

test('--network container: makes one room of two, and curl finds its way', () => {
  const join = 'docker run -d --name ubuntu --network container:nginx alicek106/rr-test:curl tail -f /dev/null';
  const trace = run([...DOCKER.slice(0, 1), { at: '6s', run: join, terminal: 'docker' }, IN_DOCKER('curl -sS localhost')]);
  const { docker } = sceneAt(trace, trace.lastStep, undefined, undefined);
  expect(docker && spans(docker)).toBe('net 2, uts 2, ipc 1+1, pid 1+1, mnt 1+1');
  expect(docker?.wire).toEqual({ from: 1, to: 0, port: 80, via: 'lo' });
});

test('over the bridge the way leads through both plugs', () => {
  const trace = run([...DOCKER, IN_DOCKER('curl -s 172.17.0.2')]);
  const { docker } = sceneAt(trace, trace.lastStep, undefined, undefined);
  expect(docker?.wire).toEqual({ from: 1, to: 0, port: 80, via: 'bridge' });
  const drawing = docker && drawingOf(docker, 400);
  expect(drawing?.plugs).toHaveLength(2);
  expect(Math.min(...(drawing?.way ?? []).map(([, y]) => y))).toBeLessThan(40);
});

test('a figure in which nothing changes is the same object', () => {
  const read = createSceneReader();
  const at = (t: number) => read({ trace: asked, version: asked.size, step: asked.stepAt(t), selection: undefined }, undefined);
  expect(at(19_000)).toBe(at(18_000));
  expect(at(13_000)).not.toBe(at(19_000));
  const choice = { question: 'curl', after: at(19_000).askedStep } as const;
  expect(read({ trace: asked, version: asked.size, step: asked.lastStep, selection: undefined }, choice).question).toBe('curl');
});

test('a command that runs has no answer yet, and its terminal is busy', () => {
  const trace = run([...DOCKER, IN_DOCKER('curl -s 172.17.0.9')], 15_000);
  expect(lastAsked(trace, trace.lastStep, 'curl', 'docker')).toMatchObject({ container: 'ubuntu', answer: undefined });
  expect([isBusy(trace, trace.lastStep, 'docker'), isBusy(trace, trace.lastStep, 'docker-2')]).toEqual([true, false]);
});

test('boxes stand in their columns, and ways end where they lead', () => {
  const { docker, pod } = both(asked, 'curl');
  const apart = drawingOf(docker, 400);
  const together = drawingOf(pod, 400);
  expect(apart.places).toHaveLength(2);
  expect(apart.plugs).toHaveLength(2);
  expect(together.plugs).toHaveLength(1);
  // Refused: it ends above its own box. Connected: at the edge of the plate, from the right.
  expect(apart.way?.at(-1)?.[0]).toBe(apart.places[1]?.shaft);
  expect(together.way?.at(-1)?.[0]).toBeGreaterThan(together.plates[0]?.x ?? 0);
  expect(pathOf(together.way ?? [])).toMatch(/^M[\d.]+ [\d.]+L/);
  expect(headOf(together.way ?? [])).toMatch(/^M/);
});

test('a Pod’s containers as docker run, and back', () => {
  const spec = {
    containers: [
      { name: 'a', image: 'nginx:latest', env: [{ name: 'WHO', value: 'a b' }] },
      { name: 'b', image: 'busybox', command: ['sh', '-c'], args: ["echo 'hi'; sleep 9"] },
    ],
  };
  const lines = runsLike({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec, status: {} } as unknown as Pod);
  expect(lines).toEqual([
    "docker run -d --name p-a -e 'WHO=a b' nginx:latest",
    `docker run -d --name p-b --entrypoint sh busybox -c 'echo '\\''hi'\\''; sleep 9'`,
  ]);
  const trace = run([{ at: '0s', run: lines.join('; '), terminal: 'docker' }], 30_000);
  const rows = trace.rowsUnder('/docker/containers/', trace.stepAt(9000)).map(([, value]) => value as DockerRow);
  expect(rows.map(({ command }) => command.at(-1))).toEqual(['daemon off;', "echo 'hi'; sleep 9"]);
  const again = run([{ at: '0s', apply: podLike(rows).text }], 30_000);
  const { pod } = sceneAt(again, again.stepAt(9000), undefined, undefined);
  expect(pod?.boxes.map(({ name, state }) => `${name} ${state}`)).toEqual(['p-a running', 'p-b running']);
});
