import { expect, test } from 'vitest';
import { CATALOGUE } from './catalog.ts';
import { createRegistry, unreachable } from './registry.ts';

const registry = createRegistry(CATALOGUE, [
  { name: 'shop/api:v1', sizeBytes: 80, pullMs: 4000, command: ['sh', '-c', 'exit 1'] },
  { name: 'nginx:1.14', pullMs: 30 },
  { name: 'sample:1.28', missing: true },
  { name: 'ghcr.io/a/b:v1', missing: true },
  { name: 'nginx:9.99', command: ['sleep', '1'] },
]);

test.each([
  ['nginx', 'docker.io/library/nginx:latest', 3000],
  ['nginx:1.14', 'docker.io/library/nginx:1.14', 30],
  ['nginx:1.29-alpine', 'docker.io/library/nginx:1.29-alpine', 1200],
  ['busybox:1.28', 'docker.io/library/busybox:1.28', 500],
  ['registry.k8s.io/busybox', 'registry.k8s.io/busybox:latest', 500],
  ['shop/api:v1', 'docker.io/shop/api:v1', 4000],
  ['nobody/knows:it', 'docker.io/nobody/knows:it', 2500],
  ['nginx:9.99', 'docker.io/library/nginx:9.99', 2500],
])('%s is %s', (name, full, pullMs) => {
  const found = registry.resolve(name);
  expect('image' in found && { name: found.image.name, pullMs: found.image.behaviour.pullMs }).toEqual({ name: full, pullMs });
});

test('a scenario changes only what it names', () => {
  const found = registry.resolve('nginx:1.14');
  expect('image' in found && found.image.behaviour).toMatchObject({ cmd: ['nginx', '-g', 'daemon off;'], base: 'debian' });
});

const NOT_FOUND = 'rpc error: code = NotFound desc = failed to pull and unpack image';

test.each([
  ['nginx:1.99', `${NOT_FOUND} "docker.io/library/nginx:1.99": failed to resolve image: docker.io/library/nginx:1.99: not found`],
  ['ghcr.io/a/b:v1', `${NOT_FOUND} "ghcr.io/a/b:v1": failed to resolve image: ghcr.io/a/b:v1: not found`],
  [
    'sample:1.28',
    'failed to pull and unpack image "docker.io/library/sample:1.28": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
])('%s cannot be pulled', (name, message) => {
  const found = registry.resolve(name);
  expect('failure' in found && found.failure.message).toBe(message);
});

test('a registry that does not answer', () => {
  expect(unreachable('nginx:1.14').message).toMatch(
    /^rpc error: code = DeadlineExceeded desc = failed to pull and unpack image "docker\.io\/library\/nginx:1\.14": failed to resolve image: failed to do request: Head "https:\/\/registry-1\.docker\.io\/v2\/library\/nginx\/manifests\/1\.14": dial tcp [\d.]+:443: i\/o timeout$/,
  );
});

test('every repository of the catalogue has an image that can be resolved', () => {
  for (const { repositories, tags } of CATALOGUE) {
    for (const repository of repositories)
      expect('image' in registry.resolve(`${repository}:${tags?.[0] ?? 'latest'}`) || repository).toBeTruthy();
  }
});
