import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLink, writeLink } from './link.ts';
import { readScenario } from './read-scenario.ts';
import { readRecipe, type Recipe } from './recipe.ts';
import { writeRecipe } from './write-recipe.ts';

const FILE = `
podscope: 1
title: {ko: 파드 하나, en: One Pod}
seed: 7
cluster:
  nodes:
    - {name: gpu1, cpu: 4, memory: 8Gi, taints: [{key: gpu, effect: NoSchedule}]}
  images:
    - {name: "shop/api:v1", size: 80Mi, pull: 4s, command: [sh, -c, "echo up"]}
inputs:
  - {apply: "apiVersion: v1", file: web.yaml}
  - {at: 1m5s, run: kubectl get pods -o wide}
  - {at: 2m, fault: {kind: kill-container, pod: web, container: nginx}}
  - {at: 3m, type: "ls\\n", terminal: 2}
until: 5m
view: {tab: cluster, at: 1500ms, lang: ko}
`;

function recipeOf(text: string): Recipe {
  const read = readScenario(text);
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  return read.recipe;
}

test('a file gives a recipe in milliseconds with its defaults', () => {
  const recipe = recipeOf(FILE);
  expect(recipe.cluster.preset).toBe('three-node');
  expect(recipe.cluster.nodes[0]).toMatchObject({ name: 'gpu1', cpu: '4', pods: 110 });
  expect(recipe.inputs.map((input) => input.at)).toEqual([0, 65_000, 120_000, 180_000]);
  expect(recipe.until).toBe(300_000);
});

test('a recipe written and read again is the same', () => {
  const recipe = recipeOf(FILE);
  expect(readRecipe(writeRecipe(recipe))).toEqual({ recipe });
});

test.each([
  ['podscope: 2', ['podscope']],
  ['podscope: 1\nfoo: 1', ['foo']],
  [
    'podscope: 1\ninputs: [{at: soon, run: ls}, {fault: {kind: kill-container, pod: a}}, {say: 1}]',
    ['inputs[0].at', 'inputs[1].fault', 'inputs[2]'],
  ],
  ['podscope: 1\ninputs: [{fault: {kind: memory, pod: a, container: c, to: much}}]', ['inputs[0].fault.to']],
  ['podscope: 1\ninputs: [{fault: {kind: condition, pod: a, type: t, status: Maybe}}]', ['inputs[0].fault.status']],
  ['podscope: 1\ninputs: [{fault: {kind: earthquake}}, {fault: {kind: constructor}}]', ['inputs[0].fault.kind', 'inputs[1].fault.kind']],
  ['podscope: 1\nseed: -1\nuntil: 5', ['seed', 'until']],
  ['a: [', ['']],
  ['[1]', ['']],
])('mistakes come with their paths: %s', (text, paths) => {
  const read = readScenario(text);
  expect('mistakes' in read && read.mistakes.map((mistake) => mistake.path)).toEqual(paths);
});

test('what is meant to exhaust the reader is refused', () => {
  const bomb = `podscope: 1\na: &a [x]\n${Array.from(
    { length: 12 },
    (_, i) =>
      `b${i}: &b${i} [${Array(10)
        .fill(i === 0 ? '*a' : `*b${i - 1}`)
        .join(', ')}]`,
  ).join('\n')}`;
  expect('mistakes' in readScenario(bomb)).toBe(true);
  expect('mistakes' in readScenario(`{"podscope": 1, "x": ${'['.repeat(5000)}${']'.repeat(5000)}}`)).toBe(true);
  expect('mistakes' in readScenario('x'.repeat(31_000_000))).toBe(true);
});

test('a link carries a recipe, ends without a dash, and is short', () => {
  const recipe = recipeOf(FILE);
  const link = writeLink(recipe);
  expect(readLink(`#${link}`)).toEqual({ recipe });
  expect(link).toMatch(/^1[A-Za-z0-9_-]+[A-Za-z0-9]{4}$/);
  expect(link.length).toBeLessThan(400);
});

test('links written by version 1 are read for ever', () => {
  expect(readLink('1Q_M9kk-xRyBIDwA8Hdh')).toMatchObject({ recipe: { inputs: [{ at: 0, run: 'kubectl get pods' }] } });
});

test('a damaged link says so, a newer one too, whatever was changed', () => {
  const link = writeLink(recipeOf(FILE));
  fc.assert(
    fc.property(fc.nat(link.length - 1), fc.constantFrom(...'AZaz09-_'), (index, character) => {
      fc.pre(index > 0 && link[index] !== character);
      expect(readLink(link.slice(0, index) + character + link.slice(index + 1))).toEqual({ fault: 'damaged' });
    }),
  );
  expect(readLink(link.slice(0, -7))).toEqual({ fault: 'damaged' });
  expect(readLink(`9${link.slice(1)}`)).toEqual({ fault: 'newer' });
  expect(readLink('#about')).toEqual({ fault: 'not-a-link' });
});
