// `npm run bench`: what the project promises about speed, each figure the median of five after a warm-up, beside its bar and the peer's.
// The peer is webernetes (the closest browser cluster), measured on a machine like the one these bars were set on.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, withServedPage } from './served.mjs';

const PORT = 4181;
const ROUNDS = 6;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

function line(what, value, unit, bar, peer) {
  console.log(
    `${what.padEnd(62)} ${value.toFixed(1).padStart(8)} ${unit}   bar ${bar} ${unit}${peer ? `, peer ${peer}` : ''}   ${value <= bar ? 'ok' : 'OVER'}`,
  );
  if (value > bar) process.exitCode = 1;
}

const pod = (name, spec) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec });
const SCENARIOS = {
  crashing: {
    podscope: 1,
    cluster: { preset: 'none', nodes: [{ name: 'node1', cpu: '4', memory: '8Gi' }] },
    inputs: [
      {
        create: JSON.stringify(
          pod('crash', { containers: [{ name: 'c', image: 'busybox:1.28', command: ['sh', '-c', 'sleep 2; exit 1'] }] }),
        ),
      },
    ],
    until: '1h',
  },
  hundred: {
    podscope: 1,
    cluster: { preset: 'none', nodes: ['node1', 'node2', 'node3'].map((name) => ({ name, cpu: '8', memory: '16Gi' })) },
    files: {
      'pods.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: Array.from({ length: 100 }, (_, i) => pod(`web-${i}`, { containers: [{ name: 'nginx', image: 'nginx:1.14' }] })),
      }),
    },
    inputs: [{ run: 'kubectl create -f pods.json' }],
    // The last is Ready after some 14 s.
    until: '20s',
  },
};

/** CPU of a scenario in the headless runner, hash included, in milliseconds; and what the last run's Pods had come to. */
function simulate(name) {
  const folder = mkdtempSync(join(tmpdir(), 'podscope-bench-'));
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(SCENARIOS[name]));
  const { stdout, stderr, status } = spawnSync(
    'npm',
    ['run', '-s', 'sim', '--', ...Array(ROUNDS).fill(file), '--format', 'json', '--watch', 'pods'],
    { cwd: root, maxBuffer: 2 ** 30 },
  );
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(`the runner ended with ${status}: ${stderr}`);
  const records = stdout
    .toString()
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  const ends = records.filter((record) => record.type === 'end');
  const pods = new Map(records.filter((record) => record.type === 'object').map(({ object }) => [object.metadata.name, object]));
  return { cpuMs: median(ends.slice(1).map((end) => end.cpuMs)), pods: [...pods.values()], steps: ends[0].steps };
}

const isReady = (object) => object.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');

const crashing = simulate('crashing');
line(
  `one hour of one crash-looping Pod (${crashing.steps} steps, ${crashing.pods[0].status.containerStatuses[0].restartCount} restarts), CPU`,
  crashing.cpuMs,
  'ms',
  100,
  '3,200 to 4,200 ms',
);
const hundred = simulate('hundred');
line(
  `100 Pods on 3 nodes to Ready (${hundred.pods.filter(isReady).length} ready, ${hundred.steps} steps), CPU`,
  hundred.cpuMs,
  'ms',
  500,
  '2,700 ms',
);

/** A recipe with so many nginx Pods, applied at once. */
const crowd = (count, until) => ({
  podscope: 1,
  seed: 1,
  cluster: {
    preset: 'none',
    startAt: '2026-01-01T00:00:00Z',
    nodes: ['node1', 'node2', 'node3'].map((name) => ({ name, cpu: '8', memory: '16Gi', pods: 110, labels: {}, taints: [], images: [] })),
    images: [],
  },
  files: {
    'pods.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: Array.from({ length: count }, (_, i) =>
        pod(`web-${i}`, {
          containers: [{ name: 'nginx', image: 'nginx:1.14', livenessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 10 } }],
        }),
      ),
    }),
  },
  inputs: [{ at: 0, run: 'kubectl create -f pods.json' }],
  until,
});

