// What is copied into other people's texts stays what it is there.
import { expect, test } from 'vitest';
import { iframeOf, markdownOf } from './forms.ts';

const shown = { address: 'https://x/#1abc', embedded: 'https://x/?embed=1&view=pod#1abc', title: 'One "Pod" [v1] <b>' };

test('Markdown', () => expect(markdownOf(shown)).toBe('[One "Pod" \\[v1\\] \\<b\\>](https://x/#1abc)'));

test('an iframe', () =>
  expect(iframeOf(shown)).toBe(
    '<iframe src="https://x/?embed=1&amp;view=pod#1abc" title="One &quot;Pod&quot; [v1] &lt;b&gt;" width="100%" height="520" style="border:0" loading="lazy"></iframe>',
  ));
