// `kubectl describe node`. Models k8s.io/kubectl/pkg/describe describeNode.
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { age } from '../../../cluster/api/human-duration.ts';
import { podLimits, podRequests, type ResourceList } from '../../../cluster/api/pod-resources.ts';
import { addQuantities, milliValue } from '../../../cluster/api/quantity.ts';
import type { Event, Node, Pod } from '../../../cluster/api/types.ts';
import { describeEvents } from './events.ts';
import { createDescribeWriter, type DescribeWriter, describeAnnotations, describeLabels, describeMany, rfc1123 } from './writer.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** Describes a Node with the Pods that run on it. `lease`: its Lease object, where there is one. */
export function describeNode(
  node: Node,
  pods: readonly Pod[],
  lease: unknown,
  events: readonly Event[] | undefined,
  nowMs: number,
): string {
  const out = createDescribeWriter();
  const { metadata, spec = {}, status = {} } = node;
  out.line(0, `Name:\t${metadata.name}`);
  out.line(0, `Roles:\t${rolesOf(node).join(',') || '<none>'}`);
  describeLabels(out, 'Labels', metadata.labels);
  describeAnnotations(out, metadata.annotations);
  out.line(0, `CreationTimestamp:\t${rfc1123(metadata.creationTimestamp)}`);
  const taints = (spec.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`);
  describeMany(out, 'Taints', taints.toSorted());
  out.line(0, `Unschedulable:\t${spec.unschedulable ?? false}`);
  describeLease(out, lease);
  describeConditions(out, node);
  if (status.addresses) out.line(0, 'Addresses:');
  for (const { type, address } of status.addresses ?? []) out.line(1, `${type}:\t${address}`);
  describeList(out, 'Capacity', status.capacity);
  describeList(out, 'Allocatable', status.allocatable);
  describeSystem(out, node);
  if (spec.podCIDR) out.line(0, `PodCIDR:\t${spec.podCIDR}`);
  if (spec.podCIDRs?.length) out.line(0, `PodCIDRs:\t${spec.podCIDRs.join(',')}`);
  if (spec.providerID) out.line(0, `ProviderID:\t${spec.providerID}`);
  describePods(out, node, pods, nowMs);
  if (events) describeEvents(out, events, nowMs);
  return out.text();
}

function rolesOf({ metadata }: Node): string[] {
  const keys = sortedKeys(metadata.labels ?? {}).filter((key) => key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length);
  return keys.map((key) => key.slice(ROLE_PREFIX.length));
}

function describeLease(out: DescribeWriter, lease: unknown): void {
  out.line(0, 'Lease:');
  const spec = isObject(lease) && isObject(lease.spec) ? lease.spec : undefined;
  const time = (value: unknown) => (typeof value === 'string' ? rfc1123(value) : '<unset>');
  out.line(1, `HolderIdentity:\t${typeof spec?.holderIdentity === 'string' ? spec.holderIdentity : '<unset>'}`);
  out.line(1, `AcquireTime:\t${time(spec?.acquireTime)}`);
  out.line(1, `RenewTime:\t${time(spec?.renewTime)}`);
}

function describeConditions(out: DescribeWriter, { status }: Node): void {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  out.line(0, 'Conditions:');
  out.line(0, '  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
  out.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
  for (const condition of conditions) {
    const { type, status: value, lastHeartbeatTime, lastTransitionTime, reason = '', message = '' } = condition;
    out.line(1, `${type} \t${value} \t${rfc1123(lastHeartbeatTime)} \t${rfc1123(lastTransitionTime)} \t${reason} \t${message} `);
  }
}

function describeList(out: DescribeWriter, title: string, list: ResourceList | undefined): void {
  if (!list) return;
  out.line(0, `${title}:`);
  for (const name of sortedKeys(list)) out.line(1, `${name}:\t${list[name]}`);
}

function describeSystem(out: DescribeWriter, { status }: Node): void {
  const about = status?.nodeInfo;
  out.line(0, 'System Info:');
  for (const [title, value] of [
    ['Machine ID', about?.machineID],
    ['System UUID', about?.systemUUID],
    ['Boot ID', about?.bootID],
    ['Kernel Version', about?.kernelVersion],
    ['OS Image', about?.osImage],
    ['Operating System', about?.operatingSystem],
    ['Architecture', about?.architecture],
    ['Container Runtime Version', about?.containerRuntimeVersion],
    ['Kubelet Version', about?.kubeletVersion],
    ['Kube-Proxy Version', about?.kubeProxyVersion],
  ] as const) {
    out.line(1, `${title}:\t${value ?? ''}`);
  }
}

const SHOWN = ['cpu', 'memory', 'ephemeral-storage'];

function describePods(out: DescribeWriter, node: Node, pods: readonly Pod[], nowMs: number): void {
  const allocatable = node.status?.allocatable ?? node.status?.capacity ?? {};
  out.line(0, `Non-terminated Pods:\t(${pods.length} in total)`);
  out.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  out.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  for (const { metadata, spec } of pods) {
    const [requests, limits] = [podRequests(spec), podLimits(spec)];
    const parts = [requests.cpu, limits.cpu].map((value) => share(value, allocatable.cpu));
    const memory = [requests.memory, limits.memory].map((value) => share(value, allocatable.memory));
    const name = `${metadata.namespace ?? ''}\t${metadata.name}\t`;
    out.line(1, [name, ...parts, ...memory, age(metadata.creationTimestamp, nowMs)].join('\t'));
  }
  out.line(0, 'Allocated resources:');
  out.line(0, '  (Total limits may be over 100 percent, i.e., overcommitted.)');
  out.line(1, 'Resource\tRequests\tLimits');
  out.line(1, '--------\t--------\t------');
  const total = (of: (spec: Pod['spec']) => ResourceList, name: string) =>
    addQuantities('0', ...pods.map(({ spec }) => of(spec)[name] ?? '0'));
  const hugePages = sortedKeys(allocatable).filter((name) => name.startsWith('hugepages-'));
  for (const name of [...SHOWN, ...hugePages]) {
    out.line(1, `${name}\t${share(total(podRequests, name), allocatable[name])}\t${share(total(podLimits, name), allocatable[name])}`);
  }
  for (const name of sortedKeys(allocatable).filter((key) => key.includes('/'))) {
    out.line(1, `${name}\t${total(podRequests, name)}\t${total(podLimits, name)}`);
  }
}

/** An amount with its share of all: `250m (12%)`. */
function share(amount: string | undefined, all: string | undefined): string {
  const whole = milliValue(all ?? '0');
  const percent = whole === 0 ? 0 : Math.trunc((milliValue(amount ?? '0') / whole) * 100);
  return `${amount ?? '0'} (${percent}%)`;
}
