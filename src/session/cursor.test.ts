import { expect, test } from 'vitest';
import { createTrace } from '../engine/trace.ts';
import {
  containerOfSelection,
  containerSelection,
  nodeOfSelection,
  podOfSelection,
  selectionOfText,
  selectionText,
  subjectOf,
} from './cursor.ts';

const POD = '/registry/pods/default/web';

test.each([
  [undefined, undefined, undefined, undefined],
  [POD, POD, undefined, undefined],
  [`${POD}/nginx`, POD, 'nginx', undefined],
  ['/registry/minions/node1', undefined, undefined, 'node1'],
])('%s selects Pod %s, container %s, node %s', (selection, pod, container, node) => {
  expect([podOfSelection(selection), containerOfSelection(selection), nodeOfSelection(selection)]).toEqual([pod, container, node]);
});

test.each([
  [POD, 'pod/default/web'],
  [`${POD}/nginx`, 'pod/default/web/nginx'],
  ['/registry/minions/node1', 'node/node1'],
  ['/registry/configmaps/default/a', '/registry/configmaps/default/a'],
])('%s is written %s, and read back', (selection, text) => {
  expect(selectionText(selection)).toBe(text);
  expect(selectionOfText(text)).toBe(selection);
  expect(selectionOfText(selection)).toBe(selection);
});

test('a row and a log line of a container are about the container of its Pod, after it is gone as well', () => {
  const trace = createTrace();
  const stamp = { step: 1, at: 0, cause: 0 };
  const container = '/run/node1/containers/c1';
  trace.append([
    { ...stamp, id: 1, type: 'row', key: '/run/node1/sandboxes/s1', value: { namespace: 'default', podName: 'web' } },
    { ...stamp, id: 2, type: 'row', key: container, value: { sandboxId: 's1', name: 'nginx' } },
    { ...stamp, id: 3, type: 'row', key: container },
    { ...stamp, id: 4, type: 'log', stream: '/run/node1/logs/c1', text: 'hello' },
    { ...stamp, id: 5, type: 'note', name: 'input', level: 'story', subject: '', data: {} },
  ]);
  const subjects = [1, 2, 3, 4, 5].map((id) => {
    const record = trace.record(id);
    return record && subjectOf(trace, record);
  });
  expect(subjects).toEqual([
    POD,
    containerSelection(POD, 'nginx'),
    containerSelection(POD, 'nginx'),
    containerSelection(POD, 'nginx'),
    undefined,
  ]);
});
