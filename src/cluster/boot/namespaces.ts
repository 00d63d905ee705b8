// What every cluster has from the start: namespaces with their service accounts and root certificates, priority classes, Services.
import type { ConfigMap, Endpoints, Lease, Namespace, PriorityClass, Service, ServiceAccount } from '../api/types.ts';
import { LEASE_NAMESPACE, microTime } from '../api/node-lease.ts';
import { rootCertificate } from '../api/root-certificate.ts';
import { STANDING_FOR_MS, timeText } from './nodes.ts';

/** Namespaces that every cluster has. */
export const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'] as const;

type Standing = Namespace | ServiceAccount | ConfigMap | PriorityClass | Service | Endpoints | Lease;

/** A namespace with what its controllers put into it. `now`: the date of instant 0. */
export function namespaceWithContent(name: string, now: number): readonly Standing[] {
  const creationTimestamp = timeText(now - STANDING_FOR_MS);
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, creationTimestamp, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name, creationTimestamp } },
    rootCertificate(name, creationTimestamp),
  ];
}

/** The classes that every cluster has. */
export function systemPriorityClasses(now: number): readonly PriorityClass[] {
  const creationTimestamp = timeText(now - STANDING_FOR_MS);
  const system = (name: string, value: number, description: string): PriorityClass => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name, creationTimestamp, generation: 1 },
    value,
    description,
    preemptionPolicy: 'PreemptLowerPriority',
  });
  return [
    system(
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ),
    system('system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'),
  ];
}

/** The Service `kubernetes`: the API server itself, as Pods reach it. */
export function kubernetesService(now: number, apiServerIp: string | undefined): readonly Standing[] {
  const creationTimestamp = timeText(now - STANDING_FOR_MS);
  const metadata = { name: 'kubernetes', namespace: 'default', creationTimestamp };
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      ...serviceAt('10.96.0.1'),
      ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }],
    },
    status: { loadBalancer: {} },
  };
  if (apiServerIp === undefined) return [service];
  const endpoints: Endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: apiServerIp }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
  };
  return [service, endpoints];
}

/** The Service `kube-dns`: CoreDNS, as Pods reach it. */
export function dnsService(now: number): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      creationTimestamp: timeText(now - STANDING_FOR_MS),
      labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
    },
    spec: {
      ...serviceAt('10.96.0.10'),
      selector: { 'k8s-app': 'kube-dns' },
      ports: [
        { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
        { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 53 },
        { name: 'metrics', protocol: 'TCP', port: 9153, targetPort: 9153 },
      ],
    },
    status: { loadBalancer: {} },
  };
}

const serviceAt = (clusterIP: string) => ({
  clusterIP,
  clusterIPs: [clusterIP],
  internalTrafficPolicy: 'Cluster',
  ipFamilies: ['IPv4'],
  ipFamilyPolicy: 'SingleStack',
  sessionAffinity: 'None',
  type: 'ClusterIP',
});

/** The Lease that a node's kubelet renews; `renewedMs` before the start it did so last. */
export function nodeLease(node: string, uid: string, now: number, renewedMs: number): Lease {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: node,
      namespace: LEASE_NAMESPACE,
      creationTimestamp: timeText(now - STANDING_FOR_MS),
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node, uid }],
    },
    spec: { holderIdentity: node, leaseDurationSeconds: 40, renewTime: microTime(now - renewedMs) },
  };
}
