import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseManifest } from './manifest.ts';
import { writeJson, writeYaml } from './write.ts';

test.each<readonly [string, unknown, string]>([
  ['sorted, lists not indented', { b: [{ d: 1, c: 'x' }, 'y'], a: {} }, 'a: {}\nb:\n- c: x\n  d: 1\n- "y"\n'],
  ['natural order', { a10: 1, a2: 2, 'a.b': 3, ab: 4 }, 'a.b: 3\na2: 2\na10: 1\nab: 4\n'],
  [
    'what would read as something else',
    ['', 'true', '1', '1.5', 'null', '~', '2024-01-01', '1:30', 'no', '0x1', '1e3'],
    '- ""\n- "true"\n- "1"\n- "1.5"\n- "null"\n- "~"\n- "2024-01-01"\n- "1:30"\n- "no"\n- "0x1"\n- "1e3"\n',
  ],
  [
    'indicators',
    ['a: b', '*', '- a', '-a', ' a', 'a ', '#a', 'a#b', 'a #b', "it's", '@a', 'a:', '%a', '{', 'key: "v"'],
    `- 'a: b'\n- '*'\n- '- a'\n- -a\n- ' a'\n- 'a '\n- '#a'\n- a#b\n- 'a #b'\n- it's\n- '@a'\n- 'a:'\n- '%a'\n- '{'\n- 'key: "v"'\n`,
  ],
  ['escapes', ['a\tb', 'é', '한글', '😀', 'a\u0007'], '- "a\\tb"\n- é\n- 한글\n- "\\U0001F600"\n- "a\\a"\n'],
  [
    'lines',
    { a: 'x\ny', b: 'x\n', c: 'x\n\n', d: '\n', e: ' x\ny\n', f: 'x \ny' },
    'a: |-\n  x\n  y\nb: |\n  x\nc: |+\n  x\n\nd: |2+\n\ne: |2\n   x\n  y\nf: "x \\ny"\n',
  ],
  [
    'values',
    { a: null, b: [], c: true, d: -1, e: 1.5, f: [[1, 2], []] },
    'a: null\nb: []\nc: true\nd: -1\ne: 1.5\nf:\n- - 1\n  - 2\n- []\n',
  ],
  [
    'long lines',
    {
      status: {
        conditions: [
          {
            message:
              '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient cpu. preemption: no',
          },
        ],
      },
    },
    "status:\n  conditions:\n  - message: '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane:\n      }, 2 Insufficient cpu. preemption: no'\n",
  ],
])('%s', (_name, value, wanted) => {
  expect(writeYaml(value)).toBe(wanted);
});

test('JSON as -o json has it', () => {
  expect(writeJson({ b: ['<a> & b'], a: {}, c: [] })).toBe(
    '{\n    "a": {},\n    "b": [\n        "\\u003ca\\u003e \\u0026 b"\n    ],\n    "c": []\n}\n',
  );
});

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('yes', '010', '- x', 'a: b', '', '\n', ' ', '#', 'x\n\ny ', '---', '...', '? a'),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

test('what is written as YAML reads back as it was', () => {
  fc.assert(
    fc.property(json, (value) => {
      const written = writeYaml({ value });
      const { documents, error } = parseManifest(written);
      expect(error).toBeUndefined();
      expect(documents[0]?.value).toEqual(JSON.parse(JSON.stringify({ value })));
    }),
    { seed: 1, numRuns: 1500 },
  );
});

test('JSON reads as YAML', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(parseManifest(JSON.stringify({ value }, null, 1)).documents[0]?.value).toEqual(JSON.parse(JSON.stringify({ value })));
    }),
    { seed: 2, numRuns: 800 },
  );
});
