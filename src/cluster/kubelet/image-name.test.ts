import { expect, test } from 'vitest';
import { canonicalImage, imageNameProblem } from './image-name.ts';

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.14', 'docker.io/library/nginx:1.14'],
  ['ghcr.io/subicura/echo:v1', 'ghcr.io/subicura/echo:v1'],
  ['localhost:5000/a', 'localhost:5000/a:latest'],
])('%s is %s', (image, full) => {
  expect(canonicalImage(image)).toBe(full);
  expect(imageNameProblem(image)).toBeUndefined();
});

test.each([
  ['Nginx:1.14', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
  ['ghcr.io/Me/app', 'invalid reference format: repository name (Me/app) must be lowercase'],
  ['a b', 'invalid reference format'],
  ['nginx:', 'invalid reference format'],
])('%s: %s', (image, problem) => {
  expect(imageNameProblem(image)).toBe(problem);
});
