import { expect, test } from 'vitest';
import type { PersistentVolumeClaim } from '../../../api/types.ts';
import { createCache } from '../../cache/cache.ts';
import { podInfoOf } from '../../framework/pod-info.ts';
import { nodeOf, podOf } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const claimOf = (volumeName?: string, storageClassName?: string, more: object = {}): PersistentVolumeClaim => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'default', ...more },
  spec: { ...(volumeName && { volumeName }), ...(storageClassName && { storageClassName }) },
  status: { phase: volumeName ? 'Bound' : 'Pending' },
});

test.each<[string, PersistentVolumeClaim | undefined, string]>([
  ['no claim', undefined, '!persistentvolumeclaim "data" not found'],
  ['a claim that is deleted', claimOf('v', '', { deletionTimestamp: 'x' }), '!persistentvolumeclaim "data" is being deleted'],
  ['a claim without a volume', claimOf(), '!pod has unbound immediate PersistentVolumeClaims'],
  ['a claim that waits for its consumer', claimOf('', 'local'), "node(s) didn't find available persistent volumes to bind"],
  ['a volume that is gone', claimOf('w'), 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'],
  ['a volume of this node', claimOf('v'), 'ok'],
  ['a volume of another node', claimOf('far'), "node(s) didn't match PersistentVolume's node affinity"],
])('%s', (_, claim, said) => {
  const cache = createCache();
  cache.setNode(nodeOf('n'));
  if (claim) cache.claims.set(claim);
  const named = (name: string) => ({ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] });
  const volume = (name: string, node: string) =>
    cache.volumes.set({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: { nodeAffinity: { required: { nodeSelectorTerms: [named(node)] } } },
    });
  volume('v', 'n');
  volume('far', 'elsewhere');
  const consumer = { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' };
  cache.storageClasses.set({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'local' }, ...consumer });
  const pod = podOf('p', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
  const snapshot = cache.snapshot();
  const filtering = plugin.preFilter?.(podInfoOf(pod), snapshot);
  const node = snapshot.nodes[0];
  if (!filtering || !node) throw new Error('nothing was filtered');
  const answer = 'rejected' in filtering ? `!${filtering.rejected.reasons[0]}` : (filtering.filter(node).reasons[0] ?? 'ok');
  expect(answer).toBe(said);
});
