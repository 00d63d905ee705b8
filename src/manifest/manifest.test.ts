import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseManifest } from './manifest.ts';

interface Case {
  readonly id: string;
  readonly text?: string;
  readonly result: { readonly stderr: string };
}
const cases: readonly Case[] = JSON.parse(readFileSync('conformance/admission.json', 'utf8'));
const withText = cases.filter((each) => each.text !== undefined).map((each) => [each.id, each] as const);

test.each(withText)('recorded %s parses, or fails as kubectl says', (_id, { text = '', result }) => {
  const said = /^error: error parsing pod\.yaml: (.*)\n/.exec(result.stderr)?.[1];
  const manifest = parseManifest(text);
  expect(manifest.error?.message).toBe(said);
});

const read = (text: string): unknown => {
  const { documents, error } = parseManifest(text);
  return error ? error.message : documents.length === 1 ? documents[0]?.value : documents.map(({ value }) => value);
};

const YAML = 'error converting YAML to JSON: yaml: ';
test.each<readonly [string, string, unknown]>([
  ['booleans', 'a: yes\nb: Off\nc: y\nd: "yes"\ne: tRue', { a: true, b: false, c: true, d: 'yes', e: 'tRue' }],
  [
    'numbers',
    'a: 010\nb: 0x1F\nc: 1_000\nd: 08\ne: 1e3\nf: .5\ng: 1:30\nh: +5\ni: -0',
    { a: 8, b: 31, c: 1000, d: 8, e: 1000, f: 0.5, g: '1:30', h: 5, i: 0 },
  ],
  ['timestamps stay text', 'a: 2024-01-02\nb: 2024-01-02T03:04:05Z', { a: '2024-01-02', b: '2024-01-02T03:04:05Z' }],
  ['nothing', 'a:\nb: ~\nc: null\nd: ""', { a: null, b: null, c: null, d: '' }],
  ['keys become text', '1: a\ntrue: b\n1.5: c', { 1: 'a', true: 'b', 1.5: 'c' }],
  ['merges', 'x: &x {a: 1, b: 2}\nw:\n  <<: *x\n  b: 3', { x: { a: 1, b: 2 }, w: { a: 1, b: 3 } }],
  ['several merges', 'x: &x {a: 1}\nz: &z {a: 2, b: 2}\nw:\n  <<: [*x, *z]', { x: { a: 1 }, z: { a: 2, b: 2 }, w: { a: 1, b: 2 } }],
  ['the last of two keys', 'a: 1\na: 2', { a: 2 }],
  ['literal and folded', 'a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\nc: |+\n  k\n\n', { a: 'x\n y\n\nz\n', b: 'x y\nz', c: 'k\n\n' }],
  ['plain over lines', 'a: b\n  c\n\n  d', { a: 'b c\nd' }],
  ['quotes', "a: \"x\\ty\\u00e9 \\\n  z\"\nb: 'it''s'", { a: 'x\tyé z', b: "it's" }],
  ['lists not indented', 'a:\n- b\n- c: 1\n  d: 2\ne: f', { a: ['b', { c: 1, d: 2 }], e: 'f' }],
  ['flow', 'a: [b, {c: d, e: [1, 2]}, ]\n', { a: ['b', { c: 'd', e: [1, 2] }] }],
  ['JSON', '{"a": [1, "b\\/c", {"d": null}], "e": "\\ud83d\\ude00"}', { a: [1, 'b/c', { d: null }], e: '😀' }],
  ['JSON with tabs', '{\n\t"a": 1\n}', { a: 1 }],
  ['documents', '---\na: 1\n---\nb: 2\n---\n# nothing\n', [{ a: 1 }, { b: 2 }, null]],
  ['comments', '# c\na: b # d\nc: d#e', { a: 'b', c: 'd#e' }],
  ['__proto__', '__proto__: 1', JSON.parse('{"__proto__": 1}')],
  ['a tab', 'a:\n\tb: c', `${YAML}line 2: found character that cannot start any token`],
  ['two colons', 'a: b: c', `${YAML}mapping values are not allowed in this context`],
  ['bad indent', 'a:\n  b: c\n d: e', `${YAML}line 2: did not find expected key`],
  ['deeper by one', 'spec:\n  - name: app\n     image: x', `${YAML}line 3: mapping values are not allowed in this context`],
  ['open bracket', 'a: [b, c\nd: e', `${YAML}line 1: did not find expected ',' or ']'`],
  ['open brace', 'a: {b: c\n', `${YAML}line 1: did not find expected ',' or '}'`],
  ['list beside keys', 'a: b\n- c', `${YAML}line 1: did not find expected key`],
  ['key beside list', '- a\nb: c', `${YAML}line 1: did not find expected '-' indicator`],
  ['bad alias', 'a: *b', `${YAML}unknown anchor 'b' referenced`],
  ['at sign', 'a: @b', `${YAML}found character that cannot start any token`],
  ['percent', 'a:\n  b: %c', `${YAML}line 2: found character that cannot start any token`],
  ['escape', 'a:\n  b: "\\q"', `${YAML}line 2: found unknown escape character`],
])('%s', (_name, text, wanted) => {
  expect(read(text)).toEqual(wanted);
});

