import { expect, test } from 'vitest';
import { mergePatch } from './json-merge.ts';
import { jsonPatch } from './json-patch.ts';
import { strategicMerge } from './strategic-merge.ts';

test.each<[unknown, unknown, unknown]>([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('a JSON merge patch (RFC 7386) of %j with %j', (document, patch, expected) => {
  expect(mergePatch(document, patch)).toEqual(expected);
});

test.each<[unknown, unknown, unknown]>([
  [{ foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
  [{ foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
  [{ foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: 'x' }], { foo: ['bar', 'x'] }],
  [{ baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
  [{ foo: [1, 2, 3] }, [{ op: 'remove', path: '/foo/1' }], { foo: [1, 3] }],
  [{ a: { 'x/y': 1 } }, [{ op: 'replace', path: '/a/x~1y', value: 2 }], { a: { 'x/y': 2 } }],
  [{ a: { b: 1 }, c: {} }, [{ op: 'move', from: '/a/b', path: '/c/d' }], { a: {}, c: { d: 1 } }],
  [{ a: 1 }, [{ op: 'copy', from: '/a', path: '/b' }], { a: 1, b: 1 }],
  [{ a: 1 }, [{ op: 'test', path: '/a', value: 1 }], { a: 1 }],
  [{ a: 1 }, [{ op: 'replace', path: '', value: { b: 2 } }], { b: 2 }],
])('a JSON patch (RFC 6902) of %j with %j', (document, patch, expected) => {
  expect(jsonPatch(document, patch)).toEqual({ value: expected });
});

test.each<[unknown, unknown]>([
  [{ a: 1 }, [{ op: 'test', path: '/a', value: 2 }]],
  [{ a: 1 }, [{ op: 'remove', path: '/b' }]],
  [{ a: 1 }, [{ op: 'replace', path: '/b', value: 1 }]],
  [{ a: 1 }, [{ op: 'add', path: '/b/c', value: 1 }]],
  [{ a: [] }, [{ op: 'add', path: '/a/2', value: 1 }]],
  [{ a: 1 }, { op: 'add' }],
])('a JSON patch of %j with %j is refused', (document, patch) => {
  expect(jsonPatch(document, patch)).toHaveProperty('error');
});

const containers = (...names: string[]) => ({ spec: { containers: names.map((name) => ({ name, image: `${name}:1` })) } });

test.each<[string, Record<string, unknown>, Record<string, unknown>, unknown]>([
  ['merges containers by name', containers('a', 'b'), { spec: { containers: [{ name: 'b', image: 'b:2' }] } }, ['a:1', 'b:2']],
  ['adds a container in its place', containers('a'), { spec: { containers: [{ name: 'c', image: 'c:1' }] } }, ['a:1', 'c:1']],
  ['deletes a container', containers('a', 'b'), { spec: { containers: [{ name: 'a', $patch: 'delete' }] } }, ['b:1']],
  ['replaces the list', containers('a', 'b'), { spec: { containers: [{ $patch: 'replace' }, { name: 'z', image: 'z:1' }] } }, ['z:1']],
  [
    'sets the order',
    containers('a', 'b', 'c'),
    { spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }, { name: 'a' }] } },
    ['c:1', 'b:1', 'a:1'],
  ],
  [
    'keeps what only the server has where it was',
    containers('sidecar', 'a', 'b'),
    { spec: { '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }], containers: [{ name: 'b', image: 'b:2' }] } },
    ['sidecar:1', 'a:1', 'b:2'],
  ],
])('a strategic merge patch %s', (_, object, patch, expected) => {
  const result = strategicMerge('core.Pod', object, patch) as { value: { spec: { containers: { image: string }[] } } };
  expect(result.value.spec.containers.map(({ image }) => image)).toEqual(expected);
});

test.each<[string, unknown, unknown, unknown]>([
  [
    'a map',
    { metadata: { labels: { a: '1', b: '2' } } },
    { metadata: { labels: { a: null, c: '3' } } },
    { metadata: { labels: { b: '2', c: '3' } } },
  ],
  ['a set', { metadata: { finalizers: ['a', 'b'] } }, { metadata: { finalizers: ['c'] } }, { metadata: { finalizers: ['a', 'b', 'c'] } }],
  [
    'a removal from a set',
    { metadata: { finalizers: ['a', 'b'] } },
    { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
    { metadata: { finalizers: ['b'] } },
  ],
  [
    'a list without a key',
    { spec: { tolerations: [{ key: 'a' }] } },
    { spec: { tolerations: [{ key: 'b' }] } },
    { spec: { tolerations: [{ key: 'b' }] } },
  ],
  [
    'only the keys that are retained',
    { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
    { spec: { volumes: [{ name: 'v', configMap: { name: 'c' }, $retainKeys: ['name', 'configMap'] }] } },
    { spec: { volumes: [{ name: 'v', configMap: { name: 'c' } }] } },
  ],
  [
    'conditions by type',
    {
      status: {
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'Other', status: 'True' },
        ],
      },
    },
    { status: { conditions: [{ type: 'Ready', status: 'False' }] } },
    {
      status: {
        conditions: [
          { type: 'Ready', status: 'False' },
          { type: 'Other', status: 'True' },
        ],
      },
    },
  ],
])('a strategic merge patch of %s', (_, object, patch, expected) => {
  expect(strategicMerge('core.Pod', object as Record<string, unknown>, patch as Record<string, unknown>)).toEqual({ value: expected });
});

test('an item without its key is refused', () => {
  expect(strategicMerge('core.Pod', containers('a'), { spec: { containers: [{ image: 'x' }] } })).toEqual({
    error: 'map: map[image:x] does not contain declared merge key: name',
  });
});
