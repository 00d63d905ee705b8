// The Lease of a node, by which its kubelet says that it lives. Models pkg/kubelet (node lease controller) and coordination.k8s.io/v1.

/** The namespace of these Leases. */
export const LEASE_NAMESPACE = 'kube-node-lease';
/** How often a kubelet renews its Lease: a quarter of its 40 s. */
export const RENEW_EVERY_MS = 10_000;

/** The last renewal at or before `now`, of a Lease that is renewed every ten seconds since `since` (both dates, in milliseconds). */
export function lastRenewalMs(since: number, now: number): number {
  return now < since ? since : since + Math.floor((now - since) / RENEW_EVERY_MS) * RENEW_EVERY_MS;
}

/** A date (in milliseconds) as the API writes a MicroTime. */
export const microTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}000Z`;
