import { expect, test } from 'vitest';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { type PodScene, type Scene, sceneAt } from './scene.ts';

/** An init container, a sidecar, a server with a probe, two volumes. */
const WEB = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: fetch-page
    image: busybox:1.28
    command: [sh, -c, "echo hello > /w/index.html"]
    volumeMounts:
    - {name: html, mountPath: /w}
  - name: log-tail
    image: busybox:1.28
    restartPolicy: Always
    command: [sh, -c, "tail -F /var/log/nginx/access.log"]
    resources:
      requests: {cpu: 50m, memory: 32Mi}
      limits: {memory: 64Mi}
    volumeMounts:
    - {name: logs, mountPath: /var/log/nginx}
  containers:
  - name: nginx
    image: nginx:1.14
    ports:
    - containerPort: 80
    resources:
      requests: {cpu: 100m, memory: 64Mi}
      limits: {cpu: 500m, memory: 128Mi}
    livenessProbe:
      httpGet: {path: /, port: 80}
      periodSeconds: 10
      failureThreshold: 3
    volumeMounts:
    - {name: logs, mountPath: /var/log/nginx}
    - {name: html, mountPath: /usr/share/nginx/html, readOnly: false}
  volumes:
  - name: html
    emptyDir: {}
  - name: logs
    emptyDir: {}
`;
const CRASHING = `
apiVersion: v1
kind: Pod
metadata: {name: crash}
spec:
  shareProcessNamespace: true
  containers:
  - {name: app, image: "busybox:1.28", command: [sh, -c, "sleep 2; exit 3"], env: []}
  - name: other
    image: busybox:1.28
    command: [sleep, "3600"]
    volumeMounts: [{name: settings, mountPath: /etc/settings, readOnly: true}]
  volumes:
  - {name: settings, configMap: {name: settings, optional: true}}