test('places', () => {
  const text = 'metadata:\n  name: web\nspec:\n  containers:\n  - name: a\n    image: nginx:1.14\n    ports: [{containerPort: 80}]\n';
  const [document] = parseManifest(text).documents;
  expect(document?.rangeOf(['spec', 'containers', 0, 'image'])).toEqual({
    startLine: 6,
    startCol: 12,
    endLine: 6,
    endCol: 22,
    start: 65,
    end: 75,
  });
  expect(document?.keyRangeOf(['spec', 'containers', 0, 'image'])).toMatchObject({ startLine: 6, startCol: 5, endCol: 10 });
  expect(document?.rangeOf(['spec', 'containers', 0, 'ports', 0, 'containerPort'])).toMatchObject({
    startLine: 7,
    startCol: 29,
    endCol: 31,
  });
  expect(document?.rangeOf(['spec', 'containers'])).toMatchObject({ startLine: 4, startCol: 3, endCol: 13 });
  expect(document?.rangeOf(['spec', 'containers', 0, 'command'])).toMatchObject({ startLine: 5, startCol: 5, endCol: 9 });
  expect(document?.rangeOf(['spec', 'containers', 3])).toMatchObject({ startLine: 4, startCol: 3 });
});

test('places in a second document', () => {
  const [, second] = parseManifest('a: 1\n---\nb: 2\n').documents;
  expect(second?.startLine).toBe(3);
  expect(second?.rangeOf(['b'])).toEqual({ startLine: 3, startCol: 4, endLine: 3, endCol: 5, start: 12, end: 13 });
});

test('both places of a key that is there twice', () => {
  const [document] = parseManifest('metadata:\n  name: a\n  name: b\n').documents;
  expect(document?.duplicateKeys).toMatchObject([{ path: ['metadata', 'name'], first: { startLine: 2 }, second: { startLine: 3 } }]);
});

test.each([
  ['size', 'a'.repeat(10_000_000), /larger than 1048576 bytes/],
  ['depth in flow', '['.repeat(10_000), /deeper than 500 levels/],
  ['depth in blocks', Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), /deeper than 500 levels/],
  ['aliases', `a: &a [x, x]\nb: [${'*a, '.repeat(200)}]`, /more than 100 aliases/],
  [
    'a bomb',
    Array.from(
      { length: 12 },
      (_, i) =>
        `a${i}: &a${i} [${
          i === 0
            ? 'x'
            : Array(9)
                .fill(`*a${i - 1}`)
                .join(', ')
        }]`,
    ).join('\n'),
    /more than 100 aliases/,
  ],
  ['values', '- a\n'.repeat(150_000), /more than 100000 values/],
  ['documents', 'a\n---\n'.repeat(2000), /more than 1000 documents/],
])('%s is refused at once, with the limit', (_name, text, wanted) => {
  expect(parseManifest(text).error?.message).toMatch(wanted);
});
