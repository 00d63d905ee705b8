// Every row of the curriculum's seeds, typed into the terminal as a reader of the tutorial would, and what comes of it. The numbers are
// those of the rows; several rows share a page.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recipe } from '../src/scenario/recipe.ts';
import { expect, type Page, test } from '@playwright/test';
import { openPage, type Podscope } from './pages/podscope.ts';
import { type Expected, TerminalPage } from './pages/terminal.ts';

const samples = fileURLToPath(new URL('../src/panels/editor/samples', import.meta.url));
const files: Record<string, string> = Object.fromEntries(
  readdirSync(samples).map((name) => [name, readFileSync(join(samples, name), 'utf8')]),
);
const seed = (name: string): string => files[`${name}.yaml`] ?? '';

const manifest = (name: string, ...containers: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers } });
const ECHO = { name: 'app', image: 'ghcr.io/subicura/echo:v1' };

/** The files as the tutorials name them. */
const FILES: Readonly<Record<string, string>> = {
  ...files,
  'pod_nginx.yaml': seed('s002_0'),
  'multipod.yaml': seed('s002_1'),
  'multipod-sleep.yaml': `${seed('s002_1').trimEnd()}\n    command: [sleep, "10000"]\n`,
  'mypod-init.yaml': seed('s002_3').replace('init-myService', 'init-myservice'),
  'two-nginx.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: two-nginx}\nspec:\n  containers:\n  - {name: web1, image: "nginx:1.14"}\n  - {name: web2, image: "nginx:1.14"}\n',
  'big.yaml': manifest('big', { name: 'big', image: 'nginx:1.14', resources: { requests: { memory: '100Gi' } } }),
  'oom.yaml': manifest('oom', {
    name: 'oom',
    image: 'polinux/stress',
    command: ['stress', '--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'],
    resources: { limits: { memory: '100Mi' } },
  }),
  'cache.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: cache}\nspec:\n  containers:\n  - name: nginx\n    image: nginx:1.14\n    volumeMounts: [{name: d, mountPath: /d}]\n  volumes: [{name: d, emptyDir: {}}]\n',
  'static-web.yaml': manifest('static-web', { name: 'web', image: 'nginx' }),
  'deployment.yaml': 'apiVersion: app/v1\nkind: Deployment\nmetadata:\n  name: x\n',
  'echo-rp.yml': manifest('echo-rp', { ...ECHO, readinessProbe: { httpGet: { path: '/not/exist', port: 8080 } } }),
  'echo-health.yml': manifest('echo-health', {
    ...ECHO,
    livenessProbe: { httpGet: { path: '/', port: 3000 } },
    readinessProbe: { httpGet: { path: '/', port: 3000 } },
  }),
  'counter.yml': manifest(
    'counter',
    { name: 'app', image: 'ghcr.io/subicura/counter:latest', env: [{ name: 'REDIS_HOST', value: 'localhost' }] },
    { name: 'db', image: 'redis' },
  ),
  'echo-pod.yml': seed('s003_0').replace(/labels:\s*\n(\s*)app: echo/, 'labels:\n    app: echo'),
};

type Row = readonly [row: string, line: string, expected: Expected];

/** A page with the files of the tutorials and a terminal, in which time passes fast. */
async function openTerminal(
  page: Page,
  inputs: Recipe['inputs'] = [],
  at = 0,
): Promise<{ readonly podscope: Podscope; readonly terminal: TerminalPage }> {
  const podscope = await openPage(page);
  const recipe: Recipe = {
    podscope: 1,
    seed: 1,
    cluster: { preset: 'three-node', startAt: '2026-01-01T00:00:00Z', nodes: [], images: [] },
    files: FILES,
    inputs,
  };
  await page.evaluate(
    ([given, to]) => {
      const { session } = window.podscope ?? {};
      session?.open(given, { at: to });
      session?.set({ isFirstVisit: false });
      session?.setPace(600);
    },
    [recipe, at] as const,
  );
  await podscope.until('the cluster stands', ({ phase }) => phase === 'ready');
  const terminal = new TerminalPage(podscope);
  await terminal.show();
  return { podscope, terminal };
}

async function rows(terminal: TerminalPage, table: readonly Row[]): Promise<void> {
  for (const [row, line, expected] of table) {
    await test.step(`${row} ${line}`, async () => {
      await terminal.run(line, expected);
    });
  }
}

const PLACEHOLDER = '<…>에는 자신의 값을 넣어야 한다';

