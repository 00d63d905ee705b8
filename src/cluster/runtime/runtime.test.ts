import { expect, test } from 'vitest';
import { createRun } from '../../engine/run.ts';
import type { TraceRecord } from '../../engine/records.ts';
import { createNetwork } from '../network/network.ts';
import type { ClusterMessage, FaultMessage } from '../messages.ts';
import { API_SERVER, kubeletOf, NETWORK, runtimeOf } from '../names.ts';
import type { ContainerConfig, CriAnswer, CriCall, CriResult, RuntimeContainer } from './cri.ts';
import type { ImageSpec } from './images/image.ts';
import { createRuntime } from './runtime.ts';

/** A node with a kubelet that only does as it is told. */
function createNode(images: readonly ImageSpec[] = [], present: readonly string[] = []) {
  const run = createRun<ClusterMessage>(1);
  const answers = new Map<number, { readonly at: number; readonly answer: CriAnswer }>();
  const dials: { readonly at: number; readonly body: ClusterMessage }[] = [];
  const streams: ClusterMessage[] = [];
  const records: TraceRecord[] = [];
  let now = 0;
  let last = 0;
  run.add({
    name: kubeletOf('node1'),
    handle(context, { from, body }) {
      if (body.type === 'cri-answer') answers.set(body.id, { at: context.at, answer: body.answer });
      else if (body.type === 'net-answer') dials.push({ at: context.at, body });
      else if (body.type === 'stream' && from !== 'input') streams.push(body);
      else if (from === 'input') {
        const to = body.type === 'net-dial' ? NETWORK : runtimeOf('node1');
        context.send(to, body, { latencyMs: 1, kind: 'call', level: 'all', label: body.type });
      }
    },
  });
  run.add({ name: API_SERVER, handle() {} });
  run.add(createNetwork({ nodes: [{ name: 'node1', ip: '192.168.49.3', podCidr: '10.244.1' }] }));
  const options = {
    node: 'node1',
    startAtMs: Date.UTC(2026, 0, 1),
    hostIp: '192.168.49.3',
    podCidr: '10.244.1',
    cpuMilli: 2000,
    memoryBytes: 4 * 1024 ** 3,
  };
  run.add(createRuntime({ ...options, images, present, standing: [] }));
  run.input(0, runtimeOf('node1'), { type: 'start' });
  const advance = (ms: number) => {
    now += ms;
    run.advance(now);
    records.push(...run.take());
  };
  const node = {
    advance,
    streams,
    dials,
    at: () => now,
    /** Makes a call and waits for its answer. */
    call(call: CriCall, limitMs = 60_000): CriAnswer {
      last += 1;
      const id = last;
      run.input(now, kubeletOf('node1'), { type: 'cri-call', id, call });
      for (const end = now + limitMs; now < end && !answers.has(id); ) advance(1);
      const found = answers.get(id);
      if (!found) throw new Error(`${call.call} was not answered`);
      return found.answer;
    },
    ok(call: CriCall): CriResult {
      const answer = node.call(call);
      if ('error' in answer) throw new Error(answer.error.message);
      return answer.ok;
    },
    send: (body: ClusterMessage) => run.input(now, kubeletOf('node1'), body),
    dial: (ip: string, port: number, path?: string) =>
      node.send({
        type: 'net-dial',
        id: 7,
        sourceIp: '192.168.49.3',
        ip,
        port,
        ...(path && { http: { method: 'GET', path, host: `${ip}:${port}`, headers: { 'User-Agent': 'kube-probe/1.36' } } }),
      }),
    fault: (fault: Omit<FaultMessage, 'type'>) => run.input(now, runtimeOf('node1'), { type: 'fault', ...fault }),
    notes: () => records.flatMap((record) => (record.type === 'note' ? [record.name] : [])),
    logs: () => records.flatMap((record) => (record.type === 'log' ? [record.text] : [])).join(''),
    records,
    sandbox: (more: Partial<Extract<CriCall, { call: 'RunPodSandbox' }>> = {}) =>
      node.ok({
        call: 'RunPodSandbox',
        pod: { uid: 'u1', name: 'web', namespace: 'default' },
        attempt: 0,
        hostname: 'web',
        hostNetwork: false,
        hostPid: false,
        sharePid: false,
        hostAliases: [],
        resolvConf: 'nameserver 10.96.0.10\n',
        hostPorts: [],
        ...more,
      }).sandboxId ?? '',
    /** Pulls, creates and starts; answers the container's id. */
    start(sandboxId: string, config: Partial<ContainerConfig> & { image: string }): string {
      node.ok({ call: 'PullImage', image: config.image, podUid: 'u1' });
      const id = node.ok({ call: 'CreateContainer', sandboxId, config: { ...CONFIG, ...config } }).containerId ?? '';
      node.call({ call: 'StartContainer', containerId: id });
      return id;
    },
    container: (id: string): RuntimeContainer | undefined =>
      node
        .ok({ call: 'PodStatus' })
        .pods?.flatMap((pod) => pod.containers)
        .find((one) => one.id === id),
    text: (containerId: string) => node.ok({ call: 'ContainerLogs', containerId, follow: false, timestamps: false }).text,
  };
  return node;
}

