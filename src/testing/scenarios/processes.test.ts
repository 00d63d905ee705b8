// Processes in containers: nothing is scripted, so variants come out as well as the cases that were thought of.
import { expect, test } from 'vitest';
import { drive, podOf, scripted } from '../driver.ts';

test.each([
  ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); sleep $i; done; exit $i', 6, 3],
  ['for n in 1 2; do sleep $n; done; exit 7', 3, 7],
  ['n=4; until [ $n -eq 0 ]; do n=$((n-1)); sleep 0.5; done', 2, 0],
  ['f() { sleep 2; return 9; }; f; exit $?', 2, 9],
])('%s takes %d s and ends with %d', (script, seconds, code) => {
  const cluster = drive();
  cluster.apply(podOf('job', [scripted(script)], { restartPolicy: 'Never' }));
  cluster.runFor(30_000);
  const exited = cluster.notes('container-exited').find(({ data }) => data.pod === 'job');
  const started = cluster.notes('container-started').find(({ data }) => data.pod === 'job');
  expect(exited?.data.exitCode).toBe(code);
  expect(Math.abs((exited?.at ?? 0) - (started?.at ?? 0) - seconds * 1000)).toBeLessThan(200);
  expect(cluster.pod('job')?.status.phase).toBe(code === 0 ? 'Succeeded' : 'Failed');
});

test('two nginx in one Pod want the same port: the second gives up and exits 1', () => {
  const cluster = drive();
  const [first, second] = ['one', 'two'].map((name) => ({ name, image: 'nginx:1.14' }));
  cluster.apply(podOf('twins', [first ?? {}, second ?? {}]));
  cluster.runUntil('one of them exits', () => cluster.notes('container-exited').some(({ data }) => data.pod === 'twins'));
  const exited = cluster.notes('container-exited').find(({ data }) => data.pod === 'twins');
  expect(exited?.data).toMatchObject({ container: 'two', exitCode: 1 });
  expect(cluster.log('twins', 'two')).toContain('bind() to 0.0.0.0:80 failed (98: Address already in use)');
  expect(cluster.log('twins', 'two')).toContain('still could not bind()');
  expect(cluster.container('twins', 'one')?.state).toBe('running');
});

test('two nginx in two Pods do not', () => {
  const cluster = drive();
  for (const name of ['a', 'b']) cluster.apply(podOf(name, [{ name: 'nginx', image: 'nginx:1.14' }]));
  cluster.runFor(30_000);
  expect(['a', 'b'].map(cluster.status)).toEqual(['Running', 'Running']);
});

test('a liveness probe of port 81 is refused by the network, and the container restarts', () => {
  const cluster = drive();
  const livenessProbe = { httpGet: { path: '/', port: 81 }, periodSeconds: 3, failureThreshold: 2 };
  cluster.apply(podOf('web', [{ name: 'nginx', image: 'nginx:1.14', livenessProbe }]));
  cluster.runUntil('a restart', () => (cluster.pod('web')?.status.containerStatuses?.[0]?.restartCount ?? 0) > 0);
  const ip = cluster.pod('web')?.status.podIP;
  expect(cluster.events('web')).toContain(
    `Unhealthy: Liveness probe failed: Get "http://${ip}:81/": dial tcp ${ip}:81: connect: connection refused`,
  );
});

test('the same probe passes where something listens there', () => {
  const cluster = drive();
  const livenessProbe = { tcpSocket: { port: 80 }, periodSeconds: 3, failureThreshold: 2 };
  cluster.apply(podOf('web', [{ name: 'nginx', image: 'nginx:1.14', livenessProbe }]));
  cluster.runFor(60_000);
  expect(cluster.pod('web')?.status.containerStatuses?.[0]?.restartCount).toBe(0);
});

test('an image that nobody knows runs on quietly, with a note that says so', () => {
  const cluster = drive();
  cluster.apply(podOf('app', [{ name: 'app', image: 'registry.example/team/app:3' }]));
  cluster.runFor(60_000);
  expect(cluster.status('app')).toBe('Running');
  expect(cluster.notes('not-simulated').some(({ data }) => JSON.stringify(data).includes('registry.example/team/app:3'))).toBe(true);
});

test('a process that loops for ever is parked, and can still be stopped', () => {
  const cluster = drive();
  cluster.apply(podOf('busy', [scripted('while true; do :; done')], { terminationGracePeriodSeconds: 2 }));
  cluster.runFor(60_000);
  expect(cluster.status('busy')).toBe('Running');
  expect(cluster.notes('process-busy').map(({ data }) => data.pod)).toEqual(['busy']);
  expect(cluster.kubectl('kubectl delete pod busy').stdout).toBe('pod "busy" deleted from default namespace\n');
  expect(cluster.pod('busy')).toBeUndefined();
});

test('a process that takes more memory than its limit is killed with 137 and starts again in the same Pod', () => {
  const cluster = drive();
  const container = {
    name: 'stress',
    image: 'polinux/stress',
    command: ['stress', '--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'],
    resources: { limits: { memory: '100Mi' } },
  };
  cluster.apply(podOf('memory', [container]));
  cluster.runUntil('it is killed', () => cluster.notes('container-exited').length > 0);
  cluster.runFor(2000);
  const status = cluster.pod('memory')?.status.containerStatuses?.[0];
  expect((status?.lastState ?? status?.state)?.terminated ?? status?.state?.terminated).toMatchObject({ reason: 'OOMKilled' });
  expect(cluster.notes('pod-bound')).toHaveLength(1);
});