async function open({ browser, address }, recipe, at) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(address);
  await page.waitForFunction(() => window.podscope !== undefined);
  await page.evaluate(({ given, until }) => window.podscope.session.open(given, { at: until }), { given: recipe, until: at });
  await page.waitForFunction(() => window.podscope.session.store.getState().phase === 'ready', undefined, { timeout: 120_000 });
  return page;
}

/** What the browser's own trace calls script. */
const SCRIPT = ['FireAnimationFrame', 'FunctionCall', 'RunMicrotasks', 'v8.callFunction', 'HandlePostMessage'];
/** What takes in what the worker has sent: neither scene nor drawing. */
const MESSAGE = 'HandlePostMessage';

/** Script time of each frame while a page plays, from the browser's own trace, in milliseconds: drawing alone, and all of it. */
async function playingFrames(served) {
  const { browser } = served;
  const page = await open(served, crowd(60, 120_000), 0);
  // The editor comes once, in its own time: neither scene nor drawing.
  await page.waitForSelector('.monaco-editor .view-line');
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await page.evaluate(() => {
    window.podscope.session.setPace(10);
    window.podscope.session.play();
  });
  await page.waitForFunction(() => window.podscope.session.store.getState().t >= 40_000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  await page.context().close();
  return { drawing: scriptOfFrames(traceEvents, false), all: scriptOfFrames(traceEvents, true) };
}

/** Sums script, counted once where one event holds another, from each animation frame to the next; messages only `withMessages`. */
function scriptOfFrames(events, withMessages) {
  const frames = events.filter(({ name, dur }) => name === 'FireAnimationFrame' && dur !== undefined);
  const { pid, tid } = frames[0];
  const scripts = events
    .filter((event) => event.pid === pid && event.tid === tid && event.dur !== undefined && SCRIPT.includes(event.name))
    .sort((a, b) => a.ts - b.ts);
  const messages = scripts.filter(({ name }) => name === MESSAGE);
  const isMessage = ({ ts }) => messages.some((message) => message.ts <= ts && ts < message.ts + message.dur);
  const starts = frames.map(({ ts }) => ts).sort((a, b) => a - b);
  const sums = starts.map(() => 0);
  let end = 0;
  let frame = 0;
  for (const { ts, dur } of withMessages ? scripts : scripts.filter((script) => !isMessage(script))) {
    const counted = Math.max(0, ts + dur - Math.max(ts, end));
    end = Math.max(end, ts + dur);
    while (frame + 1 < starts.length && starts[frame + 1] <= ts) frame += 1;
    if (ts >= starts[0]) sums[frame] += counted / 1000;
  }
  return sums;
}

/** Script time of seeks to places all over ten minutes of thirty Pods, React's rendering included, in milliseconds. */
async function seeks(served) {
  const page = await open(served, crowd(30, 600_000), 600_000);
  const times = await page.evaluate(async () => {
    const { session } = window.podscope;
    const taken = [];
    for (let i = 0; i < 220; i += 1) {
      const t = (i * 7919 * 997) % 600_000;
      const before = performance.now();
      session.seek({ t });
      // React renders in a microtask; the frame owner draws in the next frame.
      await Promise.resolve();
      await Promise.resolve();
      taken.push(performance.now() - before);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return taken.slice(20);
  });
  await page.context().close();
  return times;
}

await withServedPage(PORT, async (served) => {
  const frames = [];
  for (let i = 0; i < ROUNDS; i += 1) frames.push(await playingFrames(served));
  const rounds = frames.slice(1);
  const over = (kind, share) => median(rounds.map((round) => percentile(round[kind], share)));
  line('60 Pods playing: scene and draw script a frame, p50', over('drawing', 0.5), 'ms', 6);
  line('60 Pods playing: scene and draw script a frame, p95', over('drawing', 0.95), 'ms', 6);
  console.log(`  with what the worker sends taken in: p50 ${over('all', 0.5).toFixed(1)} ms, p95 ${over('all', 0.95).toFixed(1)} ms`);
  const times = [];
  for (let i = 0; i < ROUNDS; i += 1) times.push(await seeks(served));
  line('seek anywhere in 10 minutes of 30 Pods: script, p95', median(times.slice(1).map((round) => percentile(round, 0.95))), 'ms', 8);
});