test('seed 000: a Pod from the command line, its fields, and the slips of the tutorial', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  await rows(terminal, [
    ['0-2', 'kubectl create container', { says: 'error: Unexpected args: [container]', exit: 1 }],
    ['0-2', 'kubectl get container', { says: `error: the server doesn't have a resource type "container"`, exit: 1 }],
    ['0-3', 'kubectl run webserver --image=nginx:1.14', { says: 'pod/webserver created' }],
    [
      '0-4',
      'kebectl create -f pod-nginx.yaml',
      { says: 'bash: kebectl: command not found', exit: 127, hint: '명령의 철자는 kubectl이다.' },
    ],
    ['0-4', 'kubectl create -f pod-nginx.yaml', { says: 'error: the path "pod-nginx.yaml" does not exist', exit: 1 }],
    ['0-5', 'kubectl get pods', { says: /NAME +READY +STATUS +RESTARTS +AGE\nwebserver +1\/1 +Running +0 +\d+[sm]/ }],
    [
      '0-5',
      'kubectl get pods -o wide',
      { says: /IP +NODE +NOMINATED NODE +READINESS GATES\nwebserver .* 10\.244\.\d\.\d+ +node\d +<none> +<none>/ },
    ],
    [
      '0-3',
      'kubectl get pod webserver -o yaml',
      { says: ['run: webserver', 'imagePullPolicy: IfNotPresent', 'qosClass: BestEffort', 'schedulerName: default-scheduler'] },
    ],
    ['0-5', 'kubectl get pods webserver -o json', { says: ['"apiVersion": "v1"', '"restartPolicy": "Always"', '"phase": "Running"'] }],
    ['0-6', 'kubectl get pods webserver -o json | grep -i podip', { says: /\n {8}"podIP": "10\.244\.\d\.\d+",\n {8}"podIPs": \[/ }],
    ['0-7', 'curl <pod’s IP address', { says: 'bash: pod’s: No such file or directory', exit: 1, hint: PLACEHOLDER }],
    ['0-7', 'curl -m 2 10.244.1.2', { exit: 28, hint: '파드와 서비스의 주소는 노드와 파드에서만 통한다' }],
  ]);
  const ip = await page.evaluate(() => {
    const { trace } = window.podscope?.session.store.getState() ?? {};
    const pod = trace?.row('/registry/pods/default/webserver', trace.lastStep) as { status: { podIP: string } } | undefined;
    return pod?.status.podIP ?? '';
  });
  await rows(terminal, [['0-7', `ssh node1 curl -s ${ip}`, { says: '<h1>Welcome to nginx!</h1>' }]]);
  await test.step('0-3 the stage and the timeline show the Pod', async () => {
    await podscope.untilOver();
    await expect(podscope.pod('webserver')).toHaveAttribute('data-status', 'Running');
    expect(await podscope.lane('STATUS')).toEqual(expect.arrayContaining(['ContainerCreating', 'Running']));
  });
});

test('seed 000: two containers in one Pod, and a shell in one of them', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  await rows(terminal, [
    ['0-8', 'kubectl create -f multipod-sleep.yaml', { says: 'pod/multipod created' }],
    ['0-8', 'kubectl get pods', { says: /multipod +2\/2 +Running +0/ }],
    [
      '0-9',
      'kubectl describe pod multipod',
      {
        says: [
          /Containers:\n {2}nginx-container:/,
          '  centos-container:',
          /Command:\n {6}sleep\n {6}10000/,
          'Successfully assigned default/multipod',
        ],
      },
    ],
  ]);
  await test.step('0-10 kubectl exec multipod -c nginx-container -it -- /bin/bash', async () => {
    await terminal.type('kubectl exec multipod -c nginx-container -it -- /bin/bash', 'root@multipod:/# ');
    await terminal.type('hostname', /hostname\nmultipod\nroot@multipod:\/# $/);
    await terminal.type('hostname -i', /hostname -i\n10\.244\.\d\.\d+\n/);
    await terminal.run('exit');
  });
  await rows(terminal, [
    ['0-11', 'kubectl exec multipod -c centos-container -- hostname', { says: /\nmultipod$/m }],
    ['0-11', 'kubectl exec multipod -c centos-container -- curl -s localhost:80', { says: '<h1>Welcome to nginx!</h1>' }],
  ]);
  await test.step('0-8 the stage shows both', async () => {
    await expect(podscope.container('multipod', 'nginx-container')).toHaveAttribute('data-state', 'Running');
    await expect(podscope.container('multipod', 'centos-container')).toHaveAttribute('data-state', 'Running');
  });
});

