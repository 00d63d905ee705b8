import { expect, test } from 'vitest';
import { formatReference, parseReference } from './reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.14', 'docker.io/library/nginx:1.14'],
  ['luksa/kubia', 'docker.io/luksa/kubia:latest'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['index.docker.io/luksa/kubia:v1', 'docker.io/luksa/kubia:v1'],
  ['ghcr.io/subicura/echo:v1', 'ghcr.io/subicura/echo:v1'],
  ['localhost:5000/app', 'localhost:5000/app:latest'],
  ['localhost/app:2', 'localhost/app:2'],
  [`redis@${DIGEST}`, `docker.io/library/redis@${DIGEST}`],
  [`redis:7@${DIGEST}`, `docker.io/library/redis:7@${DIGEST}`],
])('%s is %s', (text, full) => {
  const reference = parseReference(text);
  expect(reference && formatReference(reference)).toBe(full);
});

test.each(['', 'Nginx:1.14', 'NGINX', 'nginx:', 'nginx :1', ':1', 'a//b', 'nginx:1:2', 'nginx@sha256:12', '-a', 'a/B'])(
  '"%s" is no reference',
  (text) => {
    expect(parseReference(text)).toBeUndefined();
  },
);
