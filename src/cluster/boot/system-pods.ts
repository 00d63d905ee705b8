// The Pods of a kubeadm cluster: the control plane's static Pods, CoreDNS, kube-proxy. They have run for an hour.
// Models cmd/kubeadm/app/phases/{controlplane,etcd,addons}.
import type { Container, Pod, PodSpec, Volume } from '../api/types.ts';
import { VERSION } from '../apiserver/discovery.ts';
import type { BootNode } from './nodes.ts';

/** A system Pod before it has been defaulted and given a status. */
export interface SystemPod {
  readonly node: BootNode;
  readonly pod: Pod;
  /** A static Pod's object is a mirror of a file on the node. */
  readonly isStatic: boolean;
  /** The controller that has made it; the node's kubelet where it is static. */
  readonly owner?: { readonly kind: 'DaemonSet' | 'ReplicaSet'; readonly name: string };
}

const SUFFIX = 'bcdfghjklmnpqrstvwxz2456789';

/** The system Pods of a cluster; `draw` gives five characters for a name. */
export function systemPods(
  nodes: readonly BootNode[],
  draw: (purpose: string, length: number, alphabet: string) => string,
): readonly SystemPod[] {
  const first = nodes.find((node) => node.isControlPlane);
  if (!first) return [];
  const controlPlane = COMPONENTS.map((component) => ({ node: first, pod: staticPod(first, component), isStatic: true }));
  const template = draw('coredns', 10, SUFFIX);
  const replicas = nodes.length > 1 ? 2 : 1;
  const dns = Array.from({ length: replicas }, (_, i) => ({
    node: first,
    pod: corednsPod(template, `coredns-${template}-${draw(`coredns/${i}`, 5, SUFFIX)}`),
    isStatic: false,
    owner: { kind: 'ReplicaSet' as const, name: `coredns-${template}` },
  }));
  const proxies = nodes.map((node) => ({
    node,
    pod: proxyPod(node, `kube-proxy-${draw(`kube-proxy/${node.name}`, 5, SUFFIX)}`),
    isStatic: false,
    owner: { kind: 'DaemonSet' as const, name: 'kube-proxy' },
  }));
  return [...controlPlane, ...dns, ...proxies];
}

/** The manifests that kubeadm has written on the node of the control plane, by name; none on any other. */
export function staticManifests(node: BootNode): readonly (readonly [string, object])[] {
  if (!node.isControlPlane) return [];
  return COMPONENTS.map((component) => {
    const { metadata, spec } = staticPod(node, component);
    const { nodeName: _node, priority: _priority, preemptionPolicy: _policy, tolerations: _tolerations, ...written } = spec;
    return [
      component.name,
      { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: component.name }, spec: written, status: {} },
    ] as const;
  });
}

interface Component {
  readonly name: string;
  readonly image: string;
  readonly requests: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly paths: readonly (readonly [name: string, path: string])[];
}

const CERTIFICATES: Component['paths'] = [
  ['ca-certs', '/etc/ssl/certs'],
  ['k8s-certs', '/etc/kubernetes/pki'],
];
const COMPONENTS: readonly Component[] = [
  {
    name: 'etcd',
    image: 'registry.k8s.io/etcd:3.6.6-0',
    requests: { cpu: '100m', memory: '100Mi' },
    command: ['etcd', '--data-dir=/var/lib/etcd', '--listen-client-urls=https://127.0.0.1:2379'],
    paths: [
      ['etcd-certs', '/etc/kubernetes/pki/etcd'],
      ['etcd-data', '/var/lib/etcd'],
    ],
  },
  {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${VERSION.gitVersion}`,
    requests: { cpu: '250m' },
    command: ['kube-apiserver', '--etcd-servers=https://127.0.0.1:2379', '--service-cluster-ip-range=10.96.0.0/16'],
    paths: CERTIFICATES,
  },
  {
    name: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${VERSION.gitVersion}`,
    requests: { cpu: '200m' },
    command: ['kube-controller-manager', '--cluster-cidr=10.244.0.0/16', '--kubeconfig=/etc/kubernetes/controller-manager.conf'],
    paths: [...CERTIFICATES, ['kubeconfig', '/etc/kubernetes/controller-manager.conf']],
  },
  {
    name: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${VERSION.gitVersion}`,
    requests: { cpu: '100m' },
    command: ['kube-scheduler', '--kubeconfig=/etc/kubernetes/scheduler.conf'],
    paths: [['kubeconfig', '/etc/kubernetes/scheduler.conf']],
  },
];

const hostPath = (name: string, path: string): Volume => ({ name, hostPath: { path, type: '' } });
const everything = [{ operator: 'Exists', effect: 'NoExecute' }];

function staticPod(node: BootNode, { name, image, requests, command, paths }: Component): Pod {
  const container: Container = {
    name,
    image,
    command,
    resources: { requests },
    volumeMounts: paths.map(([volume, mountPath]) => ({ name: volume, mountPath, ...(volume !== 'etcd-data' && { readOnly: true }) })),
  };
  return podOf(`${name}-${node.name}`, {
    labels: { component: name, tier: 'control-plane' },
    spec: {
      containers: [container],
      hostNetwork: true,
      nodeName: node.name,
      priorityClassName: 'system-node-critical',
      priority: 2_000_001_000,
      preemptionPolicy: 'PreemptLowerPriority',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      tolerations: everything,
      volumes: paths.map(([volume, path]) => hostPath(volume, path)),
    },
  });
}

function corednsPod(template: string, name: string): Pod {
  const container: Container = {
    name: 'coredns',
    image: 'registry.k8s.io/coredns/coredns:v1.14.1',
    args: ['-conf', '/etc/coredns/Corefile'],
    resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
    ports: [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
    ],
  };
  return podOf(name, {
    labels: { 'k8s-app': 'kube-dns', 'pod-template-hash': template },
    spec: {
      containers: [container],
      dnsPolicy: 'Default',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: 'system-cluster-critical',
      serviceAccountName: 'coredns',
      tolerations: [
        { key: 'CriticalAddonsOnly', operator: 'Exists' },
        { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
      ],
    },
  });
}

function proxyPod(node: BootNode, name: string): Pod {
  const container: Container = {
    name: 'kube-proxy',
    image: `registry.k8s.io/kube-proxy:${VERSION.gitVersion}`,
    command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    securityContext: { privileged: true },
    volumeMounts: [{ name: 'lib-modules', mountPath: '/lib/modules', readOnly: true }],
  };
  return podOf(name, {
    labels: { 'k8s-app': 'kube-proxy' },
    spec: {
      containers: [container],
      hostNetwork: true,
      nodeName: node.name,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: 'system-node-critical',
      serviceAccountName: 'kube-proxy',
      tolerations: [
        { operator: 'Exists' },
        { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
        { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists' },
      ],
      volumes: [hostPath('lib-modules', '/lib/modules')],
    },
  });
}

function podOf(name: string, { labels, spec }: { readonly labels: Readonly<Record<string, string>>; readonly spec: PodSpec }): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'kube-system', labels }, spec, status: {} };
}
