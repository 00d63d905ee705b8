// What apply sends, by what was applied last, what is applied now, and what stands.
import { expect, test } from 'vitest';
import { threeWayPatch } from './three-way.ts';

type Fields = Record<string, unknown>;
const pod = (spec: Fields, metadata: Fields = {}): Fields => ({ metadata, spec });
const container = (name: string, more: Fields = {}) => ({ name, image: 'nginx:1.14', ...more });

test.each<[string, Fields, Fields, Fields, Fields]>([
  [
    'nothing has changed, though defaults have been added',
    pod({ containers: [container('c')] }),
    pod({ containers: [container('c')] }),
    pod({ containers: [container('c', { imagePullPolicy: 'Always' })], restartPolicy: 'Always' }),
    {},
  ],
  [
    'an image changes: the container is found by its name',
    pod({ containers: [container('c')] }),
    pod({ containers: [container('c', { image: 'nginx:1.15' })] }),
    pod({ containers: [container('c', { imagePullPolicy: 'Always' })] }),
    { spec: { containers: [{ name: 'c', image: 'nginx:1.15' }], '$setElementOrder/containers': [{ name: 'c' }] } },
  ],
  [
    'a label that was applied goes, one that somebody else has put stays',
    pod({}, { labels: { a: '1', b: '2' } }),
    pod({}, { labels: { a: '1' } }),
    pod({}, { labels: { a: '1', b: '2', other: 'x' } }),
    { metadata: { labels: { b: null } } },
  ],
  [
    'a container that was applied goes',
    pod({ containers: [container('a'), container('b')] }),
    pod({ containers: [container('a')] }),
    pod({ containers: [container('a'), container('b')] }),
    { spec: { containers: [{ $patch: 'delete', name: 'b' }], '$setElementOrder/containers': [{ name: 'a' }] } },
  ],
  [
    'a volume changes its source: the keys that stay are named',
    pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
    pod({ volumes: [{ name: 'v', configMap: { name: 'm' } }] }),
    pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
    {
      spec: {
        volumes: [{ $retainKeys: ['configMap', 'name'], name: 'v', configMap: { name: 'm' }, emptyDir: null }],
        '$setElementOrder/volumes': [{ name: 'v' }],
      },
    },
  ],
  [
    'a command is replaced whole',
    pod({ containers: [container('c', { command: ['a', 'b'] })] }),
    pod({ containers: [container('c', { command: ['a'] })] }),
    pod({ containers: [container('c', { command: ['a', 'b'] })] }),
    { spec: { containers: [{ name: 'c', command: ['a'] }], '$setElementOrder/containers': [{ name: 'c' }] } },
  ],
])('%s', (_name, original, modified, current, patch) => {
  expect(threeWayPatch('core.Pod', original, modified, current)).toEqual(patch);
});
