// The cluster as it stands before anything is asked of it, for the first sight: the simulation itself is loaded when somebody means to
// use it. Drawn from the same objects that the boot puts into etcd; the real run takes its place at instant 0.
import { createRandom } from '../base/prng.ts';
import { nodeKey, podKey } from '../cluster/api/resources.ts';
import { nodeObject, nodesOf } from '../cluster/boot/nodes.ts';
import { systemPods } from '../cluster/boot/system-pods.ts';
import type { RowRecord } from '../engine/records.ts';
import { type Trace, createTrace } from '../engine/trace.ts';
import type { Recipe } from '../scenario/recipe.ts';

/** A trace with the nodes and system Pods of a recipe's preset. */
export function groundOf({ seed, cluster }: Recipe): Trace {
  const startAtMs = Date.parse(cluster.startAt);
  const nodes = nodesOf({ seed, preset: cluster.preset, startAtMs, nodes: [], nodeManifests: [], images: [], objects: [] });
  const random = createRandom(seed, 'ground');
  const objects: (readonly [string, unknown])[] = nodes.map((node) => [nodeKey(node.name), nodeObject(node, startAtMs, [], random)]);
  for (const { node, pod } of systemPods(nodes, (_purpose, length, alphabet) => random.text(length, alphabet))) {
    const standing = { ...pod, spec: { ...pod.spec, nodeName: node.name }, status: { phase: 'Running' } };
    objects.push([podKey('kube-system', pod.metadata.name ?? ''), standing]);
  }
  const trace = createTrace();
  trace.append(objects.map(([key, value], i): RowRecord => ({ type: 'row', id: i + 1, step: 0, at: 0, cause: 0, key, value })));
  return trace;
}
