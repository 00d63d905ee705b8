// The marks of the editor: the API server's own words, on the lines that they speak of.
import { expect, test } from 'vitest';
import { parseManifest } from '../../manifest/manifest.ts';
import type { Problem } from '../protocol.ts';
import { checkText } from './check.ts';
import { problemsOf } from './refusals.ts';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: nginx
    image: nginx:1.14
`;
const check = (text: string, standing = new Map<string, unknown>()) => checkText({ query: 'check', verb: 'apply', text }, standing);
const brief = ({ line, column, endColumn, severity, message, own }: Problem) =>
  `${line}:${column}-${endColumn} ${severity} ${own ?? ''}${own ? ' ' : ''}${message}`;

test('what is right has no marks', () => {
  expect(check(POD)).toEqual([]);
});

test.each([
  ['an unknown field', POD.replace('image:', 'imagge:'), '8:5-11 error unknown field "spec.containers[0].imagge"'],
  ['labels beside', POD.replace('spec:', '  labels:\n  app: echo\nspec:'), '6:3-6 error unknown field "metadata.app"'],
  [
    'a wrong type',
    `${POD}    ports:\n    - containerPort: "80"\n`,
    '10:22-26 error json: cannot unmarshal string into Go struct field ContainerPort',
  ],
  ['broken YAML', POD.replace('kind: Pod', 'kind Pod'), 'error'],
  ['no kind', POD.replace('kind: Pod\n', ''), '1:1-15 error error: error validating'],
  ['an unknown kind', POD.replace('kind: Pod', 'kind: Pods'), '2:7-11 error no matches for kind "Pods" in version "v1"'],
  ['a bad quantity', `${POD}    resources:\n      limits: {cpu: 1x}\n`, '10:21-23 error'],
])('%s', (_title, text, expected) => {
  expect(check(text).map(brief).join('\n')).toContain(expected);
});

test('a key given twice is marked on both lines', () => {
  const marks = check(`${POD}    image: nginx:1.15\n`).filter(({ own }) => own === 'duplicate-key');
  expect(marks.map(brief)).toEqual(['8:5-10 warning duplicate-key image', '9:5-10 warning duplicate-key image']);
});

test.each([
  [
    'an unsupported value',
    `${POD}  restartPolicy: Sometimes\n`,
    'The Pod "web" is invalid: spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always"',
    '9:18-27',
  ],
  ['a missing field', POD, 'The Pod "web" is invalid: spec.containers[0].ports: Required value', '7:5-9'],
  [
    'one of two containers',
    `${POD}  - name: B\n`,
    'The Pod "web" is invalid: spec.containers[1].name: Invalid value: "B": a lowercase',
    '9:11-12',
  ],
  ['a change that is forbidden', POD, 'The Pod "web" is invalid: spec: Forbidden: pod updates may not change\n@@ -1 +1 @@\n- a', '5:1-5'],
  [
    'a line of YAML',
    POD.replace('kind: Pod', 'kind Pod'),
    'error: error parsing pod.yaml: error converting YAML to JSON: yaml: line 5: could not find',
    '3:1-10',
  ],
  [
    'a missing namespace',
    POD.replace('metadata:', 'metadata:\n  namespace: nope'),
    'Error from server (NotFound): error when creating "pod.yaml": namespaces "nope" not found',
    '4:14-18',
  ],
  ['a warning', POD, 'Warning: spec.containers[0].image: looks old', '8:5-10'],
])('%s is set on its place', (_title, text, stderr, expected) => {
  const [problem] = problemsOf(text, parseManifest(text), `${stderr}\n`);
  expect(problem && `${problem.line}:${problem.column}-${problem.endColumn}`).toBe(expected);
});

test('each of several complaints has its own mark', () => {
  const stderr = 'The Pod "web" is invalid: \n* metadata.name: Invalid value: "web": no\n* spec.containers[0].image: Required value\n';
  expect(problemsOf(POD, parseManifest(POD), stderr).map(({ line, message }) => [line, message])).toEqual([
    [4, 'metadata.name: Invalid value: "web": no'],
    [8, 'spec.containers[0].image: Required value'],
  ]);
});

test('what is valid and not simulated is said, and no error', () => {
  const text = `${POD}    securityContext: {privileged: true, runAsUser: 1}\n  hostIPC: true\n  volumes:\n  - {name: a, nfs: {server: s, path: /}}\n`;
  expect(check(text).map(brief)).toEqual([
    '9:23-33 info not-simulated spec.containers[0].securityContext.privileged',
    '10:3-10 info not-simulated spec.hostIPC',
    '12:15-18 info not-simulated spec.volumes[0].nfs',
  ]);
});

test.each([
  ['ten megabytes', `a: ${'x'.repeat(10_000_000)}`, /larger than/],
  ['ten thousand levels', '['.repeat(10_000), /level|nest|deep/i],
  ['a thousand aliases', `a: &a {b: c}\nl: [${Array.from({ length: 1000 }, () => '*a').join(', ')}]\n`, /alias/],
])('%s: one sentence that names the limit, within a second', (_title, text, expected) => {
  const from = performance.now();
  const [problem] = check(text);
  expect(problem?.message).toMatch(expected);
  expect(performance.now() - from).toBeLessThan(1000);
});

test('a second document is found', () => {
  const found = check(`${POD}---\n${POD.replaceAll('web', 'two').replace('image:', 'img:')}`);
  expect(found.map(({ line }) => line)).toEqual([17]);
});