test('seed 001: logs, port-forward, labels', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  const log = '$는 셸의 프롬프트이고 명령에 들지 않는다.';
  await rows(terminal, [
    ['1-6', '$kubectl get pods', { says: 'bash: get: command not found', exit: 127, hint: log }],
    ['1-6', '$ kubectl get pods', { says: 'No resources found in default namespace.', hint: log }],
    ['1-7', 'kubectl get po kubia-zxzij -o yaml', { says: 'Error from server (NotFound): pods "kubia-zxzij" not found', exit: 1 }],
    ['1-9', 'kubectl create -f s001_0.yaml', { says: 'pod/kubia-manual created' }],
    ['1-9', 'kubectl get po kubia-manual -o yaml', { says: ['imagePullPolicy: Always', 'containerPort: 8080'] }],
    ['1-10', 'kubectl get po kubia-manual -o json', { says: '"image": "luksa/kubia"' }],
    ['1-10', 'kubectl get pods', { says: /kubia-manual +1\/1 +Running/ }],
    [
      '1-10',
      'kubectl create -f s001_0.yaml',
      { says: 'Error from server (AlreadyExists): error when creating "s001_0.yaml": pods "kubia-manual" already exists', exit: 1 },
    ],
    // bash reads both brackets: the second one is what it stumbles over.
    ['1-11', 'docker logs <container id>', { says: "bash: syntax error near unexpected token `newline'", exit: 2, hint: PLACEHOLDER }],
    ['1-11', 'docker logs <container id', { says: 'bash: container: No such file or directory', exit: 1, hint: PLACEHOLDER }],
    ['1-11', 'docker ps', { says: 'bash: docker: command not found', exit: 127, hint: 'containerd가 실행한다' }],
    ['1-12', 'kubectl logs kubia-manual', { says: 'Kubia server starting...' }],
    ['1-12', 'kubectl logs kubia-manual -c kubia', { says: 'Kubia server starting...' }],
    [
      '1-12',
      'kubectl logs kubia-manual -c nginx',
      { says: 'error: container nginx is not valid for pod kubia-manual out of: kubia', exit: 1 },
    ],
  ]);
  await test.step('1-13 kubectl port-forward kubia-manual 8888:8080', async () => {
    await terminal.type('kubectl port-forward kubia-manual 8888:8080', 'Forwarding from 127.0.0.1:8888 -> 8080');
    const second = new TerminalPage(podscope, '2');
    await second.show();
    await second.run('curl localhost:8888', { says: "You've hit kubia-manual" });
    await second.run('curl locahost:8888', {
      says: 'curl: (6) Could not resolve host: locahost',
      exit: 6,
      hint: '이름의 철자는 localhost이다.',
    });
    await second.run('kubectl logs kubia-manual', { says: 'Received request from' });
    await terminal.show();
    await terminal.shows('Handling connection for 8888');
    await terminal.field.press('Control+c');
    await terminal.shows('종료 코드 130');
  });
  await rows(terminal, [
    ['1-15', 'kubectl create -f s001_1.yaml', { says: 'pod/kubia-manual-v2 created' }],
    ['1-16', 'kubectl get po --show-labels', { says: /kubia-manual-v2 .* creation_method=manual,env=prod/ }],
    [
      '1-16',
      'kubectl get po -L creation_method,env',
      { says: [/AGE +CREATION_METHOD +ENV\n/, /kubia-manual-v2 +1\/1 +Running .* manual +prod/] },
    ],
    ['1-16', 'kubectl get po -L', { says: "error: flag needs an argument: 'L' in -L", exit: 1 }],
    ['1-17', 'kubectl label po kubia-manual creation_method=manual', { says: 'pod/kubia-manual labeled' }],
    [
      '1-17',
      'kubectl label po kubia-manual-v2 env=debug',
      { says: "error: 'env' already has a value (prod), and --overwrite is false", exit: 1 },
    ],
    ['1-17', 'kubectl label po kubia-manual-v2 env=debug --overwrite', { says: 'pod/kubia-manual-v2 labeled' }],
    ['1-14', 'kubectl get po -l creation_method=manual -o name', { says: /pod\/kubia-manual\npod\/kubia-manual-v2/ }],
    ['1-14', "kubectl get po -l '!env' -o name", { says: /-o name\npod\/kubia-manual(\n|$)(?!pod)/ }],
    ['1-17', 'kubectl label po kubia-manual-v2 env-', { says: 'pod/kubia-manual-v2 unlabeled' }],
  ]);
  await test.step('1-8 metadata, spec and status of an object', async () => {
    await terminal.run('kubectl get po kubia-manual -o yaml', { says: [/\nmetadata:\n/, /\nspec:\n/, /\nstatus:\n/] });
    await terminal.run('kubectl explain pod', { says: ['KIND:       Pod', 'Specification of the desired behavior of the pod.'] });
  });
});

test('seed 001: one network for a Pod, and none between Pods to be crossed', async ({ page }) => {
  const { terminal } = await openTerminal(page);
  await test.step('1-3 two servers, one port', async () => {
    await terminal.run('kubectl apply -f two-nginx.yaml', { says: 'pod/two-nginx created' });
    await terminal.run('kubectl logs two-nginx -c web2', {
      says: ['bind() to 0.0.0.0:80 failed (98: Address already in use)', 'still could not bind()'],
    });
    await terminal.run('kubectl get pods', { says: /two-nginx +1\/2 +(Error|CrashLoopBackOff)|two-nginx +2\/2 +Running +[2-9]/ });
    await terminal.run('kubectl get pod two-nginx -o jsonpath={.status.containerStatuses[1].lastState.terminated.exitCode}', {
      says: /exitCode}\n1(\n|$)/,
    });
  });
  await test.step('1-4 a Pod reaches another on another node, and is seen with its own address', async () => {
    await terminal.run('kubectl run web --image=nginx:1.14', { says: 'pod/web created' });
    await terminal.run('kubectl run client --image=busybox:1.28 --command -- sleep 10000', { says: 'pod/client created' });
    await terminal.run('kubectl wait --for=condition=Ready pod/web pod/client', { says: 'pod/client condition met' });
    await terminal.run("kubectl exec client -- wget -qO- $(kubectl get pod web -o jsonpath='{.status.podIP}')", {
      says: '<h1>Welcome to nginx!</h1>',
    });
    await terminal.run('kubectl logs web | grep -c "^$(kubectl get pod client -o jsonpath=\'{.status.podIP}\') "', { says: /\n1$/m });
  });
});

