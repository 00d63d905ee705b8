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

test('the scheduler goes with its manifest and with its container, however they went', () => {
  const cluster = drive();
  const system = () => cluster.kubectl('kubectl get pods -n kube-system').stdout;
  const binds = (name: string) => cluster.notes('pod-bound').some(({ data }) => data.pod === name);
  cluster.runFor(2000);
  cluster.fault('scheduler-down');
  cluster.runFor(5000);
  expect(system()).not.toContain('kube-scheduler');
  expect(cluster.kubectl('ssh control-plane ls /etc/kubernetes/manifests').stdout).not.toContain('kube-scheduler');
  // Back before it is wholly gone: the kubelet starts it once more.
  cluster.fault('scheduler-up');
  cluster.runFor(1000);
  cluster.fault('scheduler-down');
  cluster.fault('scheduler-up');
  cluster.runFor(15_000);
  expect(system()).toMatch(/kube-scheduler-control-plane +1\/1 +Running/);
  cluster.kubectl('ssh control-plane mv /etc/kubernetes/manifests/kube-scheduler.yaml /root');
  cluster.runFor(5000);
  cluster.apply(podOf('web', [NGINX]));
  cluster.runFor(10_000);
  expect(binds('web')).toBe(false);
  cluster.fault('scheduler-up');
  cluster.runUntil('web is bound', () => binds('web'));
  const killedAt = cluster.at;
  cluster.fault('kill-container', { pod: 'kube-system/kube-scheduler-control-plane', container: 'kube-scheduler' });
  cluster.apply(podOf('later', [NGINX]));
  cluster.runUntil('the other is bound', () => binds('later'));
  // Not before its container runs again.
  expect(cluster.at - killedAt).toBeGreaterThan(100);
});

test('a node by hand: systemctl stops its kubelet, crictl stops a container, kill ends pause', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX], { nodeName: 'node1' }));
  cluster.runUntil('web runs', running(cluster, 'web'));
  const restarts = () => cluster.pod('web')?.status.containerStatuses?.[0]?.restartCount;
  expect(cluster.kubectl('ssh node1 systemctl is-active kubelet')).toMatchObject({ stdout: 'active\n', exit: 0 });
  expect(cluster.kubectl('ssh node1 systemctl stop kubelet').exit).toBe(0);
  expect(cluster.kubectl('ssh node1 systemctl status kubelet')).toMatchObject({ exit: 3 });
  expect(cluster.kubectl('ssh node1 pgrep kubelet').exit).toBe(1);
  cluster.runFor(60_000);
  expect(cluster.kubectl('kubectl get node node1').stdout).toContain('NotReady');
  expect(cluster.kubectl('ssh node1 systemctl start kubelet').exit).toBe(0);
  cluster.runFor(15_000);
  expect(cluster.kubectl('kubectl get node node1').stdout).not.toContain('NotReady');
  expect(cluster.kubectl("ssh node1 'crictl stop $(crictl ps -q --name nginx)'").exit).toBe(0);
  cluster.runFor(5000);
  expect(restarts()).toBe(1);
  expect(cluster.kubectl("ssh node1 'kill $(pgrep pause | tail -1)'").exit).toBe(0);
  cluster.runFor(15_000);
  expect(cluster.events('web')).toContain('SandboxChanged: Pod sandbox changed, it will be killed and re-created.');
  expect(cluster.kubectl('ssh node1 systemctl stop nosuch')).toMatchObject({
    stderr: 'Failed to stop nosuch.service: Unit nosuch.service not loaded.\n',
    exit: 5,
  });
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

/** A Pod whose one container is asked over HTTP every second. */
const probed = (probes: object): object => podOf('web', [{ ...NGINX, ...probes }]);
const GET = { httpGet: { path: '/', port: 80 }, periodSeconds: 1 };

