// What Tab makes of a line.
import { expect, test } from 'vitest';
import { completed } from './completion.ts';

test.each([
  ['kubectl des|', 8, ['describe'], 'kubectl describe |'],
  ['kubectl get po|', 12, ['poddisruptionbudgets', 'pods', 'podtemplates'], 'kubectl get pod|'],
  ['kubectl get pod|', 12, ['pods', 'podtemplates'], 'kubectl get pod|'],
  ['kubectl get pods -o j|', 20, ['json', 'jsonpath='], 'kubectl get pods -o json|'],
  ['kubectl get pods -o jsonp|', 20, ['jsonpath='], 'kubectl get pods -o jsonpath=|'],
  ['kubectl des| pod web', 8, ['describe'], 'kubectl describe| pod web'],
  ['kubectl logs |', 13, ['multipod', 'web'], 'kubectl logs |'],
])('%s', (line, from, words, expected) => {
  const cursor = line.indexOf('|');
  const after = completed({ text: line.replace('|', ''), cursor }, { from, words });
  expect(`${after.text.slice(0, after.cursor)}|${after.text.slice(after.cursor)}`).toBe(expected);
});