test('seed 002: one name for five manifests, and what the API server says to each', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  const immutable = 'The Pod "mypod" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`';
  await rows(terminal, [
    ['2-2', 'kubectl create -f pod_nginx.yaml', { says: 'pod/mypod created' }],
    ['2-8', 'kubectl get pods', { says: /mypod +1\/1 +Running/ }],
    ['2-3', 'kubectl create -f s002_2.yaml', { says: 'pods "mypod" already exists', exit: 1 }],
    ['2-3', 'kubectl apply -f s002_2.yaml', { says: [immutable, '+   "LivenessProbe": {', '+    "InitialDelaySeconds": 15,'], exit: 1 }],
    ['2-3', 'kubectl apply -f s002_5.yaml', { says: [immutable, '+     "Name": "MYVAR",'], exit: 1 }],
    [
      '2-17',
      'kubectl create -f s002_4.yaml',
      {
        says: 'Error from server (BadRequest): error when creating "s002_4.yaml": Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].resource"',
        exit: 1,
      },
    ],
    ['2-17', 'kubectl create -f s002_4.yaml --dry-run=client', { says: 'pod/mypod created (dry run)' }],
    ['2-1', 'kubectl get pod mypod -o wide', { says: /10\.244\.\d\.\d+/ }],
    ['2-3', 'kubectl delete -f s002_0.yaml', { says: 'pod "mypod" deleted from default namespace' }],
    [
      '2-17',
      'kubectl create -f s002_4.yaml --validate=warn',
      { says: ['Warning: unknown field "spec.containers[0].resource"', 'pod/mypod created'] },
    ],
    ['2-17', 'kubectl get pod mypod -o jsonpath={.spec.containers[0].resources}', { says: /resources}\n\{\}/ }],
    ['2-3', 'kubectl delete pod mypod', { says: 'pod "mypod" deleted from default namespace' }],
    ['2-9', 'kubectl create -f s002_2.yaml', { says: 'pod/mypod created' }],
    [
      '2-9',
      'kubectl describe pod mypod',
      { says: ['Liveness:       http-get http://:80/ delay=15s timeout=1s period=20s #success=1 #failure=3', 'Restart Count:  0'] },
    ],
  ]);
  await test.step('2-8 phase and STATUS are two things; 2-9 the first probe comes 20 s after the start', async () => {
    await podscope.untilOver();
    expect(await podscope.lane('STATUS')).toEqual(expect.arrayContaining(['ContainerCreating', 'Running']));
    await expect(podscope.pod('mypod')).toHaveAttribute('data-phase', 'Running');
    const first = await page.evaluate(() => {
      const { trace } = window.podscope?.session.store.getState() ?? {};
      const started = trace?.notesNamed('container-started').at(-1);
      const probe = trace?.notesNamed('probe-result').find(({ id }) => id > (started?.id ?? 0));
      return (probe?.at ?? 0) - (started?.at ?? 0);
    });
    expect(first).toBeGreaterThan(19_000);
    expect(first).toBeLessThan(21_500);
  });
  await rows(terminal, [
    ['2-20', 'kubectl delete pod mypod', { says: 'deleted' }],
    ['2-20', 'kubectl create -f s002_5.yaml', { says: 'pod/mypod created' }],
    ['2-20', 'kubectl exec mypod -- printenv MYVAR', { says: /MYVAR\ntest/ }],
  ]);
});

