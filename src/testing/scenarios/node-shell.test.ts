// A shell on a node: its files, what its runtime runs, the Pod network from there, and static Pods out of its folder of manifests.
import { expect, test } from 'vitest';
import { drive, podOf, scripted } from '../driver.ts';

const onNode1 = (command: string): string => `ssh node1 '${command}'`;

test('the kubelet’s configuration, and the manifests of the control plane', () => {
  const cluster = drive();
  expect(cluster.kubectl(onNode1('grep static /var/lib/kubelet/config.yaml')).stdout).toBe('staticPodPath: /etc/kubernetes/manifests\n');
  expect(cluster.kubectl(onNode1('ls /etc/kubernetes/manifests')).stdout).toBe('');
  expect(cluster.kubectl('ssh control-plane ls /etc/kubernetes/manifests').stdout).toBe(
    'etcd.yaml\nkube-apiserver.yaml\nkube-controller-manager.yaml\nkube-scheduler.yaml\n',
  );
});

test.each([
  ['ssh nowhere', 255, 'ssh: Could not resolve hostname nowhere: Name or service not known\n'],
  ['ssh localhost', 255, 'ssh: connect to host localhost port 22: Connection refused\n'],
  [onNode1('docker ps'), 127, 'bash: line 1: docker: command not found\n'],
  [onNode1('exit 3'), 3, ''],
])('%s ends with %s', (line, exit, stderr) => {
  expect(drive().kubectl(line)).toMatchObject({ exit, stderr });
});

test('a node that is down lets the connection time out', () => {
  const cluster = drive();
  cluster.fault('node-down', { node: 'node1' });
  const { exit, stderr } = cluster.kubectl('ssh node1 true', 200_000);
  expect([exit, stderr]).toEqual([255, 'ssh: connect to host node1 port 22: Connection timed out\n']);
});

test('crictl shows what containerd runs, curl reaches Pods, and a process that is killed starts again', () => {
  const cluster = drive();
  cluster.kubectl('kubectl run web --image=nginx:1.14');
  cluster.runUntil('web runs', () => cluster.status('web') === 'Running');
  const { nodeName, status } = { nodeName: cluster.pod('web')?.spec.nodeName, status: cluster.pod('web')?.status };
  const there = (command: string): string => cluster.kubectl(`ssh ${nodeName} "${command}"`).stdout;
  expect(there('crictl ps --name web')).toMatch(
    /^CONTAINER +IMAGE +CREATED +STATE +NAME +ATTEMPT +POD ID +POD +NAMESPACE\n[0-9a-f]{13} +[0-9a-f]{13} +.* ago +Running +web +0 +[0-9a-f]{13} +web +default\n$/,
  );
  expect(there('crictl pods --name web')).toMatch(/Ready +web +default +0 +\(default\)\n$/);
  expect(there('crictl images')).toMatch(/docker\.io\/library\/nginx +1\.14 +[0-9a-f]{13} +44\.7MB\n/);
  expect(there(`curl -s ${status?.podIP} | grep -c Welcome`)).toBe('2\n');
  expect(there('crictl logs \\$(crictl ps -q --name web)')).toMatch(/"GET \/ HTTP\/1\.1" 200/);
  there('kill -9 \\$(pgrep nginx | head -n 1)');
  cluster.runUntil('it is started again', () => cluster.container('web', 'web')?.attempt === 1);
  expect(cluster.pod('web')?.status.podIP).toBe(status?.podIP);
});

test('a manifest that comes into the folder runs, is mirrored, and ends when it goes', () => {
  const cluster = drive();
  const manifest = JSON.stringify(podOf('static', [scripted('sleep 1000')]));
  cluster.kubectl(`echo '${manifest}' | ssh node1 'cat > /etc/kubernetes/manifests/static.yaml'`);
  cluster.runUntil('it runs', () => cluster.status('static-node1') === 'Running');
  const uid = cluster.pod('static-node1')?.metadata.uid;
  cluster.kubectl('kubectl delete pod static-node1');
  cluster.runUntil('the mirror is back', () => ![undefined, uid].includes(cluster.pod('static-node1')?.metadata.uid));
  expect(cluster.kubectl(onNode1('crictl ps --name c')).stdout).toMatch(/Running +c +0 /);
  cluster.kubectl(onNode1('rm /etc/kubernetes/manifests/static.yaml'));
  cluster.runUntil('it has gone', () => cluster.pod('static-node1') === undefined);
});

test('what a fault puts into the folder stands there', () => {
  const cluster = drive();
  cluster.fault('static-add', { node: 'node1', manifest: JSON.stringify(podOf('web', [scripted('sleep 1000')])) });
  cluster.runFor(1000);
  expect(cluster.kubectl(onNode1('ls /etc/kubernetes/manifests')).stdout).toBe('web.yaml\n');
  cluster.fault('static-remove', { node: 'node1', pod: 'web' });
  cluster.runFor(1000);
  expect(cluster.kubectl(onNode1('ls /etc/kubernetes/manifests')).stdout).toBe('');
});