test('app-hang: the liveness probe waits in vain, TERM is not heard, KILL after the grace period; the next process is well', () => {
  const cluster = drive();
  cluster.apply(probed({ livenessProbe: GET }));
  cluster.runUntil('web runs', running(cluster, 'web'));
  const { podIP } = cluster.pod('web')?.status ?? {};
  cluster.fault('app-hang', { pod: 'web', container: 'nginx' });
  const hungAt = cluster.at;
  cluster.runUntil('it has ended', () => cluster.notes('container-exited').some(({ data }) => data.pod === 'web'), 60_000);
  // Three failures, a second apart and a second late; then thirty seconds in which the program does not hear TERM.
  expect(cluster.at - hungAt).toBeGreaterThan(32_000);
  expect(cluster.at - hungAt).toBeLessThan(37_000);
  expect(cluster.events('web')).toContain(
    `Unhealthy: Liveness probe failed: Get "http://${podIP}:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  );
  expect(cluster.events('web')).toContain('Killing: Container nginx failed liveness probe, will be restarted');
  cluster.runFor(10_000);
  expect(cluster.pod('web')?.status).toMatchObject({
    podIP,
    containerStatuses: [{ restartCount: 1, ready: true, lastState: { terminated: { exitCode: 137, reason: 'Error' } } }],
  });
});

test('app-hang: exec and TCP still answer, nothing more is written, and healed it goes on', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX, { ...scripted('while true; do date; sleep 1; done'), name: 'loop' }]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  cluster.runFor(5000);
  for (const container of ['nginx', 'loop']) cluster.fault('app-hang', { pod: 'web', container });
  const before = cluster.log('web', 'loop');
  expect(cluster.kubectl('kubectl exec web -c loop -- wget -T 2 -qO- localhost').stderr).toContain('timed out');
  expect(cluster.kubectl('kubectl exec web -c nginx -- ls /etc/nginx').exit).toBe(0);
  cluster.runFor(5000);
  expect(cluster.log('web', 'loop')).toBe(before);
  expect(cluster.container('web', 'nginx')?.state).toBe('running');
  for (const container of ['nginx', 'loop']) cluster.fault('app-heal', { pod: 'web', container });
  expect(cluster.kubectl('kubectl exec web -c loop -- wget -T 2 -qO- localhost').stdout).toContain('Welcome to nginx!');
  expect(cluster.log('web', 'loop').length).toBeGreaterThan(before.length);
});

test('app-fail: 500 takes the Pod out of service and does not restart it; healed it is ready again', () => {
  const cluster = drive();
  cluster.apply(probed({ readinessProbe: { ...GET, failureThreshold: 1 } }));
  const ready = () => cluster.pod('web')?.status.containerStatuses?.[0]?.ready === true;
  cluster.runUntil('web is ready', ready);
  cluster.fault('app-fail', { pod: 'web', container: 'nginx' });
  cluster.runUntil('web is not ready', () => !ready());
  expect(cluster.events('web')).toContain('Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 500');
  cluster.runFor(20_000);
  expect(cluster.pod('web')?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 0, ready: false });
  cluster.fault('app-heal', { pod: 'web', container: 'nginx' });
  cluster.runUntil('web is ready again', ready);
});

test('memory over the limit: OOMKilled, 137, started again in place; under it nothing but a longer bar', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [{ ...NGINX, resources: { limits: { memory: '128Mi' } } }]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  const before = cluster.pod('web');
  cluster.fault('memory', { pod: 'web', container: 'nginx', to: '100Mi' });
  cluster.runFor(5000);
  expect(cluster.container('web', 'nginx')).toMatchObject({ state: 'running', memoryBytes: 100 * 1024 ** 2 });
  cluster.fault('memory', { pod: 'web', container: 'nginx', to: '200Mi' });
  cluster.runFor(10_000);
  const after = cluster.pod('web');
  expect(after?.status.containerStatuses?.[0]).toMatchObject({
    restartCount: 1,
    ready: true,
    lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
  });
  expect(after?.status.podIP).toBe(before?.status.podIP);
  expect(after?.spec.nodeName).toBe(before?.spec.nodeName);
  expect(cluster.kubectl('kubectl describe pod web').stdout).toMatch(
    /Last State: {5}Terminated\n {6}Reason: {7}OOMKilled\n {6}Exit Code: {4}137\n/,
  );
  expect(cluster.kubectl('kubectl describe node').stdout).not.toContain('SystemOOM');
  const [oom] = cluster.notes('out-of-memory');
  expect(oom?.data).toMatchObject({ of: 'limit', heldBytes: 200 * 1024 ** 2, mostBytes: 128 * 1024 ** 2 });
  expect(cluster.notes('container-exited').find(({ data }) => data.pod === 'web')?.cause).toBe(oom?.id);
});

test('memory without a limit: the node runs out, and the kernel kills whom its class protects least', () => {
  const cluster = drive();
  const on = { nodeName: 'node1' };
  const limits = { cpu: '100m', memory: '3Gi' };
  cluster.apply(podOf('guaranteed', [{ ...NGINX, resources: { limits } }], on));
  cluster.apply(podOf('careless', [NGINX], on));
  for (const name of ['guaranteed', 'careless']) cluster.runUntil(`${name} runs`, running(cluster, name));
  cluster.fault('memory', { pod: 'careless', container: 'nginx', to: '2Gi' });
  cluster.runFor(5000);
  expect(cluster.notes('out-of-memory')).toEqual([]);
  // What it may hold is its own; that the node has less left is not its fault.
  cluster.fault('memory', { pod: 'guaranteed', container: 'nginx', to: '3Gi' });
  cluster.runFor(10_000);
  expect(cluster.notes('out-of-memory').map(({ data }) => [data.pod, data.of])).toEqual([['careless', 'node']]);
  expect(cluster.pod('careless')?.status.containerStatuses?.[0]).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
  });
  expect(cluster.pod('guaranteed')?.status.containerStatuses?.[0]).toMatchObject({ restartCount: 0, ready: true });
  expect(cluster.events('node1').filter((event) => event.startsWith('SystemOOM'))).toEqual([
    expect.stringMatching(/^SystemOOM: System OOM encountered, victim process: nginx, pid: \d+$/),
  ]);
});

test('condition: a Pod with a readiness gate becomes ready when something outside says so', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX], { readinessGates: [{ conditionType: 'shop.example/open' }] }));
  cluster.runUntil('its container is ready', () => cluster.pod('web')?.status.containerStatuses?.[0]?.ready === true);
  const ready = () => cluster.pod('web')?.status.conditions?.find(({ type }) => type === 'Ready');
  cluster.runFor(5000);
  expect(ready()).toMatchObject({
    status: 'False',
    reason: 'ReadinessGatesNotReady',
    message: 'corresponding condition of pod readiness gate "shop.example/open" does not exist.',
  });
  cluster.fault('condition', { pod: 'web', type: 'shop.example/open', status: 'True' });
  cluster.runUntil('web is ready', () => ready()?.status === 'True', 5000);
  expect(cluster.kubectl('kubectl get pod web -o wide').stdout).toContain('1/1');
  cluster.fault('condition', { pod: 'web', type: 'shop.example/open', status: 'False' });
  cluster.runUntil('web is not ready', () => ready()?.status === 'False', 5000);
  expect(ready()?.message).toBe('the status of pod readiness gate "shop.example/open" is not "True", but False');
});

test('condition: what the kubelet says itself, it puts right', () => {
  const cluster = drive();
  cluster.apply(podOf('web', [NGINX]));
  cluster.runUntil('web runs', running(cluster, 'web'));
  cluster.runFor(5000);
  cluster.fault('condition', { pod: 'web', type: 'Ready', status: 'False' });
  const ready = () => cluster.pod('web')?.status.conditions?.find(({ type }) => type === 'Ready')?.status;
  cluster.runUntil('it is written', () => ready() === 'False', 5000);
  cluster.runUntil('it is put right', () => ready() === 'True', 60_000);
});

test('a fault of a Pod, container or node that is not there changes nothing', () => {
  const cluster = drive();
  cluster.fault('memory', { pod: 'nosuch', container: 'c', to: '1Gi' });
  cluster.fault('condition', { pod: 'nosuch', type: 'Ready', status: 'False' });
  cluster.fault('app-hang', { pod: 'other/nosuch', container: 'c' });
  cluster.fault('node-down', { node: 'node9' });
  cluster.runFor(60_000);
  expect(cluster.notes('fault')).toHaveLength(4);
  expect(cluster.notes('node-ready')).toEqual([]);
});