test('seed 002: centos without a command, and what the claim of the tutorial comes to', async ({ page }) => {
  // Between two starts of centos, which last no second each: there a shell could still be had.
  const { podscope, terminal } = await openTerminal(page, [{ at: 0, run: 'kubectl create -f multipod.yaml', terminal: '1' }], 30_000);
  await podscope.setPace(1);
  await test.step('2-4 kubectl create -f multipod.yaml', () => terminal.shows('pod/multipod created'));
  await rows(terminal, [
    ['2-4', 'kubectl get pods', { says: /multipod +1\/2 +(NotReady|CrashLoopBackOff) +\d \(\d+s ago\)/ }],
    [
      '2-4',
      'kubectl exec multipod -it -c centos-container -- bash',
      { says: 'error: Internal error occurred: unable to upgrade connection: container not found ("centos-container")', exit: 1 },
    ],
  ]);
  await podscope.setPace(600);
  await rows(terminal, [
    ['2-7', 'kubectl logs multipod -c nginx-container', {}],
    [
      '2-10',
      'kubectl describe pod multipod',
      { says: 'Container image "centos:7" already present on machine and can be accessed by the pod' },
    ],
    ['2-5', 'curl locahost:80', { says: 'curl: (6) Could not resolve host: locahost', exit: 6, hint: '이름의 철자는 localhost이다.' }],
  ]);
  await test.step('2-6 for about a second after a restart STATUS says 2/2 Running', async () => {
    await podscope.untilOver();
    const seen = await page.evaluate(() => {
      const { trace } = window.podscope?.session.store.getState() ?? {};
      type Status = { status: { containerStatuses?: { ready: boolean; restartCount: number }[] } };
      return (trace?.history('/registry/pods/default/multipod') ?? []).flatMap(({ value }) => {
        const all = (value as Status | undefined)?.status.containerStatuses ?? [];
        return all.length > 0 && all.every(({ ready }) => ready) ? [Math.max(...all.map(({ restartCount }) => restartCount))] : [];
      });
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(await podscope.lane('STATUS')).toContain('CrashLoopBackOff');
  });
});

test('seed 002: init, resources, and a container that takes too much memory', async ({ page }) => {
  const { terminal } = await openTerminal(page);
  await rows(terminal, [
    [
      '2-12',
      'kubectl create -f s002_3.yaml',
      {
        says: 'The Pod "mypod" is invalid: spec.initContainers[0].name: Invalid value: "init-myService": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or',
        exit: 1,
      },
    ],
    ['2-12', 'kubectl create -f mypod-init.yaml', { says: 'pod/mypod created' }],
    ['2-12', 'kubectl get pods', { says: /mypod +0\/1 +Init:(ErrImagePull|ImagePullBackOff)/ }],
    ['2-13', 'kubectl logs mypod', { says: 'container "nginx-container" in pod "mypod" is waiting to start: PodInitializing', exit: 1 }],
    ['2-12', 'kubectl describe pod mypod', { says: /Failed to pull image "sample:1.28": .*pull access denied, repository does not exist/ }],
    ['2-12', 'kubectl delete pod mypod --now', { says: 'deleted' }],
    ['2-19', 'kubectl create -f big.yaml', { says: 'pod/big created' }],
    ['2-19', 'kubectl get pods', { says: /big +0\/1 +Pending/ }],
    ['2-19', 'kubectl describe pod big', { says: '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient memory.' }],
    ['2-18', 'kubectl create -f oom.yaml', { says: 'pod/oom created' }],
    ['2-18', 'kubectl get pod oom -o wide', { says: /oom +0\/1 +(OOMKilled|CrashLoopBackOff) +\d \(\d+s ago\) +\S+ +10\.244/ }],
    ['2-18', 'kubectl get pod oom -o jsonpath={.status.containerStatuses[0].lastState.terminated.reason}', { says: /reason}\nOOMKilled/ }],
    [
      '2-21',
      'kubectl get events --field-selector involvedObject.name=oom -o custom-columns=R:.reason --no-headers | sort | uniq -c',
      { says: /1 Scheduled/ },
    ],
  ]);
});

test('seed 002: static Pods, on the node itself', async ({ page }) => {
  const { terminal } = await openTerminal(page);
  await rows(terminal, [
    [
      '2-16',
      'cat /var/lib/kubelet/config.yaml',
      { says: 'cat: /var/lib/kubelet/config.yaml: No such file or directory', exit: 1, hint: '노드로 들어가 보자: ssh node1' },
    ],
    ['2-14', 'kubectl run web --image=nginx:1.14', { says: 'pod/web created' }],
    ['2-14', 'kubectl get pods', { says: /web +1\/1/ }],
  ]);
  await test.step('2-16 ssh node1, cat /var/lib/kubelet/config.yaml', async () => {
    await terminal.type('ssh node1', 'root@node1:~# ');
    await terminal.type('cat /var/lib/kubelet/config.yaml', 'staticPodPath: /etc/kubernetes/manifests');
    await terminal.type('docker ps', 'bash: docker: command not found');
  });
  await test.step('2-14 pause is not in kubectl get pod: the runtime has the sandbox', async () => {
    await terminal.type('crictl pods', /STATE +NAME +NAMESPACE +ATTEMPT +RUNTIME\n[\s\S]*Ready +kube-proxy-\w{5} +kube-system/);
    await terminal.type('crictl ps', /CONTAINER +IMAGE +CREATED +STATE +NAME +ATTEMPT +POD ID +POD/);
    await terminal.type('crictl images', /registry\.k8s\.io\/kube-proxy +v1\.36\.3/);
    await terminal.type('ps aux | grep -c "[/]pause"', /pause"\n[12]\n/);
    await terminal.run('exit', { says: 'Connection to node1 closed.' });
  });
  await rows(terminal, [
    ['2-15', 'cat static-web.yaml | ssh node1 "cat > /etc/kubernetes/manifests/static-web.yaml"', {}],
    ['2-15', 'kubectl get pods', { says: /static-web-node1 +1\/1 +Running/ }],
    [
      '2-15',
      'kubectl get pod static-web-node1 -o yaml',
      { says: ['kubernetes.io/config.mirror:', 'kubernetes.io/config.source: file', 'kind: Node', 'nodeName: node1'] },
    ],
    ['2-15', 'kubectl delete pod static-web-node1', { says: 'pod "static-web-node1" deleted from default namespace' }],
    ['2-15', 'kubectl get pods', { says: /static-web-node1 +1\/1 +Running/ }],
    ['2-15', 'ssh node1 rm /etc/kubernetes/manifests/static-web.yaml', {}],
    ['2-15', 'kubectl get pod static-web-node1', { says: 'Error from server (NotFound): pods "static-web-node1" not found', exit: 1 }],
  ]);
});

test('seed 003: echo, its logs and its shell', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  await rows(terminal, [
    ['3-1', 'kubectl run echo --image ghcr.io/subicura/echo:v1', { says: 'pod/echo created' }],
    ['3-10', 'kubectl get po', { says: /echo +1\/1 +Running +0/ }],
    ['3-2', 'kubectl get deployments', { says: 'No resources found in default namespace.' }],
    [
      '3-3',
      'kubectl desribe pod/echo',
      {
        says: /error: unknown command "desribe" for "kubectl"\n+Did you mean this\?\n\tdescribe\n/,
        exit: 1,
        hint: '동사에 오타가 있을까?',
      },
    ],
    [
      '3-4',
      'kubectl describe pod/echo',
      {
        says: [
          /Scheduled .*default-scheduler +Successfully assigned default\/echo to node\d/,
          /Pulling .*Pulling image "ghcr\.io\/subicura\/echo:v1"/,
          /Successfully pulled image "ghcr\.io\/subicura\/echo:v1" in [\d.]+m?s \([\d.]+m?s including waiting\)\. Image size: \d+ bytes\./,
          'Container created',
          'Container started',
        ],
      },
    ],
    ['3-9', 'kubectl get pod echo --show-labels', { says: 'run=echo' }],
    ['3-10', 'kubectl logs echo', {}],
  ]);
  await test.step('3-10 kubectl logs -f echo, ended with Ctrl-C', async () => {
    await terminal.enter('kubectl logs -f echo');
    await expect(page.getByRole('button', { name: '중단 (Ctrl+C)' })).toBeVisible();
    await terminal.field.press('Control+c');
    await terminal.shows('종료 코드 130');
  });
  await test.step('3-10 kubectl exec -it echo -- sh; ls, ps, exit', async () => {
    await terminal.type('kubectl exec -it echo -- sh', '/app # ');
    await terminal.type('ls', /ls\nserver\n/);
    await terminal.type('ps', /PID +USER +TIME +COMMAND\n +1 root +0:00 \/app\/server/);
    await terminal.run('exit');
  });
  await test.step('3-5 the scheduler watches and assigns, the kubelet watches and creates', async () => {
    await podscope.untilOver();
    const names = await page.evaluate(() => {
      const { trace } = window.podscope?.session.store.getState() ?? {};
      const wanted = ['object-stored', 'scheduling-attempt', 'pod-bound', 'pod-seen', 'sandbox-ready', 'container-started', 'pod-ready'];
      const of = (trace?.notes ?? []).filter((note) => note.subject === '/registry/pods/default/echo' && wanted.includes(note.name));
      return [...new Set(of.map(({ name }) => name))];
    });
    expect(names).toEqual([
      'object-stored',
      'scheduling-attempt',
      'pod-bound',
      'pod-seen',
      'sandbox-ready',
      'container-started',
      'pod-ready',
    ]);
    await expect(podscope.pod('echo')).toHaveAttribute('data-status', 'Running');
  });
  await rows(terminal, [
    ['3-6', 'kubectl delete pod/echo', { says: 'pod "echo" deleted from default namespace' }],
    [
      '3-7',
      'kubectl apply -f s003_0.yaml',
      { says: 'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "metadata.app"', exit: 1 },
    ],
    ['3-7', 'kubectl apply -f s003_0.yaml --validate=false', { says: 'pod/echo created' }],
    ['3-7', 'kubectl get po --show-labels', { says: /echo +1\/1 +Running .*<none>/ }],
    ['3-10', 'kubectl delete pod echo', { says: 'deleted' }],
    [
      '3-8',
      'kubectl apply -f deployment.yaml',
      {
        says: 'error: resource mapping not found for name: "x" namespace: "" from "deployment.yaml": no matches for kind "Deployment" in version "app/v1"\nensure CRDs are installed first',
        exit: 1,
      },
    ],
    ['3-10', 'kubectl apply -f echo-pod.yml', { says: 'pod/echo created' }],
    ['3-9', 'kubectl get po -l app=echo', { says: /echo +1\/1 +Running/ }],
    ['3-10', 'kubectl delete -f echo-pod.yml', { says: 'pod "echo" deleted from default namespace' }],
  ]);
});

test('seed 003: probes, and app and redis in one Pod', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  await rows(terminal, [
    ['3-12', 'kubectl apply -f s003_1.yaml', { says: 'pod/echo-lp created' }],
    ['3-12', 'kubectl get po', { later: true, says: /echo-lp +[01]\/1 +(Running|CrashLoopBackOff) +[34] \(\d+s ago\)/ }],
    [
      '3-12',
      'kubectl describe po echo-lp',
      {
        says: [
          /Liveness probe failed: Get "http:\/\/10\.244\.\d\.\d+:8080\/not\/exist": dial tcp 10\.244\.\d\.\d+:8080: connect: connection refused/,
          'Container app failed liveness probe, will be restarted',
          'Back-off restarting failed container app in pod echo-lp_default',
        ],
      },
    ],
    ['3-13', 'kubectl apply -f echo-rp.yml', { says: 'pod/echo-rp created' }],
    ['3-11', 'kubectl get po echo-rp', { later: true, says: /echo-rp +0\/1 +Running +0/ }],
    ['3-13', 'kubectl apply -f echo-health.yml', { says: 'pod/echo-health created' }],
    ['3-13', 'kubectl get po echo-health', { later: true, says: /echo-health +1\/1 +Running +0/ }],
    ['3-13', 'kubectl apply -f counter.yml', { says: 'pod/counter created' }],
    ['3-13', 'kubectl get po counter', { says: /counter +2\/2 +Running/ }],
    ['3-13', 'kubectl logs counter', { says: 'Defaulted container "app" out of: app, db' }],
    ['3-13', 'kubectl logs counter -c db', { says: 'Ready to accept connections' }],
  ]);
  await test.step('3-13 telnet localhost 6379: dbsize, KEYS *, GET count, quit', async () => {
    await terminal.type('kubectl exec -it counter -c app -- sh', /# $/);
    await terminal.type('curl localhost:3000', /localhost:3000\n1\n/);
    await terminal.type('curl localhost:3000', /localhost:3000\n2\n/);
    await terminal.type('telnet localhost 6379', "Connected to localhost.\nEscape character is '^]'.");
    await terminal.type('dbsize', /dbsize\n:1(\n|$)/);
    await terminal.type('KEYS *', /KEYS \*\n\*1\n\$5\ncount(\n|$)/);
    await terminal.type('GET count', /GET count\n\$1\n2(\n|$)/);
    await terminal.type('quit', /quit\n\+OK\nConnection closed by foreign host\./);
    await terminal.enter('exit');
    await terminal.shows('종료 코드 1');
  });
  await test.step('3-12 the timeline shows the probes that failed', async () => {
    await podscope.untilOver();
    await page.evaluate(() => window.podscope?.session.select('/registry/pods/default/echo-lp'));
    await expect(podscope.timeline.locator('[data-lane="app"] [data-probe="liveness"][data-ok="false"]').first()).toBeAttached();
  });
});

test('seed 004: a Pod from a file, and a second container in it', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  const noDashes = 'error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead';
  const dashes = '파드와 그 안에서 실행할 명령 사이에 --를 둔다';
  await rows(terminal, [
    ['4-2', 'kubectl apply -f s004_0.yaml', { says: 'pod/my-nginx-pod created' }],
    ['4-2', 'kubectl get pod my-nginx-pod -o jsonpath={.spec.containers[0].imagePullPolicy}', { says: /Policy}\nAlways/ }],
    [
      '4-4',
      'kubectl get my-nginx-pod',
      { says: `error: the server doesn't have a resource type "my-nginx-pod"`, exit: 1, hint: '첫 낱말은 오브젝트의 종류이고' },
    ],
    ['4-4', 'kubectl describe pods my-nginx-pod', { says: 'Name:             my-nginx-pod' }],
    [
      '4-5',
      'kubectl exec -it my-nginx-pod bash',
      { says: [noDashes, "See 'kubectl exec -h' for help and examples"], exit: 1, hint: dashes },
    ],
    [
      '4-5',
      'kubectl exec -it my-nginx-pod -c "ubuntu-sidecar-container" bash',
      { says: [noDashes, "See 'kubectl exec -h' for help and examples"], exit: 1, hint: dashes },
    ],
    ['4-6', 'kubectl delete -f ', { says: "error: flag needs an argument: 'f' in -f", exit: 1, hint: '-f 뒤에는 파일 이름이 온다' }],
    [
      '4-7',
      'kubectl apply -f s004_1.yaml',
      { says: 'The Pod "my-nginx-pod" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers', exit: 1 },
    ],
    [
      '4-7',
      'kubectl create -f s004_1.yaml',
      { says: 'Error from server (AlreadyExists): error when creating "s004_1.yaml": pods "my-nginx-pod" already exists', exit: 1 },
    ],
    ['4-7', 'kubectl delete -f s004_0.yaml', { says: 'pod "my-nginx-pod" deleted from default namespace' }],
    ['4-8', 'kubectl apply -f s004_1.yaml', { says: 'pod/my-nginx-pod created' }],
    ['4-8', 'kubectl get pods', { says: /my-nginx-pod +2\/2 +Running/ }],
  ]);
  await test.step('4-8 kubectl exec -it my-nginx-pod -c ubuntu-sidecar-container -- bash; curl localhost', async () => {
    await terminal.type('kubectl exec -it my-nginx-pod -c ubuntu-sidecar-container -- bash', 'root@my-nginx-pod:/# ');
    await terminal.type('curl localhost', '<h1>Welcome to nginx!</h1>');
    await terminal.type('hostname', /hostname\nmy-nginx-pod\n/);
    await terminal.type('ps aux', /root +1 .* tail -f \/dev\/null\n/);
    expect(await terminal.block()).not.toContain('nginx: worker');
    await terminal.run('exit');
  });
  await rows(terminal, [
    ['4-9', 'kubectl exec my-nginx-pod -c my-nginx-container -- hostname', { says: /\nmy-nginx-pod(\n|$)/ }],
    ['4-3', 'curl -m 2 172.18.0.3:80', { exit: 28 }],
  ]);
  await test.step('4-10 one sandbox for both, on the node', async () => {
    const node = await page.evaluate(() => {
      const { trace } = window.podscope?.session.store.getState() ?? {};
      const pod = trace?.row('/registry/pods/default/my-nginx-pod', trace.lastStep) as { spec: { nodeName: string } } | undefined;
      return pod?.spec.nodeName ?? '';
    });
    await terminal.run(`ssh ${node} crictl pods --name my-nginx-pod -q`, { says: /-q\n[0-9a-f]{64}(\n|$)(?![0-9a-f])/ });
    await terminal.run(`ssh ${node} crictl ps`, { says: ['my-nginx-container', 'ubuntu-sidecar-cont'] });
    await expect(podscope.container('my-nginx-pod', 'ubuntu-sidecar-container')).toHaveAttribute('data-state', 'Running');
  });
});

