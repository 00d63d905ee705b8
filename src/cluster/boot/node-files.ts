// What kubeadm has left on a node's disk: the kubelet's configuration, the manifests of the control plane, the names of the nodes.
// Models cmd/kubeadm/app/componentconfigs/kubelet.go and phases/controlplane.
import { writeYaml } from '../../manifest/write.ts';
import { MANIFESTS } from '../runtime/host/disk.ts';
import type { BootNode } from './nodes.ts';
import { staticManifests } from './system-pods.ts';

const KUBELET_CONFIGURATION = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  authentication: {
    anonymous: { enabled: false },
    webhook: { cacheTTL: '0s', enabled: true },
    x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
  },
  authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: '0s', cacheUnauthorizedTTL: '0s' } },
  cgroupDriver: 'systemd',
  clusterDNS: ['10.96.0.10'],
  clusterDomain: 'cluster.local',
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  cpuManagerReconcilePeriod: '0s',
  crashLoopBackOff: {},
  evictionPressureTransitionPeriod: '0s',
  fileCheckFrequency: '0s',
  healthzBindAddress: '127.0.0.1',
  healthzPort: 10248,
  httpCheckFrequency: '0s',
  imageMaximumGCAge: '0s',
  imageMinimumGCAge: '0s',
  kind: 'KubeletConfiguration',
  logging: { flushFrequency: 0, options: { json: { infoBufferSize: '0' }, text: { infoBufferSize: '0' } }, verbosity: 0 },
  memorySwap: {},
  nodeStatusReportFrequency: '0s',
  nodeStatusUpdateFrequency: '0s',
  rotateCertificates: true,
  runtimeRequestTimeout: '0s',
  shutdownGracePeriod: '0s',
  shutdownGracePeriodCriticalPods: '0s',
  staticPodPath: MANIFESTS,
  streamingConnectionIdleTimeout: '0s',
  syncFrequency: '0s',
  volumeStatsAggPeriod: '0s',
};

/** The files by path. */
export function nodeFiles(node: BootNode, nodes: readonly BootNode[]): Readonly<Record<string, string>> {
  return {
    '/etc/hostname': `${node.name}\n`,
    '/etc/hosts': hostsFile(nodes),
    '/var/lib/kubelet/config.yaml': writeYaml(KUBELET_CONFIGURATION),
    ...Object.fromEntries(staticManifests(node).map(([name, manifest]) => [`${MANIFESTS}/${name}.yaml`, writeYaml(manifest)])),
  };
}

/** /etc/hosts with the nodes of the cluster in it. */
export const hostsFile = (nodes: readonly Pick<BootNode, 'name' | 'hostIp'>[]): string =>
  `127.0.0.1\tlocalhost\n${nodes.map(({ name, hostIp }) => `${hostIp}\t${name}\n`).join('')}`;
