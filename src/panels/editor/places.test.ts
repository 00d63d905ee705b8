// Lines of a manifest, and what they select.
import { expect, test } from 'vitest';
import { linesOf, podPlaces, selectionAt } from './places.ts';

const TEXT = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: fetch
    image: busybox:1.28
    command:
    - sh

  # the server
  containers:
  - image: nginx:1.14
# far left
    name: nginx
  -
    name: helper
    args: |
      two
      lines
  volumes: []
---
kind: ConfigMap
metadata: {name: web}
---
kind: Pod
metadata: {name: flow, namespace: shop}
spec:
  containers: [{name: a}, {name: b}]
---
kind: Pod
metadata: {}
spec: {}
`;
const WEB = '/registry/pods/default/web';

test.each([
  ['before the first container', 4, WEB],
  ['an init container', 7, `${WEB}/fetch`],
  ['the last line of its command', 10, `${WEB}/fetch`],
  ['what lies between', 12, WEB],
  ['a container whose name is not first', 14, `${WEB}/nginx`],
  ['its name, after a comment', 16, `${WEB}/nginx`],
  ['a dash alone belongs to the Pod', 17, WEB],
  ['a block of text', 21, `${WEB}/helper`],
  ['after the containers', 22, WEB],
  ['another kind', 25, undefined],
  ['a Pod of another namespace, in flow style', 29, '/registry/pods/shop/flow'],
  ['the first of those on one line', 30, '/registry/pods/shop/flow/a'],
  ['a Pod without a name', 33, undefined],
])('%s', (_, line, selection) => {
  expect(selectionAt(podPlaces(TEXT), line)).toBe(selection);
});

test.each([
  [WEB, 4, 4],
  [`${WEB}/fetch`, 7, 10],
  [`${WEB}/helper`, 18, 21],
])('%s marks lines %i to %i', (selection, first, last) => {
  expect(linesOf(podPlaces(TEXT), selection)).toMatchObject({ first, last });
});

test.each([[''], ['kind: Pod\nspec: ['], ['kind: Pod\nmetadata: {name: a}\nspec: 3'], ['- a\n- b']])('nothing is found in %j', (text) => {
  expect(podPlaces(text)).toEqual([]);
  expect(linesOf(podPlaces(text), WEB)).toBeUndefined();
});

test('a very long text is not read', () => {
  expect(podPlaces(TEXT)).toHaveLength(2);
  expect(podPlaces(`${TEXT}#${'x'.repeat(100_000)}`)).toEqual([]);
});

test('in JSON as well', () => {
  const json = JSON.stringify({ kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'a', image: 'x' }] } }, null, 2);
  expect(linesOf(podPlaces(json), `${WEB}/a`)).toMatchObject({ first: 9, last: 10 });
});
