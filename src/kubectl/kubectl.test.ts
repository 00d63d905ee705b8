// kubectl against a scripted API: what it asks for, what it prints, how it ends.
import { expect, test } from 'vitest';
import type { ApiRequest, ApiResponse, StreamData } from '../cluster/api/request.ts';
import type { KubectlAnswer, KubectlAsk } from './ask.ts';
import { kubectl } from './kubectl.ts';

const NOW = Date.parse('2026-01-01T00:01:00Z');
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', uid: 'u', labels: { app: 'web' }, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { containers: [{ name: 'c', image: 'nginx:1.14' }] },
  status: { phase: 'Running' },
};
const TWO = { ...POD, spec: { containers: [{ name: 'a' }, { name: 'b' }], initContainers: [{ name: 'i' }] } };
const NOT_FOUND: ApiResponse = {
  code: 404,
  body: { kind: 'Status', reason: 'NotFound', message: 'pods "web" not found', code: 404 },
  warnings: [],
};
const ok = (body: unknown): ApiResponse => ({ code: 200, body, warnings: [] });

interface World {
  readonly answers?: readonly ApiResponse[];
  readonly files?: Readonly<Record<string, string>>;
  readonly stream?: readonly StreamData[];
}

function run(line: string, world: World = {}) {
  const requests: ApiRequest[] = [];
  const answers = [...(world.answers ?? [])];
  const pieces = [...(world.stream ?? [])];
  const written = { 1: '', 2: '' };
  const answer = (ask: KubectlAsk): KubectlAnswer => {
    if (ask.ask === 'request') {
      requests.push(ask.request);
      return { response: answers.shift() ?? NOT_FOUND };
    }
    if (ask.ask === 'write') written[ask.fd] += ask.text;
    if (ask.ask === 'file') {
      const text = world.files?.[ask.path];
      return text === undefined ? { error: 'ENOENT' } : { text };
    }
    const data = ask.ask === 'next' ? pieces.shift() : undefined;
    return ask.ask === 'next' ? (data ? { stream: 's', data } : { timedOut: true }) : {};
  };
  const argv = line.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
  const running = kubectl(argv, { now: () => NOW, isTerminal: true, randomName: (count) => 'x'.repeat(count) });
  let step = running.next();
  while (!step.done) step = running.next(answer(step.value));
  return { exit: step.value, stdout: written[1], stderr: written[2], requests };
}

