// The rules of the house, held by machine; each is tried on a sample that breaks it.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bansBroken, isPure } from './bans.ts';
import { importMistakes } from './imports.ts';
import { parseSource, readSources } from './sources.ts';

const sources = readSources();

test('imports point down', () => {
  expect(importMistakes(sources)).toEqual([]);
});

test.each([
  ['base/a.ts', '../engine/run.ts'],
  ['engine/a.ts', '../manifest/parse.ts'],
  ['cluster/kubelet/a.ts', '../runtime/runtime.ts'],
  ['cluster/scheduler/plugins/node-name/index.ts', '../node-ports/index.ts'],
  ['kubectl/a.ts', '../cluster/etcd/etcd.ts'],
  ['scenario/a.ts', '../session/session.ts'],
  ['widgets/a.tsx', '../cluster/notes.ts'],
  ['diagrams/cluster/view.tsx', '../pod/view.tsx'],
  ['panels/editor/a.tsx', '../timeline/view.tsx'],
])('%s may not import %s', (file, target) => {
  for (const text of [`import { x } from '${target}';`, `export * from "${target}";`, `export const y = import('${target}');`]) {
    expect(importMistakes([parseSource(file, text)])).toHaveLength(1);
  }
});

test('a circle is found', () => {
  const circle = [parseSource('base/a.ts', "import './b.ts';"), parseSource('base/b.ts', "export * from './a.ts';")];
  expect(importMistakes(circle)).toEqual(['a circle of imports: base/a.ts -> base/b.ts -> base/a.ts']);
});

test('pure folders are pure', () => {
  expect(sources.filter(({ file }) => isPure(file)).flatMap(bansBroken)).toEqual([]);
});

test.each([
  'Date.now()',
  'new Date()',
  'Math.random()',
  'Math.log(2)',
  'async () => 1',
  'new Promise(() => {})',
  'Promise.resolve(1)',
  "'a'.localeCompare('b')",
  'setTimeout(() => {}, 1)',
  "new Intl.NumberFormat('ko')",
  '/\\p{L}/u',
  'console.log(1)',
  "eval('1')",
])('a pure file may not say %s', (text) => {
  expect(bansBroken(parseSource('engine/a.ts', `export const x = ${text};`))).toHaveLength(1);
});

test('nor may it loop over keys in no order, or keep a changing variable', () => {
  expect(bansBroken(parseSource('engine/a.ts', 'export function f(o) { for (const k in o) g(k); }'))).toHaveLength(1);
  expect(bansBroken(parseSource('engine/a.ts', 'let count = 0; export const f = () => (count += 1);'))).toHaveLength(1);
});

test('every source says at its head what it is, but for dictionaries', () => {
  const silent = sources
    .filter(({ file, text }) => !file.includes('.test.') && !file.endsWith('messages.ts') && !/^(\/\/|\/\*)/.test(text))
    .map(({ file }) => file);
  expect(silent).toEqual([]);
});

test('no source names a place on somebody’s machine', () => {
  const places = /(["'`\s(])\/(work|home|Users)\/\w/;
  expect(sources.filter(({ file, text }) => !file.startsWith('testing/tidy/') && places.test(text)).map(({ file }) => file)).toEqual([]);
});

test.each(['README.md', 'ARCHITECTURE.md'])('what %s points to is there', (file) => {
  const text = readFileSync(file, 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? '');
  const scripts = [...text.matchAll(/npm (?:run (?:-s )?)?([a-z]+)/g)].map(([, script]) => script ?? '');
  const known = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: object }).scripts);
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
  expect(scripts.filter((script) => !known.includes(script))).toEqual([]);
});
