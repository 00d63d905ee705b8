// What breaks, and what the cluster makes of it.
import { expect, test } from 'vitest';
import { drive, podOf, scripted } from '../driver.ts';

const NGINX = { name: 'nginx', image: 'nginx:1.14' };
const running = (cluster: ReturnType<typeof drive>, name: string) => () => cluster.status(name) === 'Running';

test('scheduler-down: a Pod waits, and no message binds it until the scheduler is back', () => {
  const cluster = drive();
  const bindings = () => cluster.trace.messages.filter(({ label }) => /bind/i.test(label));
  cluster.fault('scheduler-down');
  cluster.apply(podOf('web', [NGINX]));
  cluster.runFor(120_000);
  expect(cluster.status('web')).toBe('Pending');
  expect(cluster.pod('web')?.spec.nodeName).toBeUndefined();
  expect(bindings()).toEqual([]);
  expect(cluster.notes('pod-bound')).toEqual([]);
  cluster.fault('scheduler-up');
  cluster.runUntil('web runs', running(cluster, 'web'));
  expect(bindings().length).toBeGreaterThan(0);
});

test('kill-container: the container starts again in place, in the same Pod with the same address', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  const before = cluster.pod('web');
  cluster.fault('kill-container', { pod: 'web', container: 'nginx' });
  cluster.runFor(10_000);
  const after = cluster.pod('web');
  expect(after?.status.containerStatuses?.[0]).toMatchObject({
    restartCount: 1,
    ready: true,
    lastState: { terminated: { exitCode: 137 } },
  });
  expect(after?.metadata.uid).toBe(before?.metadata.uid);
  expect(after?.spec.nodeName).toBe(before?.spec.nodeName);
  expect(after?.status.podIP).toBe(before?.status.podIP);
  expect(cluster.notes('pod-bound')).toHaveLength(1);
});

test('kill-sandbox: the kubelet makes another sandbox, and every container starts anew', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  cluster.fault('kill-sandbox', { pod: 'web' });
  cluster.runFor(30_000);
  expect(cluster.events('web')).toContain('SandboxChanged: Pod sandbox changed, it will be killed and re-created.');
  expect(cluster.pod('web')?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 1, ready: true });
  expect(cluster.notes('sandbox-ready').filter(({ data }) => data.pod === 'web')).toHaveLength(2);
});

test('node-down: NotReady after about 50 s, taints at once, eviction 300 s later', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  const node = cluster.pod('web')?.spec.nodeName ?? '';
  const downAt = cluster.at;
  cluster.fault('node-down', { node });
  const ready = () => cluster.node(node)?.status.conditions?.find(({ type }) => type === 'Ready')?.status;
  cluster.runUntil('the node is unknown', () => ready() === 'Unknown', 90_000);
  const unknownAfter = cluster.at - downAt;
  expect(unknownAfter).toBeGreaterThan(38_000);
  expect(unknownAfter).toBeLessThan(60_000);
  cluster.runFor(10_000);
  expect(cluster.node(node)?.spec.taints?.map(({ key, effect }) => `${key}:${effect}`)).toEqual(
    expect.arrayContaining(['node.kubernetes.io/unreachable:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute']),
  );
  const taintedAt = cluster.notes('node-tainted').find(({ data }) => data.node === node && data.taint.includes('NoExecute'))?.at ?? 0;
  expect(cluster.pod('web')?.metadata.deletionTimestamp).toBeUndefined();
  expect(cluster.status('web')).toBe('Running');
  cluster.runUntil('web is being evicted', () => cluster.pod('web')?.metadata.deletionTimestamp !== undefined, 400_000);
  expect(Math.abs(cluster.at - taintedAt - 300_000)).toBeLessThan(2000);
  expect(cluster.events('web').some((event) => event.startsWith('TaintManagerEviction: '))).toBe(true);
  expect(cluster.pod('web')?.status.conditions?.find(({ type }) => type === 'DisruptionTarget')?.reason).toBe('DeletionByTaintManager');
  cluster.runFor(60_000);
  // No kubelet is there to say that it is gone.
  expect(cluster.status('web')).toBe('Terminating');
});

test.each([0, 5000])('node-down at %d ms, node-up: the node is Ready again and loses its taints', (at) => {
  const cluster = drive();
  cluster.runFor(at);
  cluster.fault('node-down', { node: 'node1' });
  cluster.runFor(90_000);
  expect(cluster.node('node1')?.spec.taints?.length).toBeGreaterThan(0);
  cluster.fault('node-up', { node: 'node1' });
  cluster.runFor(60_000);
  expect(cluster.node('node1')?.status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True');
  expect(cluster.node('node1')?.spec.taints ?? []).toEqual([]);
});

test('static-add, static-remove: the kubelet runs the Pod, and a mirror of it stands that comes back when deleted', () => {
  const cluster = drive();
  cluster.fault('static-add', { node: 'node1', manifest: JSON.stringify(podOf('static-web', [NGINX])) });
  cluster.runUntil('the static Pod runs', running(cluster, 'static-web-node1'));
  expect(cluster.pod('static-web-node1')?.metadata.annotations).toHaveProperty(['kubernetes.io/config.mirror']);
  expect(cluster.notes('scheduling-attempt')).toEqual([]);
  const { containerID } = cluster.pod('static-web-node1')?.status.containerStatuses?.[0] ?? {};
  expect(cluster.kubectl('kubectl delete pod static-web-node1 --wait=false').exit).toBe(0);
  cluster.runFor(10_000);
  cluster.runUntil('the mirror is back', running(cluster, 'static-web-node1'));
  expect(cluster.pod('static-web-node1')?.status.containerStatuses?.[0]?.containerID).toBe(containerID);
  cluster.fault('static-remove', { node: 'node1', pod: 'static-web' });
  cluster.runUntil('the mirror is gone', () => cluster.pod('static-web-node1') === undefined);
});

test('registry-down: an image that is not there cannot be had, and is pulled once the registry is back', () => {
  const cluster = drive();
  cluster.fault('registry-down');
  cluster.apply(podOf('web', [NGINX]));
  cluster.runUntil('the pull fails', () => /ErrImagePull|ImagePullBackOff/.test(cluster.status('web') ?? ''));
  cluster.fault('registry-up');
  cluster.runUntil('web runs', running(cluster, 'web'), 120_000);
  expect(cluster.events('web').some((event) => event.startsWith('Failed: Failed to pull image "nginx:1.14"'))).toBe(true);
});

test('a fault says what it struck, and what follows is caused by it', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [scripted('sleep 1000')]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  cluster.fault('kill-container', { pod: 'web', container: 'c' });
  cluster.runFor(5000);
  const fault = cluster.notes('fault')[0];
  const exit = cluster.notes('container-exited').find(({ data }) => data.pod === 'web');
  expect(fault?.data).toEqual({ kind: 'kill-container', target: 'web/c' });
  expect(exit?.cause).toBe(fault?.id);
});
