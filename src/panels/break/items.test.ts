// What the menu offers, by what there is: read from real runs.
import { expect, test } from 'vitest';
import { createTrace, type Trace } from '../../engine/trace.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';
import { groupsFor, type Item } from './items.ts';
import { type Target, selectionOfTarget, targetOfSelection } from './target.ts';

const POD = '/registry/pods/default/web';
const NODE1: Target = { kind: 'node', node: 'node1' };
const container = (name: string): Target => ({ kind: 'container', pod: POD, container: name });

/** A Pod on node1 after ten seconds in which all this was broken. */
function after(faults: readonly object[], limit?: string, names: readonly string[] = ['nginx']): Trace {
  const containers = names.map((name) => ({
    name,
    image: 'nginx:1.14',
    command: ['sleep', '3600'],
    ...(limit !== undefined && { resources: { limits: { memory: limit } } }),
  }));
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { nodeName: 'node1', containers } };
  const inputs = [{ apply: JSON.stringify(manifest) }, ...faults.map((fault) => ({ at: '8s', fault }))];
  const read = readRecipe({ podscope: 1, inputs });
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  const run = openScenario(read.recipe);
  run.advance(10_000);
  const trace = createTrace();
  trace.append(run.take());
  return trace;
}

const shown = (trace: Trace, target: Target, isAround = true) =>
  groupsFor(trace, trace.lastStep, target, isAround).map(({ kind, items }) => `${kind}: ${items.map(nameOf).join(' ')}`);
const nameOf = ({ name, of, hindrance }: Item): string => [name, of, hindrance].filter((part) => part !== undefined).join('/');

const WHOLE = ['node: nodeDown kubeletDown', 'cluster: schedulerDown registryDown'];

test.each<readonly [string, readonly object[], Target, readonly string[]]>([
  ['a container, and what it stands on', [], container('nginx'), ['container: kill hang fail memory', 'pod: killPause', ...WHOLE]],
  ['of a Pod its only container', [], { kind: 'pod', pod: POD }, ['container: kill hang fail memory', 'pod: killPause', ...WHOLE]],
  ['a node', [], NODE1, WHOLE],
  ['the cluster', [], { kind: 'cluster' }, ['cluster: schedulerDown registryDown']],
  ['a Pod that is not there', [], { kind: 'pod', pod: '/registry/pods/default/nosuch' }, ['cluster: schedulerDown registryDown']],
  [
    'what hangs goes on',
    [{ kind: 'app-hang', pod: 'web', container: 'nginx' }],
    container('nginx'),
    ['container: kill unhang fail memory', 'pod: killPause', ...WHOLE],
  ],
  [
    'what fails answers rightly',
    [{ kind: 'app-fail', pod: 'web', container: 'nginx' }],
    container('nginx'),
    ['container: kill hang unfail memory', 'pod: killPause', ...WHOLE],
  ],
  [
    'a new process is well',
    [
      { kind: 'app-hang', pod: 'web', container: 'nginx' },
      { kind: 'kill-container', pod: 'web', container: 'nginx' },
    ],
    container('nginx'),
    ['container: kill hang fail memory', 'pod: killPause', ...WHOLE],
  ],
  [
    'without power nothing can be killed',
    [{ kind: 'node-down', node: 'node1' }],
    container('nginx'),
    [
      'container: kill/no-power hang/no-power fail/no-power memory/no-power',
      'pod: killPause/no-power',
      'node: nodeUp',
      'cluster: schedulerDown registryDown',
    ],
  ],
  [
    'everything that is away can come back',
    [{ kind: 'kubelet-down', node: 'node1' }, { kind: 'scheduler-down' }, { kind: 'registry-down' }],
    NODE1,
    ['node: nodeDown kubeletUp', 'cluster: schedulerUp registryUp'],
  ],
])('%s', (_name, faults, target, groups) => {
  expect(shown(after(faults), target)).toEqual(groups);
});

test('on the figure only what was pointed at; of several containers each by its name', () => {
  expect(shown(after([]), container('nginx'), false)).toEqual(['container: kill hang fail memory', 'pod: killPause']);
  expect(shown(after([]), NODE1, false)).toEqual(['node: nodeDown kubeletDown']);
  const two = after([], undefined, ['a', 'b']);
  expect(shown(two, { kind: 'pod', pod: POD }, false)).toEqual(['pod: kill/a kill/b killPause']);
  const [{ items = [] } = {}] = groupsFor(two, two.lastStep, container('b'), false);
  expect(items[0]).toMatchObject({
    fault: { kind: 'kill-container', pod: 'web', container: 'b' },
    line: { text: 'kubectl exec web -c b -- kill 1' },
  });
});

test.each([
  ['128Mi', { to: '192Mi', most: '128Mi' }],
  [undefined, { to: '4.5Gi', most: '4Gi', node: 'node1' }],
])('memory grows past a limit of %s', (limit, amount) => {
  const trace = after([], limit);
  const [{ items = [] } = {}] = groupsFor(trace, trace.lastStep, container('nginx'), false);
  const memory = items.find(({ name }) => name === 'memory');
  expect(memory?.amount).toEqual(amount);
  expect(memory?.fault).toEqual({ kind: 'memory', pod: 'web', container: 'nginx', to: amount.to });
});

test('lines on a node do the same by hand', () => {
  const trace = after([]);
  const [node, cluster] = groupsFor(trace, trace.lastStep, NODE1, true);
  expect([...(node?.items ?? []), ...(cluster?.items ?? [])].map(({ line }) => line)).toEqual([
    undefined,
    { text: 'ssh node1 systemctl stop kubelet', isSame: true },
    { text: 'ssh control-plane mv /etc/kubernetes/manifests/kube-scheduler.yaml /root', isSame: true },
    undefined,
  ]);
});

test.each([container('nginx'), { kind: 'pod', pod: POD }, NODE1] as const)('a target is a selection, and the other way round', (target) => {
  expect(targetOfSelection(selectionOfTarget(target))).toEqual(target);
});
