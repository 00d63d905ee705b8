import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { createPodMarker, type PodMark } from '../../session/pod-marks.ts';
import type { Box } from './layout.ts';
import { layOut } from './layout.ts';
import { placePods } from './place-pods.ts';
import { type Scene, type SceneOptions, sceneAt } from './scene.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
  - {name: fetch-page, image: "busybox:1.28", command: [sh, -c, "echo hello"]}
  containers:
  - {name: nginx, image: "nginx:1.14"}
`;

function traceOf(untilMs: number, ...inputs: readonly object[]): Trace {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(untilMs);
  const trace = createTrace();
  trace.append(run.take());
  return trace;
}

const OPTIONS: SceneOptions = { width: 1040, height: 560, level: 'story', selected: undefined, showsSystem: false, shortestMs: 0 };
const WEB = traceOf(30_000, { at: '0s', apply: POD });
const at = (trace: Trace, t: number, options: Partial<SceneOptions> = {}): Scene =>
  sceneAt(trace, { t, step: trace.stepAt(Math.floor(t)) }, { ...OPTIONS, ...options });
/** The map while a message is half-way. */
const during = (trace: Trace, label: string, options: Partial<SceneOptions> = {}): Scene => {
  const message = trace.messages.find((each) => each.label === label && each.arrivesAt > each.at);
  if (!message) throw new Error(`no message ${label}`);
  return sceneAt(trace, { t: (message.at + message.arrivesAt) / 2, step: message.step }, { ...OPTIONS, ...options });
};
const labels = ({ capsules }: Scene): readonly string[] => capsules.map(({ label }) => label);

test.each(['POST pods', 'ADDED web', 'bind node1', 'RunPodSandbox', 'PullImage', 'StartContainer fetch-page', 'StartContainer nginx'])(
  'story shows %s on its way',
  (label) => {
    expect(labels(during(WEB, label))).toContain(label);
  },
);

test('every capsule is a message of the trace that is under way, and travels between boxes of the map', () => {
  for (const message of WEB.messages) {
    const t = (message.at + message.arrivesAt) / 2;
    const scene = sceneAt(WEB, { t, step: message.step }, { ...OPTIONS, level: 'all' });
    const flying = new Set(WEB.inFlight(t, message.step).map(({ id }) => id));
    for (const capsule of scene.capsules) {
      expect(flying.has(capsule.id)).toBe(true);
      expect(capsule.way.flat().every(Number.isFinite)).toBe(true);
      expect([...scene.lanes.map(({ id }) => id), `${capsule.from}~network`, `${capsule.to}~network`]).toContain(capsule.lane);
    }
    expect(scene.capsules.length + scene.merged).toBe(flying.size);
  }
});

test('with the scheduler down nothing is bound, and its box says so', () => {
  const down = traceOf(30_000, { at: '0s', fault: { kind: 'scheduler-down' } }, { at: '0s', apply: POD });
  expect(down.messages.filter(({ label }) => label.startsWith('bind'))).toEqual([]);
  expect(at(down, 20_000).parts.find(({ id }) => id === 'scheduler')?.isDown).toBe(true);
  expect(at(WEB, 20_000).parts.find(({ id }) => id === 'scheduler')?.isDown).toBe(false);
});

test('a call within a node stands on two lines where one would cover its Pods', () => {
  const [wide] = during(WEB, 'StartContainer fetch-page', { width: 2000 }).capsules;
  const [narrow] = during(WEB, 'StartContainer fetch-page', { width: 720 }).capsules;
  expect([wide?.lines.length, narrow?.lines.length]).toEqual([2, 2]);
  expect(narrow?.lines[0]).toMatch(/^StartContai/);
  for (const { lines } of [wide, narrow].flatMap((each) => each ?? []))
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(24);
});

test('footprints are numbered in the order in which their messages arrived, counted from what the person last did', () => {
  const orders = at(WEB, 20_000).footprints.map(({ order, id }) => ({ order, id }));
  expect(orders.length).toBeGreaterThan(5);
  for (const one of orders) for (const other of orders) expect(one.order < other.order).toBe(one.id < other.id);
});

test('a picture is of its moment, whichever way one came there', () => {
  const moments = [0, 12, 500, 1200, 5000, 20_000].map((t) => ({ t, step: WEB.stepAt(t) }));
  const marker = createPodMarker();
  const forwards = moments.map((moment) => sceneAt(WEB, moment, OPTIONS, marker));
  const backwards = [...moments].reverse().map((moment) => sceneAt(WEB, moment, OPTIONS, marker));
  expect(backwards.reverse()).toEqual(forwards);
});

const markOf = (i: number, node: string | undefined): PodMark => ({
  key: `/registry/pods/default/pod-${i}`,
  uid: `uid-${i}`,
  name: `pod-${i}`,
  namespace: 'default',
  node,
  phase: 'Running',
  status: 'Running',
  meaning: 'ready',
  ready: '1/1',
  restarts: 0,
  ip: '',
  sandbox: 'ready',
  cells: [],
  requests: { cpuMilli: 0, memoryBytes: 0 },
});

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;
const overlap = (a: Box, b: Box): boolean =>
  a.x + a.width > b.x + 0.01 && b.x + b.width > a.x + 0.01 && a.y + a.height > b.y + 0.01 && b.y + b.height > a.y + 0.01;

test('whatever the stage and the cluster: boxes keep apart, and a Pod stands in its node', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 320, max: 2600 }),
    height: fc.integer({ min: 260, max: 1600 }),
    nodes: fc.integer({ min: 1, max: 12 }),
    pods: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(sizes, ({ width, height, nodes, pods }) => {
      const names = Array.from({ length: nodes }, (_, i) => `node${i + 1}`);
      const layout = layOut(width, height, names, undefined);
      const { kubectl, etcd, scheduler, controllers, apiserver } = layout;
      const boxes = [kubectl, etcd, scheduler, apiserver, ...(controllers ? [controllers] : []), ...layout.nodes.map(({ frame }) => frame)];
      for (const [i, box] of boxes.entries()) {
        expect(box.width > 0 && box.height > 0 && box.x >= 0 && box.x + box.width <= width + 0.01).toBe(true);
        for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
      }
      const placed = placePods(
        layout,
        Array.from({ length: pods }, (_, i) => markOf(i, names[i % nodes])),
      );
      expect(placed).toHaveLength(pods);
      for (const { pod, box } of placed) {
        const place = layout.nodes.find(({ name }) => name === pod.node);
        if (place && !place.isFolded) expect(isWithin(box, place.frame)).toBe(true);
      }
    }),
  );
});
