// What stands in the cluster, in words, at telling moments of a run.
import { expect, test } from 'vitest';
import { createTrace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { createPodMarker } from '../pod-marks.ts';
import { type OutlineItem, outlineAt, podsOf } from './outline.ts';
import { describeItem } from './words.ts';

const MULTIPOD = `apiVersion: v1
kind: Pod
metadata: {name: multipod}
spec:
  containers:
  - {name: web, image: "nginx:1.14"}
  - {name: short, image: "busybox:1.28", command: [sh, -c, "exit 3"]}
`;
const TOO_LARGE = `apiVersion: v1
kind: Pod
metadata: {name: large}
spec:
  containers:
  - {name: app, image: "nginx:1.14", resources: {requests: {cpu: "64"}}}
`;

function traceOf(inputs: readonly object[], until: number) {
  const read = readRecipe({ podscope: 1, inputs });
  if (!('recipe' in read)) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(until);
  const trace = createTrace();
  trace.append(run.take());
  return trace;
}

const lines = (items: readonly OutlineItem[], language: 'ko' | 'en', indent = ''): readonly string[] =>
  items.flatMap((item) => [
    `${indent}${describeItem(item, language).join(', ')}`,
    ...(item.kind === 'system' ? [] : lines(item.children, language, `${indent}  `)),
  ]);

test('nodes, Pods and containers say their state in words', () => {
  const trace = traceOf(
    [
      { at: '0s', apply: MULTIPOD },
      { at: '1s', apply: TOO_LARGE },
      { at: '2s', fault: { kind: 'scheduler-down' } },
    ],
    30_000,
  );
  const outline = outlineAt(trace, trace.lastStep, createPodMarker());
  expect(lines(outline, 'en')).toEqual([
    'not placed yet, 1 Pod',
    '  large, Pod, Pending, 0/1 ready, on no node yet',
    '    app, container, Pending, still to come',
    'control-plane, control plane node, Ready, 6 Pods, tainted',
    '  kube-system, 6 Pods',
    'node1, node, Ready, 1 Pod',
    '  kube-system, 1 Pod',
    'node2, node, Ready, 2 Pods',
    '  multipod, Pod, Error, 1/2 ready, on node2, restarted 2 times',
    '    web, container, Running',
    '    short, container, Error, exit code 3, restarted 2 times',
    '  kube-system, 1 Pod',
  ]);
  expect(lines(outline, 'ko').slice(0, 4)).toEqual([
    '아직 노드 없음, 파드 1개',
    '  large, 파드, Pending, 준비 0/1, 아직 노드 없음',
    '    app, 컨테이너, Pending, 아직 만들어지지 않음',
    'control-plane, 컨트롤 플레인 노드, Ready, 파드 6개, 테인트 있음',
  ]);
  expect(podsOf(outline).map(({ pod }) => pod.name)).toEqual(['large', 'multipod']);
  const [controlPlane] = outline.flatMap((item) => (item.kind === 'node' && item.isControlPlane ? [item] : []));
  const system = (controlPlane?.children ?? []).flatMap(({ children }) => children as readonly OutlineItem[]);
  // Without its manifest the scheduler's Pod is gone.
  expect(system.map((item) => describeItem(item, 'en')[0]).filter((name) => name?.startsWith('kube-scheduler'))).toEqual([]);
});

test('before anything has happened there are nodes and no Pods', () => {
  const trace = traceOf([], 0);
  expect(podsOf(outlineAt(trace, 0, createPodMarker()))).toEqual([]);
});