test('rows that are pictures and ideas: the views that show them', async ({ page }) => {
  const { podscope, terminal } = await openTerminal(page);
  await rows(terminal, [
    [
      '2-11',
      'kubectl explain pod.spec.containers.livenessProbe',
      { says: ['exec\t<ExecAction>', 'httpGet\t<HTTPGetAction>', 'tcpSocket\t<TCPSocketAction>'] },
    ],
    ['0-8', 'kubectl create -f multipod-sleep.yaml', { says: 'pod/multipod created' }],
    ['0-8', 'kubectl get pods', { says: /multipod +2\/2 +Running/ }],
  ]);
  const key = '/registry/pods/default/multipod';
  await test.step('0-2 the Pod view: pause and the containers in one box, one network', async () => {
    await podscope.untilOver();
    await page.evaluate((selection) => {
      window.podscope?.session.select(selection);
      window.podscope?.session.setTab('pod');
    }, key);
    const figure = page.locator('main');
    await expect(figure.locator('[data-container="pause"]').first()).toBeVisible();
    for (const name of ['nginx-container', 'centos-container'])
      await expect(figure.locator(`[data-container="${name}"][data-kind="app"]`).first()).toContainText(name);
    await expect(figure.getByRole('group', { name: '네트워크 네임스페이스: 모든 컨테이너가 함께 쓴다' })).toBeVisible();
  });
  await test.step('0-12 who does what on the way of a Pod, told by the captions', async () => {
    const told = async (name: string): Promise<string> => {
      await page.evaluate((wanted) => {
        const { session } = window.podscope ?? {};
        const note = session?.store
          .getState()
          .trace.notesNamed(wanted)
          .find(({ subject }) => subject === '/registry/pods/default/multipod');
        if (note) session?.goTo(note.id);
      }, name);
      return podscope.caption.innerText();
    };
    expect(await told('object-stored')).toContain('etcd');
    expect(await told('scheduling-attempt')).toMatch(/스케줄러|node\d/);
    expect(await told('pod-seen')).toContain('kubelet');
    await podscope.until('STATUS told', () => true);
    const lane = await podscope.lane('STATUS');
    expect(lane.indexOf('ContainerCreating')).toBeLessThan(lane.indexOf('Running'));
  });
  await test.step('1-8 metadata, spec and status are told apart in the YAML of the inspector', async () => {
    await page.evaluate((selection) => window.podscope?.session.select(selection), key);
    await page.getByTestId('inspector').getByRole('tab', { name: 'YAML', exact: true }).click();
    const yaml = page.getByTestId('yaml');
    await expect(yaml).toContainText('spec:바라는 모습. 사람이 쓴다');
    await expect(yaml).toContainText('status:지금의 모습. 클러스터가 쓴다');
    await expect(yaml.locator('[data-part="metadata"]').first()).toContainText('metadata:');
  });
  await test.step('1-2, 1-14, 2-1, 2-8, 2-10, 2-18, 2-21, 4-1, 4-3, 4-9 the words that are mixed up', async () => {
    await page.getByRole('button', { name: '단축키와 도움말' }).first().click();
    await page.getByRole('button', { name: '헷갈리기 쉬운 말' }).click();
    const glossary = page.getByTestId('glossary');
    for (const [term, text] of [
      ['Linux namespace ≠ Namespace', '오브젝트의 이름을 나누는 폴더'],
      ['label, selector', '파드를 담는 상위 집합이 아니다'],
      ['Pod IP ≠ ClusterIP', 'ClusterIP는 서비스의 주소다'],
      ['phase ≠ STATUS', 'ContainerCreating과 CrashLoopBackOff는 phase가 아니다'],
      ['liveness, readiness, startup', '이미지를 다시 받지는 않는다'],
      ['restart ≠ reschedule', '같은 노드, 같은 파드에서 다시 시작한다'],
      ['Docker, Swarm, Kubernetes', 'Swarm은 서비스를'],
      ['containerPort, hostPort', 'EXPOSE처럼'],
      ['pause', '노드의 crictl pods에 보인다'],
    ] as const)
      await expect(glossary.locator(`[data-term="${term}"]`)).toContainText(text);
    await page.getByRole('searchbox').fill('hostPort');
    await expect(glossary.locator('[data-term]')).toHaveCount(1);
    await page.keyboard.press('Escape');
  });
});