const CONFIG = {
  name: 'c',
  kind: 'app',
  env: [],
  mounts: [],
  attempt: 0,
  stdin: false,
  tty: false,
  terminationMessagePath: '/dev/termination-log',
} as const;

test('a sandbox has an address and an unknown image runs on quietly', () => {
  const node = createNode();
  const sandbox = node.sandbox();
  expect(node.at()).toBeGreaterThan(105);
  expect(node.at()).toBeLessThan(150);
  const id = node.start(sandbox, { image: 'shop/api:v1' });
  expect(node.container(id)).toMatchObject({ state: 'running', image: 'docker.io/shop/api:v1' });
  expect(node.ok({ call: 'PodStatus' }).pods).toMatchObject([{ state: 'ready', ip: '10.244.1.2', hostname: 'web' }]);
  expect(node.notes()).toEqual(['sandbox-ready', 'not-simulated', 'container-started']);
  node.advance(600_000);
  expect(node.ok({ call: 'StopContainer', containerId: id, timeoutMs: 30_000 })).toEqual({ containerId: id });
  expect(node.container(id)).toMatchObject({ state: 'exited', exitCode: 0, reason: 'Completed' });
});

test('a container whose command is not there never starts', () => {
  const node = createNode();
  const sandbox = node.sandbox();
  const id = node.start(sandbox, { image: 'nginx:1.14', command: ['/no/such/binary'] });
  const text =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/no/such/binary": stat /no/such/binary: no such file or directory';
  expect(node.container(id)).toMatchObject({ state: 'exited', exitCode: 128, reason: 'StartError', message: text });
  expect(node.container(id)?.startedAt).toBeUndefined();
});

test('nginx answers over the network, logs it, and leaves on its stop signal', () => {
  const node = createNode();
  const id = node.start(node.sandbox(), { image: 'nginx:1.14' });
  expect(node.container(id)).toMatchObject({ ports: [80], image: 'docker.io/library/nginx:1.14' });
  node.dial('10.244.1.2', 80, '/');
  node.advance(10);
  node.dial('10.244.1.2', 80, '/nothing');
  node.advance(10);
  node.dial('10.244.1.2', 81);
  node.advance(10);
  expect(node.dials.map(({ body }) => body)).toMatchObject([
    { outcome: 'connected', response: { status: 200, headers: { 'Content-Length': '612' } } },
    { outcome: 'connected', response: { status: 404 } },
    { outcome: 'refused' },
  ]);
  expect(node.text(id)).toBe(`192.168.49.3 - - [01/Jan/2026:00:00:02 +0000] "GET / HTTP/1.1" 200 612 "-" "kube-probe/1.36" "-"
2026/01/01 00:00:02 [error] 7#7: *2 open() "/usr/share/nginx/html/nothing" failed (2: No such file or directory), client: 192.168.49.3, server: localhost, request: "GET /nothing HTTP/1.1", host: "10.244.1.2:80"
192.168.49.3 - - [01/Jan/2026:00:00:02 +0000] "GET /nothing HTTP/1.1" 404 169 "-" "kube-probe/1.36" "-"
`);
  const before = node.at();
  node.ok({ call: 'StopContainer', containerId: id, timeoutMs: 30_000 });
  expect(node.at() - before).toBeLessThan(60);
  expect(node.container(id)).toMatchObject({ state: 'exited', exitCode: 0, reason: 'Completed', ports: [], processes: [] });
});

test('a newer nginx says what it does at the start', () => {
  const node = createNode();
  const id = node.start(node.sandbox(), { image: 'nginx' });
  expect(node.text(id)).toContain(
    'Configuration complete; ready for start up\n2026/01/01 00:00:03 [notice] 1#1: using the "epoll" event method\n',
  );
  node.dial('10.244.1.2', 80, '/');
  node.advance(10);
  expect(node.dials[0]?.body).toMatchObject({ response: { headers: { 'Content-Length': '615' } } });
});

