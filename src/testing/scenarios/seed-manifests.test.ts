// The tutorials' twelve manifests end as a real cluster has them.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drive } from '../driver.ts';

const sample = (name: string): string => readFileSync(`src/panels/editor/samples/${name}.yaml`, 'utf8');

test.each([
  ['s001_0', 'kubia-manual', ['kubia']],
  ['s001_1', 'kubia-manual-v2', ['kubia']],
  ['s002_0', 'mypod', ['nginx-container']],
  ['s002_2', 'mypod', ['nginx-container']],
  ['s002_5', 'mypod', ['nginx-container']],
  ['s004_0', 'my-nginx-pod', ['my-nginx-container']],
  ['s004_1', 'my-nginx-pod', ['my-nginx-container', 'ubuntu-sidecar-container']],
])('%s: %s runs, and goes on running', (file, name, containers) => {
  const cluster = drive();
  cluster.apply(sample(file));
  cluster.runFor(120_000);
  const { phase, containerStatuses = [], conditions = [] } = cluster.pod(name)?.status ?? {};
  expect(cluster.notes('command-ended').map(({ data }) => data.stdout)).toEqual([`pod/${name} created\n`]);
  expect(cluster.status(name)).toBe('Running');
  expect(phase).toBe('Running');
  expect(containerStatuses.map((status) => [status.name, status.ready, status.restartCount])).toEqual(
    containers.map((each) => [each, true, 0]),
  );
  expect(conditions.filter(({ status }) => status === 'True').map(({ type }) => type)).toEqual(
    expect.arrayContaining(['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready']),
  );
});

test.each([
  ['s001_0', 'kubia-manual', 'Always'],
  ['s002_0', 'mypod', 'IfNotPresent'],
  ['s004_0', 'my-nginx-pod', 'Always'],
])('%s: without a tag, or with latest, the image is always asked for', (file, name, policy) => {
  const cluster = drive();
  cluster.apply(sample(file));
  cluster.runFor(1000);
  expect(cluster.pod(name)?.spec.containers[0]?.imagePullPolicy).toBe(policy);
});

test('s001_0: kubia says that it starts', () => {
  const cluster = drive();
  cluster.apply(sample('s001_0'));
  cluster.runFor(20_000);
  expect(cluster.kubectl('kubectl logs kubia-manual')).toEqual({ stdout: 'Kubia server starting...\n', stderr: '', exit: 0 });
});

test('s002_1: centos:7 without a command ends at once, again and again, beside nginx that goes on', () => {
  const cluster = drive();
  cluster.apply(sample('s002_1'));
  cluster.runUntil('CrashLoopBackOff', () => cluster.status('multipod') === 'CrashLoopBackOff');
  const [nginx, centos] = ['nginx-container', 'centos-container'].map((name) =>
    cluster.pod('multipod')?.status.containerStatuses?.find((status) => status.name === name),
  );
  expect(cluster.pod('multipod')?.status.phase).toBe('Running');
  expect(nginx).toMatchObject({ ready: true, restartCount: 0, state: { running: {} } });
  expect(centos?.state?.waiting?.reason).toBe('CrashLoopBackOff');
  expect(centos?.lastState?.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  expect(
    cluster.events('multipod').some((event) => event.startsWith('BackOff: Back-off restarting failed container centos-container')),
  ).toBe(true);
});

test('s002_2: the first liveness probe comes at the tick after its initial delay, and passes', () => {
  const cluster = drive();
  cluster.apply(sample('s002_2'));
  cluster.runFor(120_000);
  const started = cluster.notes('container-started').find(({ data }) => data.pod === 'mypod')?.at ?? 0;
  const probes = cluster.notes('probe-result');
  expect(probes.every(({ data }) => data.ok && data.probe === 'liveness')).toBe(true);
  expect(probes.length).toBeGreaterThanOrEqual(4);
  // The worker's clock ticks from when the Pod was seen, before its image was pulled.
  const first = (probes[0]?.at ?? 0) - started;
  expect(first).toBeGreaterThanOrEqual(15_000);
  expect(first).toBeLessThan(35_000);
  expect(probes.slice(1).map(({ at }, i) => Math.round((at - (probes[i]?.at ?? 0)) / 1000))).toEqual(probes.slice(1).map(() => 20));
});

test('s003_1: nothing listens on 8080, so the kubelet kills echo every 5 s, at last with a back-off', () => {
  const cluster = drive();
  cluster.apply(sample('s003_1'));
  cluster.runFor(60_000);
  const pod = cluster.pod('echo-lp');
  const status = pod?.status.containerStatuses?.[0];
  expect(['Running', 'CrashLoopBackOff']).toContain(cluster.status('echo-lp'));
  expect([3, 4]).toContain(status?.restartCount);
  expect(cluster.events('echo-lp')).toContain(
    `Unhealthy: Liveness probe failed: Get "http://${pod?.status.podIP}:8080/not/exist": dial tcp ${pod?.status.podIP}:8080: connect: connection refused`,
  );
  expect(cluster.events('echo-lp')).toContain('Killing: Container app failed liveness probe, will be restarted');
});

const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric " +
  "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const STRICT =
  'Error from server (BadRequest): error when creating "pod.yaml": Pod in version "v1" cannot be handled as a Pod: strict decoding error: ';

test.each([
  ['s002_3', `The Pod "mypod" is invalid: spec.initContainers[0].name: Invalid value: "init-myService": ${LABEL_RULE}\n`],
  ['s002_4', `${STRICT}unknown field "spec.containers[0].resource"\n`],
  ['s003_0', `${STRICT}unknown field "metadata.app"\n`],
])('%s is refused', (file, text) => {
  const cluster = drive();
  cluster.apply(sample(file));
  cluster.runFor(30_000);
  expect(cluster.notes('command-ended').map(({ data }) => [data.stdout, data.stderr, data.exit])).toEqual([['', text, 1]]);
  expect(cluster.trace.keysUnder('/registry/pods/default/')).toEqual([]);
  // Apply first asks whether it stands already: that answer, 404, refuses nothing.
  expect(cluster.notes('request-refused').filter(({ data }) => data.code !== 404)).toHaveLength(1);
});