test.each<[string, string]>([
  ['gte pods', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
  ['get pods --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
  ['create -f', "error: flag needs an argument: 'f' in -f\nSee 'kubectl create --help' for usage.\n"],
  [
    'logs web --tail=x',
    'error: invalid argument "x" for "--tail" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl logs --help\' for usage.\n',
  ],
  ['get podz', 'error: the server doesn\'t have a resource type "podz"\n'],
  [
    'get pods -o foo',
    'error: unable to match a printer suitable for the output format "foo", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml\n',
  ],
  ['apply -f nope.yaml', 'error: the path "nope.yaml" does not exist\n'],
  ['delete pods', 'error: resource(s) were provided, but no name was specified\n'],
  ['delete pod web --force --grace-period=5', 'error: --force and --grace-period greater than 0 cannot be specified together\n'],
  ['delete pod web --now --grace-period=5', 'error: --now and --grace-period cannot be specified together\n'],
  ['label pod web', 'error: at least one label update is required\n'],
  ['exec web', 'error: you must specify at least one command for the container\n'],
  [
    'exec web ls',
    "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
  ],
  ['run web --image=Bad!', 'error: Invalid image name "Bad!": invalid reference format\n'],
  ['run web --image=nginx --restart=Foo', "error: invalid restart policy: Foo\nSee 'kubectl run -h' for help and examples\n"],
  [
    'port-forward web',
    "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples\n",
  ],
  [
    'set image',
    'error: [one or more resources must be specified as <resource> <name> or <resource>/<name>, at least one image update is required]\n',
  ],
  ['top pods', 'error: Metrics API not available\n'],
  ['create deployment x --image=nginx', 'error: Podscope does not simulate "kubectl create deployment"\n'],
  ['scale --replicas=2 deployment/web', 'error: Podscope does not simulate "kubectl scale"\n'],
])('kubectl %s is refused without a request', (line, stderr) => {
  const result = run(line);
  expect(result).toMatchObject({ exit: 1, stdout: '', stderr, requests: [] });
});

test('a refusal of one field is told in one line, of several in a list', () => {
  const invalid = (causes: readonly object[]): ApiResponse => ({
    code: 422,
    body: { kind: 'Status', reason: 'Invalid', details: { kind: 'Pod', name: 'x', causes } },
    warnings: [],
  });
  const one = run('run x --image=nginx', { answers: [invalid([{ field: 'a', message: 'Required value' }])] });
  expect(one.stderr).toBe('The Pod "x" is invalid: a: Required value\n');
  const causes = [
    { field: 'a', message: 'Required value' },
    { field: 'b', message: 'Required value' },
  ];
  const many = run('run x --image=nginx', { answers: [invalid(causes)] });
  expect(many.stderr).toBe('The Pod "x" is invalid: \n* a: Required value\n* b: Required value\n');
});

test('a warning of the API server is said once, and is no failure', () => {
  const result = run('run x --image=nginx', { answers: [{ code: 201, body: POD, warnings: ['look', 'look'] }] });
  expect(result).toMatchObject({ exit: 0, stdout: 'pod/web created\n', stderr: 'Warning: look\n' });
});

test('apply creates what is missing, with what was applied in an annotation', () => {
  const files = { 'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n' };
  const result = run('apply -f p.yaml', { files, answers: [NOT_FOUND, { code: 201, body: POD, warnings: [] }] });
  expect(result.stdout).toBe('pod/web created\n');
  expect(result.requests[1]).toMatchObject({
    method: 'POST',
    path: '/api/v1/namespaces/default/pods',
    query: { fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' },
    body: {
      metadata: {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration':
            '{"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{},"name":"web","namespace":"default"}}\n',
        },
      },
    },
  });
});

test('a file that cannot be parsed is named; what stood before it in the file has been created', () => {
  const files = { 'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n---\na: b: c\n' };
  const result = run('create -f p.yaml', { files, answers: [{ code: 201, body: POD, warnings: [] }] });
  expect(result.stdout).toBe('pod/web created\n');
  expect(result.stderr).toMatch(/^error: error parsing p\.yaml: error converting YAML to JSON: yaml: /);
  expect(result.exit).toBe(1);
});

test('delete waits until the object is gone', () => {
  const gone: StreamData = { event: { type: 'DELETED', object: POD } };
  const watch: ApiResponse = { code: 200, body: null, warnings: [], stream: 's' };
  const result = run('delete pod web', { answers: [ok(POD), ok(POD), watch], stream: [gone] });
  expect(result).toMatchObject({ exit: 0, stdout: 'pod "web" deleted from default namespace\n' });
  expect(result.requests.map(({ method, query }) => `${method}${query?.watch ? ' watch' : ''}`)).toEqual(['DELETE', 'GET', 'GET watch']);
});

test('logs says which container it has chosen', () => {
  const result = run('logs web', { answers: [ok(TWO), ok('hello\n')] });
  expect(result).toMatchObject({ stdout: 'hello\n', stderr: 'Defaulted container "a" out of: a, b, i (init)\n' });
});

test('logs of a Pod that is not there are told in words of their own', () => {
  expect(run('logs web').stderr).toBe('error: error from server (NotFound): pods "web" not found in namespace "default"\n');
});

test('exec ends with the exit code of the command', () => {
  const opened: ApiResponse = { code: 101, body: null, warnings: [], stream: 's' };
  const stream: StreamData[] = [{ fd: 1, text: 'a\n' }, { fd: 2, text: 'b\n' }, { end: { exitCode: 3 } }];
  const result = run('exec web -- sh -c x', { answers: [ok(POD), opened], stream });
  expect(result).toMatchObject({ exit: 3, stdout: 'a\n', stderr: 'b\ncommand terminated with exit code 3\n' });
  expect(result.requests[1]?.query).toMatchObject({ container: 'c', command: '["sh","-c","x"]' });
});

test.each<[string, string]>([
  ['{.metadata.name}', 'web'],
  ['{.spec.containers[*].image}', 'nginx:1.14'],
  ['{.metadata.labels.app}{"\\n"}', 'web\n'],
  ['{range .spec.containers[*]}{.name}={.image};{end}', 'c=nginx:1.14;'],
  ['{.spec.containers[?(@.name=="c")].image}', 'nginx:1.14'],
  ['{.status.podIP}', ''],
])('jsonpath %s', (path, text) => {
  expect(run(`get pod web -o 'jsonpath=${path}'`, { answers: [ok(POD)] })).toMatchObject({ exit: 0, stdout: text });
});

test('wait runs out of time', () => {
  const watch: ApiResponse = { code: 200, body: null, warnings: [], stream: 's' };
  const result = run('wait --for=condition=Ready pod/web --timeout=1s', { answers: [ok(POD), ok(POD), watch] });
  expect(result).toMatchObject({ exit: 1, stderr: 'error: timed out waiting for the condition on pods/web\n' });
});