test('a second nginx in the Pod finds the port taken and gives up', () => {
  const node = createNode();
  const sandbox = node.sandbox();
  node.start(sandbox, { image: 'nginx:1.14', name: 'a' });
  const id = node.start(sandbox, { image: 'nginx:1.14', name: 'b' });
  expect(node.container(id)?.state).toBe('running');
  node.advance(250);
  expect(node.container(id)).toMatchObject({ state: 'exited', exitCode: 1, reason: 'Error' });
  expect(node.text(id)?.split('\n').length).toBe(5 * 2 + 2 + 1);
});

test('a process can be run in a container, within its time', () => {
  const node = createNode();
  const containerId = node.start(node.sandbox(), { image: 'nginx:1.14' });
  const exec = (command: readonly string[], timeoutMs = 1000) => node.call({ call: 'ExecSync', containerId, command, timeoutMs });
  expect(exec(['nginx', '-v'])).toEqual({ ok: { exec: { exitCode: 0, output: 'nginx version: nginx/1.14.2\n', timedOut: false } } });
  const before = node.at();
  expect(exec(['sh', '-c', 'while :; do sleep 1; done'])).toMatchObject({ ok: { exec: { timedOut: true } } });
  expect(node.at() - before).toBeGreaterThan(1000);
  expect(node.at() - before).toBeLessThan(1100);
  expect(exec(['bash2'])).toMatchObject({
    error: {
      message: expect.stringMatching(
        /^failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "bash2": executable file not found in \$PATH$/,
      ),
    },
  });
  expect(node.container(containerId)?.processes).toHaveLength(1);
});

test('an exec has streams', () => {
  const node = createNode();
  const containerId = node.start(node.sandbox(), { image: 'redis:7' });
  const { stream = '' } = node.ok({ call: 'Exec', containerId, command: ['redis-cli'], stdin: true, tty: false });
  const type = (text: string) => node.send({ type: 'stream', stream, data: { fd: 0, text } });
  type('INCR count\n');
  node.advance(50);
  type('KEYS *\nquit\n');
  node.advance(50);
  const said = node.streams.flatMap((body) => (body.type === 'stream' ? [body.data] : []));
  expect(said.map(({ text }) => text ?? '').join('')).toBe('(integer) 1\n1) "count"\n');
  expect(said.at(-1)).toEqual({ end: { exitCode: 0 } });
});

test('what grows past its limit is killed whole', () => {
  const node = createNode();
  const sandbox = node.sandbox();
  const id = node.start(sandbox, {
    image: 'polinux/stress',
    command: ['stress'],
    args: ['--vm', '1', '--vm-bytes', '250M'],
    memoryLimitBytes: 100 * 1024 ** 2,
  });
  node.advance(1000);
  expect(node.container(id)).toMatchObject({ state: 'exited', exitCode: 137, reason: 'OOMKilled' });
  const other = node.start(sandbox, { image: 'nginx:1.14', memoryLimitBytes: 100 * 1024 ** 2 });
  node.fault({ kind: 'memory', pod: 'web', container: 'c', to: '60Mi' });
  node.advance(1);
  expect(node.container(other)).toMatchObject({ state: 'running', memoryBytes: 60 * 1024 ** 2 });
  node.fault({ kind: 'memory', pod: 'default/web', container: 'c', to: '200Mi' });
  node.advance(50);
  expect(node.container(other)).toMatchObject({ state: 'exited', exitCode: 137, reason: 'OOMKilled' });
});

test('without a handler process 1 outlives TERM, and a shared process namespace has another process 1', () => {
  const node = createNode();
  const stop = (containerId: string) => {
    const before = node.at();
    node.ok({ call: 'StopContainer', containerId, timeoutMs: 2000 });
    return { tookMs: node.at() - before, exitCode: node.container(containerId)?.exitCode };
  };
  const alone = stop(node.start(node.sandbox(), { image: 'luksa/kubia' }));
  expect(alone.exitCode).toBe(137);
  expect(alone.tookMs).toBeGreaterThan(2000);
  const shared = stop(node.start(node.sandbox({ sharePid: true, attempt: 1 }), { image: 'luksa/kubia' }));
  expect(shared.exitCode).toBe(143);
  expect(shared.tookMs).toBeLessThan(50);
});