test('what a Pod takes with it, what a port in a manifest does not do, and the exercises of seed 003', async ({ page }) => {
  const { terminal } = await openTerminal(page);
  await rows(terminal, [
    ['2-21', 'kubectl apply -f cache.yaml', { says: 'pod/cache created' }],
    ['2-21', "kubectl exec cache -- sh -c 'echo kept > /d/f'", { later: true }],
    ['2-21', 'kubectl exec cache -- kill 1', {}],
    ['2-21', 'kubectl get pod cache', { later: true, says: /cache +1\/1 +Running +1 / }],
    ['2-21', 'kubectl exec cache -- cat /d/f', { says: /\nkept$/ }],
    ['2-21', 'kubectl delete pod cache', { says: 'pod "cache" deleted from default namespace' }],
    ['2-21', 'kubectl apply -f cache.yaml', { says: 'pod/cache created' }],
    ['2-21', 'kubectl exec cache -- cat /d/f', { later: true, says: 'cat: /d/f: No such file or directory', exit: 1 }],
    ['4-3', 'kubectl run bare --image=nginx:1.14', { says: 'pod/bare created' }],
    ['4-3', 'kubectl get pod bare -o jsonpath={.spec.containers[0].ports}', { later: true, says: /ports}$/ }],
    [
      '4-3',
      'ssh node1 curl -s $(kubectl get pod bare -o jsonpath={.status.podIP}) | grep title',
      { says: '<title>Welcome to nginx!</title>' },
    ],
    ['3-13', 'kubectl run mongodb --image=mongo:4', { says: 'pod/mongodb created' }],
    ['3-13', 'kubectl run mariadb --image=mariadb:10.7 --env=MYSQL_ROOT_PASSWORD=123456', { says: 'pod/mariadb created' }],
    ['3-13', 'kubectl get pods mongodb mariadb', { later: true, says: [/mongodb +1\/1 +Running +0/, /mariadb +1\/1 +Running +0/] }],
  ]);
});
