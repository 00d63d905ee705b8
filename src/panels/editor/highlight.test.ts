// The light tokenizer: whatever it finds, the pieces are the line.
import { expect, test } from 'vitest';
import { highlightLine } from './highlight.ts';

test.each([
  ['apiVersion: v1', 'key:apiVersion mark:: value: v1'],
  ['  - name: nginx  # main', 'mark:  -  key:name mark:: value: nginx   comment:# main'],
  ['    - "-c"', 'mark:    -  value:"-c"'],
  ['# all', 'comment:# all'],
  ['  image: "a#b"', 'mark:   key:image mark:: value: "a#b"'],
  ['', ''],
  ['  labels:', 'mark:   key:labels mark::'],
  ['- {name: html, mountPath: /w}', 'mark:-  value:{name: html, mountPath: /w}'],
  ['  image: nginx:1.14', 'mark:   key:image mark:: value: nginx:1.14'],
])('%s', (line, expected) => {
  const tokens = highlightLine(line);
  expect(tokens.map(({ text }) => text).join('')).toBe(line);
  expect(tokens.map(({ kind, text }) => `${kind}:${text}`).join(' ')).toBe(expected);
});