`;

/** A real run of some inputs. */
function lived(inputs: readonly object[], untilMs: number): Trace {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  const trace = createTrace();
  run.advance(untilMs);
  trace.append(run.take());
  return trace;
}

const at = (trace: Trace, t: number, selection?: string): Scene => sceneAt(trace, trace.stepAt(t), selection);

function podAt(trace: Trace, t: number, selection?: string): PodScene {
  const scene = at(trace, t, selection);
  if (scene.kind !== 'pod') throw new Error(`no Pod at ${t}`);
  return scene.pod;
}

const web = lived(
  [
    { apply: WEB, file: 'web.yaml' },
    { at: '44s', run: 'kubectl exec web -c nginx -- rm /usr/share/nginx/html/index.html' },
    { at: '150s', run: 'kubectl delete pod web' },
  ],
  200_000,
);

const crash = lived([{ apply: CRASHING, file: 'crash.yaml' }], 60_000);

test('before a Pod is stored there is nothing to draw, afterwards a selected one is said to be gone', () => {
  expect(at(web, 0)).toEqual({ kind: 'none' });
  expect(at(web, 0, '/registry/pods/default/web')).toMatchObject({ kind: 'absent', name: 'web', isGone: false });
  expect(at(web, 199_000, '/registry/pods/default/web')).toMatchObject({ kind: 'absent', name: 'web', isGone: true });
});

test('a Pod of kube-system is drawn only where it is selected', () => {
  const key = web.keysUnder('/registry/pods/kube-system/')[0] ?? '';
  expect(podAt(web, 0, key).mark.key).toBe(key);
  expect(podAt(web, 30_000).mark.name).toBe('web');
});

test('before its sandbox stands, all of a bound Pod is still to come', () => {
  const pod = podAt(web, 200);
  expect(pod).toMatchObject({ sandbox: 'none', network: { kind: 'own', address: '', hostname: 'web' }, qosClass: 'Burstable' });
  expect(pod.node).toMatchObject({ name: 'node1', bridge: '10.244.1.1/24', isKubeletDown: false });
  expect(pod.columns.map(({ cell, exists }) => [cell.name, cell.kind, exists])).toEqual([
    ['fetch-page', 'init', false],
    ['log-tail', 'sidecar', false],
    ['nginx', 'app', false],
  ]);
  expect(pod.columns[2]?.ports).toEqual([{ port: 80, isListening: false, isDue: false }]);
  expect(pod.conditions.map(({ type, status }) => `${type} ${status}`)).toEqual([
    'PodScheduled True',
    'PodReadyToStartContainers False',
    'Initialized False',
    'ContainersReady False',
    'Ready False',
  ]);
});

test('a running Pod has its address, processes, memory and mounts', () => {
  const pod = podAt(web, 30_000);
  expect(pod.network.address).toBe('10.244.1.2/24');
  const [fetchPage, logTail, nginx] = pod.columns;
  expect(fetchPage).toMatchObject({ isRunning: false, cell: { exitCode: 0, word: 'Completed', meaning: 'finished' }, processes: [] });
  expect(logTail?.processes.map(({ pid, command }) => [pid, command])).toEqual([[1, 'tail -F /var/log/nginx/access.log']]);
  expect(nginx).toMatchObject({
    isRunning: true,
    ports: [{ port: 80, isListening: true, isDue: true }],
    memory: { request: 64 * 2 ** 20, limit: 128 * 2 ** 20 },
    cpu: { request: 100, limit: 500 },
  });
  expect(nginx?.memory.use).toBeGreaterThan(2 ** 20);
  const [html, logs, token] = pod.volumes;
  expect(html).toMatchObject({ name: 'html', type: 'emptyDir' });
  expect(html?.mounts.map((mounts) => mounts.map(({ path }) => path))).toEqual([['/w'], [], ['/usr/share/nginx/html']]);
  expect(logs?.mounts.map(({ length }) => length)).toEqual([0, 1, 1]);
  expect(token).toMatchObject({ type: 'projected', detail: 'token, ca.crt, namespace' });
  expect(token?.mounts.flat().every(({ isReadOnly }) => isReadOnly)).toBe(true);
  expect(pod.conditions.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'True' });
});

test('a probe counts its failures, and forgets them with the container', () => {
  const probeAt = (t: number) => podAt(web, t).columns[2]?.probes[0];
  expect(probeAt(30_500)?.answer).toMatchObject({ ok: true, threshold: 1 });
  expect(probeAt(61_000)?.answer).toMatchObject({ ok: false, count: 2, threshold: 3 });
  expect(probeAt(61_000)).toMatchObject({ kind: 'liveness', action: 'GET :80/', route: 'network', periodMs: 10_000, failureThreshold: 3 });
  const next = probeAt(61_000)?.answer?.nextAt ?? 0;
  expect(next).toBeGreaterThan(61_000);
  expect(next).toBeLessThanOrEqual(70_400);
  expect(probeAt(next + 10)?.answer).toMatchObject({ count: 3, nextAt: undefined });
  const restarted = podAt(web, 75_000).columns[2];
  expect(restarted).toMatchObject({ cell: { restarts: 1 }, last: { exitCode: 0 }, probes: [{ answer: undefined }] });
  expect(restarted?.probes[0]?.ticks.every(({ isOld }) => isOld)).toBe(true);
  expect(podAt(web, 93_000).columns[2]?.probes[0]?.ticks.map(({ ok, isOld }) => `${ok ? 'up' : 'down'}${isOld ? ' old' : ''}`)).toEqual([
    ...Array<string>(4).fill('up old'),
    ...Array<string>(3).fill('down old'),
    'down',
    'down',
  ]);
});

test('a deleted Pod has until the end of its grace period', () => {
  expect(podAt(web, 149_000).deletion).toBeUndefined();
  const { deletion } = podAt(web, 150_050);
  expect(deletion?.graceMs).toBe(30_000);
  expect(deletion?.until).toBeGreaterThan(180_000);
  expect(deletion?.until).toBeLessThan(180_050);
});

test('a container that crashes waits until an instant, and shares what its Pod says', () => {
  const key = crash.keysUnder('/run/').find((each) => each.includes('/backoffs/')) ?? '';
  const until = (crash.history(key)[0]?.value as { readonly until: number } | undefined)?.until ?? 0;
  const pod = podAt(crash, until - 1000);
  const [app, other] = pod.columns;
  expect(pod.sharesProcesses).toBe(true);
  expect(app).toMatchObject({ isRunning: false, cell: { exitCode: 3, meaning: 'failed' }, backOff: { until, delayMs: 10_000 } });
  // Process 1 of a shared namespace is pause.
  expect(other?.processes.every(({ pid }) => pid > 1)).toBe(true);
  expect(other?.backOff).toBeUndefined();
  expect(pod.volumes[0]).toMatchObject({ name: 'settings', type: 'configMap', detail: 'settings', missing: undefined });
});

test('a container that waits says why in the own words of the kubelet', () => {
  const crashes = crash.history('/registry/pods/default/crash').find(({ value }) => JSON.stringify(value).includes('back-off 10s'));
  const [app] = podAt(crash, crashes?.at ?? 0).columns;
  expect(app?.cell).toMatchObject({ word: 'CrashLoopBackOff', meaning: 'failed', restarts: 1 });
  expect(app?.message).toContain('back-off 10s restarting failed container=app pod=crash_default');
});
