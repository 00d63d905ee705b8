// Leases of nodes are not renewed one by one: a row says since when its kubelet renews it and in which phase, and whoever reads it is
// shown the renewal that came last. When the kubelet stops, the last renewal is written.
import { LEASE_NAMESPACE, lastRenewalMs, microTime } from '../api/node-lease.ts';
import { storageKey } from '../api/resources.ts';
import type { Lease } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { Change, Stored } from './cache.ts';
import type { Server } from './server.ts';

/** An object as it is read now: of a node's Lease that is being renewed, with the renewal that came last. */
export function asRead(server: Server, context: ClusterContext, object: Stored): Stored {
  if (object.kind !== 'Lease' || object.metadata.namespace !== LEASE_NAMESPACE || !server.renewing.has(object.metadata.name)) return object;
  return renewed(object as Stored & Lease, server.startAtMs + context.at);
}

/** The Lease with its last renewal at or before a date. */
export function renewed(lease: Stored & Lease, now: number): Stored & Lease {
  const since = Date.parse(lease.spec?.renewTime ?? '');
  if (Number.isNaN(since)) return lease;
  return { ...lease, spec: { ...lease.spec, renewTime: microTime(lastRenewalMs(since, now)) } };
}

/** A kubelet has written the Lease of its node: from then on it renews it. */
export function noteRenewing(server: Server, { after }: Change): void {
  if (after?.kind !== 'Lease' || after.metadata.namespace !== LEASE_NAMESPACE) return;
  const { name } = after.metadata;
  if ((after as Stored & Lease).spec?.holderIdentity === name && !server.down.has(name)) server.renewing.add(name);
}

/** A kubelet has stopped: the Lease keeps its last renewal. */
export function stopRenewing(server: Server, context: ClusterContext, node: string): void {
  if (!server.renewing.delete(node)) return;
  const key = storageKey('leases', LEASE_NAMESPACE, node);
  const entry = server.cache.get(key);
  if (!entry) return;
  const value = renewed(entry.object as Stored & Lease, server.startAtMs + context.at);
  server.txn(
    context,
    { compare: [{ key, revision: entry.revision }], puts: [{ key, value }], level: 'all', label: `put ${node}` },
    () => undefined,
  );
}