test('when pause dies its containers go on, but not in a shared process namespace', () => {
  const node = createNode();
  const first = node.start(node.sandbox(), { image: 'nginx:1.14' });
  const second = node.start(node.sandbox({ pod: { uid: 'u2', name: 'shared', namespace: 'default' }, sharePid: true }), {
    image: 'nginx:1.14',
  });
  node.fault({ kind: 'kill-sandbox', pod: 'web' });
  node.fault({ kind: 'kill-sandbox', pod: 'default/shared' });
  node.advance(50);
  expect(node.ok({ call: 'PodStatus' }).pods).toMatchObject([
    { state: 'notready', ip: '' },
    { state: 'notready', ip: '' },
  ]);
  expect(node.container(first)?.state).toBe('running');
  expect(node.container(second)).toMatchObject({ state: 'exited', exitCode: 137, reason: 'Error' });
});

test('addresses are handed out in order, and a stopped sandbox gives its own back', () => {
  const node = createNode();
  const ips = () => node.ok({ call: 'PodStatus' }).pods?.map(({ ip }) => ip);
  const first = node.sandbox();
  node.sandbox({ attempt: 1 });
  node.ok({ call: 'StopPodSandbox', sandboxId: first });
  node.sandbox({ attempt: 2 });
  expect(ips()).toEqual(['', '10.244.1.3', '10.244.1.4']);
  node.ok({ call: 'RemovePodSandbox', sandboxId: first });
  expect(ips()).toEqual(['10.244.1.3', '10.244.1.4']);
});

test('a log can be read in part and followed', () => {
  const node = createNode();
  const containerId = node.start(node.sandbox(), { image: 'lab/slow:v1' });
  const read = (more: object) => node.ok({ call: 'ContainerLogs', containerId, follow: false, timestamps: false, ...more }).text;
  const { stream } = node.ok({ call: 'ContainerLogs', containerId, follow: true, timestamps: false });
  node.advance(25_000);
  expect(node.streams).toMatchObject([{ data: { text: 'warming up 20s\n' } }, { stream, data: { text: 'listening on :8080\n' } }]);
  expect(read({ tailLines: 1 })).toBe('listening on :8080\n');
  expect(read({ sinceMs: 10_000, timestamps: true })).toMatch(/^2026-01-01T00:00:2\d\.\d{3}000000Z listening on :8080\n$/);
  expect(read({ limitBytes: 7 })).toBe('warming');
  node.ok({ call: 'StopContainer', containerId, timeoutMs: 1000 });
  expect(node.streams.at(-1)).toMatchObject({ data: { end: {} } });
});

test('nobody answers from a node that is down, and containerd finds its containers gone when it is up again', () => {
  const node = createNode();
  const id = node.start(node.sandbox(), { image: 'nginx:1.14' });
  node.fault({ kind: 'node-down', node: 'node1' });
  node.dial('10.244.1.2', 80, '/');
  node.advance(60_000);
  expect(node.dials).toEqual([]);
  node.fault({ kind: 'node-up', node: 'node1' });
  expect(node.container(id)).toMatchObject({ state: 'exited', exitCode: 255, reason: 'Unknown' });
});

test('a program that hangs takes connections and answers none; one that fails answers 500', () => {
  const node = createNode();
  node.start(node.sandbox(), { image: 'nginx:1.14' });
  const dial = (kind: string, path?: string) => {
    node.fault({ kind, pod: 'web', container: 'c' });
    node.dial('10.244.1.2', 80, path);
    node.advance(100);
    return node.dials.splice(0).map(({ body }) => (body.type === 'net-answer' ? (body.response?.status ?? body.outcome) : ''));
  };
  expect(dial('app-hang', '/')).toEqual([]);
  expect(dial('app-hang')).toEqual(['connected']);
  // It goes on where it was: what had been waiting is answered, too.
  expect(dial('app-heal', '/')).toEqual([200, 200]);
  expect(dial('app-fail', '/')).toEqual([500]);
  expect(dial('app-heal', '/')).toEqual([200]);
});

test('a registry that is down is found out after half a minute', () => {
  const node = createNode();
  node.fault({ kind: 'registry-down' });
  node.advance(1);
  expect(node.call({ call: 'PullImage', image: 'nginx:1.14', podUid: 'u1' })).toMatchObject({ error: { code: 'DeadlineExceeded' } });
  expect(node.at()).toBeGreaterThan(30_000);
  node.fault({ kind: 'registry-up' });
  node.advance(1);
  expect(node.call({ call: 'PullImage', image: 'nginx:1.14', podUid: 'u1' })).toMatchObject({ ok: { image: { present: true } } });
});
