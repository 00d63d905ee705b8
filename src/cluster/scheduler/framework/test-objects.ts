// For tests: small Pods and nodes, and one plugin asked about them.
import { createCache } from '../cache/cache.ts';
import type { Container, Node, Pod, PodSpec } from '../../api/types.ts';
import type { Plugin } from './plugin.ts';
import { podInfoOf } from './pod-info.ts';
import type { Snapshot } from './snapshot.ts';

type Labels = Readonly<Record<string, string>>;

/** A node of 4 CPU, 8Gi and 10 Pods, with its name as its hostname. */
export function nodeOf(name: string, labels: Labels = {}, spec: Node['spec'] = {}, status: Node['status'] = {}): Node {
  const allocatable = { cpu: '4', memory: '8Gi', pods: '10' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec,
    status: { allocatable, ...status },
  };
}

/** A container that requests this. */
export const containerOf = (requests: Labels = {}, more: Partial<Container> = {}): Container => ({
  name: 'c',
  image: 'nginx:1.14',
  resources: { requests },
  ...more,
});

/** A Pod with one container that requests nothing, unless the spec says otherwise. */
export function podOf(name: string, spec: Partial<PodSpec> = {}, labels: Labels = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: name, labels },
    spec: { containers: [containerOf()], ...spec },
    status: {},
  };
}

/** A snapshot of these nodes with the Pods on them (by their nodeName). */
export function snapshotOf(nodes: readonly Node[], pods: readonly Pod[] = []): Snapshot {
  const cache = createCache();
  for (const node of nodes) cache.setNode(node);
  for (const pod of pods) cache.setPod(podInfoOf(pod), pod.spec.nodeName ?? '');
  return cache.snapshot();
}

/** What a plugin's filter says of each node: `ok`, or its reasons, with a `!` before them where preemption would not help. */
export function filtered(plugin: Plugin, pod: Pod, nodes: readonly Node[], pods: readonly Pod[] = []): Readonly<Record<string, string>> {
  const snapshot = snapshotOf(nodes, pods);
  const filtering = plugin.preFilter?.(podInfoOf(pod), snapshot);
  return Object.fromEntries(
    snapshot.nodes.map((node) => {
      if (!filtering) return [node.name, 'ok'];
      const { code, reasons } = 'rejected' in filtering ? filtering.rejected : filtering.filter(node);
      return [node.name, code === 'Success' ? 'ok' : `${code === 'UnschedulableAndUnresolvable' ? '!' : ''}${reasons.join('; ')}`];
    }),
  );
}

/** A plugin's normalised scores of all nodes; undefined where it has nothing to say. */
export function scored(
  plugin: Plugin,
  pod: Pod,
  nodes: readonly Node[],
  pods: readonly Pod[] = [],
): Readonly<Record<string, number>> | undefined {
  const snapshot = snapshotOf(nodes, pods);
  const scoring = plugin.preScore?.(podInfoOf(pod), snapshot, snapshot.nodes);
  if (!scoring) return undefined;
  const raw = snapshot.nodes.map(scoring.score);
  const scores = scoring.normalise?.(raw) ?? raw;
  return Object.fromEntries(snapshot.nodes.map(({ name }, i) => [name, scores[i] ?? Number.NaN]));
}
