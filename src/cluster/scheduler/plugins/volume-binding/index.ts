// VolumeBinding: a Pod waits for its PersistentVolumeClaims, and goes where their volumes are. Models plugins/volumebinding.
// Nothing provisions volumes here: a claim that waits for its first consumer finds none.
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../../api/types.ts';
import type { NodeInfo } from '../../framework/node-info.ts';
import type { Plugin } from '../../framework/plugin.ts';
import { matchesNodeTerm } from '../../framework/selectors.ts';
import type { Snapshot } from '../../framework/snapshot.ts';
import { type Status, SUCCESS, unresolvable } from '../../framework/status.ts';

const UNBOUND = unresolvable('pod has unbound immediate PersistentVolumeClaims');
const NO_VOLUME = unresolvable("node(s) didn't find available persistent volumes to bind");
const ELSEWHERE = unresolvable("node(s) didn't match PersistentVolume's node affinity");
const LOST = unresolvable('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
/** The annotation of a claim whose binding is complete. */
const BOUND = 'pv.kubernetes.io/bind-completed';

interface Wanted {
  readonly name: string;
  readonly ephemeral: boolean;
}

function wantedClaims({ metadata, spec }: Pod): readonly Wanted[] {
  return (spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }): Wanted[] => {
    if (persistentVolumeClaim) return [{ name: persistentVolumeClaim.claimName, ephemeral: false }];
    return ephemeral ? [{ name: `${metadata.name}-${name}`, ephemeral: true }] : [];
  });
}

/** Why a claim cannot be used at all, if so. Models podHasPVCs. */
function unusable(claim: PersistentVolumeClaim | undefined, { name, ephemeral }: Wanted): string | undefined {
  if (!claim) {
    const missing = `persistentvolumeclaim "${name}" not found`;
    return ephemeral ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"` : missing;
  }
  if (claim.status?.phase === 'Lost') {
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName ?? ''}"`;
  }
  return claim.metadata.deletionTimestamp === undefined ? undefined : `persistentvolumeclaim "${name}" is being deleted`;
}

const isBound = ({ metadata, spec, status }: PersistentVolumeClaim): boolean =>
  (spec?.volumeName ?? '') !== '' && (metadata.annotations?.[BOUND] !== undefined || status?.phase === 'Bound');
const waitsForConsumer = (claim: PersistentVolumeClaim, snapshot: Snapshot): boolean =>
  snapshot.storageClass(claim.spec?.storageClassName ?? '')?.volumeBindingMode === 'WaitForFirstConsumer';

function reaches(volume: PersistentVolume, { node }: NodeInfo): boolean {
  const required = volume.spec?.nodeAffinity?.required;
  return required === undefined || required.nodeSelectorTerms.some((term) => matchesNodeTerm(term, node));
}

function check(claims: readonly PersistentVolumeClaim[], node: NodeInfo, snapshot: Snapshot): Status {
  for (const claim of claims) {
    if (!isBound(claim)) return NO_VOLUME;
    const volume = snapshot.volume(claim.spec?.volumeName ?? '');
    if (!volume) return LOST;
    if (!reaches(volume, node)) return ELSEWHERE;
  }
  return SUCCESS;
}

const plugin: Plugin = {
  name: 'VolumeBinding',
  order: 10,
  requeue: [
    { resource: 'PersistentVolumeClaim', actions: ['Add', 'Update'] },
    { resource: 'PersistentVolume', actions: ['Add', 'Update'] },
    { resource: 'StorageClass', actions: ['Add', 'Update'] },
    { resource: 'Node', actions: ['Add', 'UpdateLabel', 'UpdateTaint'] },
  ],
  preFilter({ pod, namespace }, snapshot) {
    const wanted = wantedClaims(pod);
    if (wanted.length === 0) return undefined;
    const claims: PersistentVolumeClaim[] = [];
    for (const one of wanted) {
      const claim = snapshot.claim(namespace, one.name);
      const why = unusable(claim, one);
      if (why !== undefined) return { rejected: unresolvable(why) };
      if (claim) claims.push(claim);
    }
    if (claims.some((claim) => !isBound(claim) && !waitsForConsumer(claim, snapshot))) return { rejected: UNBOUND };
    return { filter: (node) => check(claims, node, snapshot) };
  },
};
export default plugin;
