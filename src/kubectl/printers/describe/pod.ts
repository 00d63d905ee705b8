// `kubectl describe pod`. Models k8s.io/kubectl/pkg/describe describePod.
import { compareText } from '../../../base/order.ts';
import { age } from '../../../cluster/api/human-duration.ts';
import type { Event, LabelSelector, Pod, Toleration } from '../../../cluster/api/types.ts';
import { describeContainers, describeResources } from './containers.ts';
import { describeEvents } from './events.ts';
import { describeVolumes } from './volumes.ts';
import { createDescribeWriter, type DescribeWriter, describeAnnotations, describeLabels, describeMany, rfc1123 } from './writer.ts';

/** Describes a Pod. `events`: undefined where they are not to be shown. */
export function describePod(pod: Pod, events: readonly Event[] | undefined, nowMs: number): string {
  const out = createDescribeWriter();
  const { spec, status } = pod;
  describeIdentity(out, pod);
  describePodStatus(out, pod, nowMs);
  if (spec.resources) {
    out.line(0, 'Resources:');
    describeResources(out, 1, spec.resources);
  }
  if (spec.initContainers?.length) describeContainers(out, 'Init Containers', pod, spec.initContainers, status.initContainerStatuses);
  describeContainers(out, 'Containers', pod, spec.containers, status.containerStatuses);
  if (spec.ephemeralContainers?.length) {
    describeContainers(out, 'Ephemeral Containers', pod, spec.ephemeralContainers, status.ephemeralContainerStatuses);
  }
  describeConditions(out, pod);
  describeVolumes(out, spec.volumes);
  out.line(0, `QoS Class:\t${status.qosClass ?? ''}`);
  describeLabels(out, 'Node-Selectors', spec.nodeSelector);
  describeMany(out, 'Tolerations', (spec.tolerations ?? []).toSorted((a, b) => compareText(a.key ?? '', b.key ?? '')).map(tolerationText));
  describeSpread(out, pod);
  if (events) describeEvents(out, events, nowMs);
  return out.text();
}

function describeIdentity(out: DescribeWriter, { metadata, spec, status }: Pod): void {
  out.line(0, `Name:\t${metadata.name}`);
  out.line(0, `Namespace:\t${metadata.namespace ?? ''}`);
  if (spec.priority !== undefined) out.line(0, `Priority:\t${spec.priority}`);
  if (spec.priorityClassName) out.line(0, `Priority Class Name:\t${spec.priorityClassName}`);
  if (spec.runtimeClassName) out.line(0, `Runtime Class Name:\t${spec.runtimeClassName}`);
  if (spec.serviceAccountName) out.line(0, `Service Account:\t${spec.serviceAccountName}`);
  out.line(0, `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>'}`);
  if (status.startTime) out.line(0, `Start Time:\t${rfc1123(status.startTime)}`);
  describeLabels(out, 'Labels', metadata.labels);
  describeAnnotations(out, metadata.annotations);
}

function describePodStatus(out: DescribeWriter, { metadata, spec, status }: Pod, nowMs: number): void {
  const isOver = status.phase === 'Failed' || status.phase === 'Succeeded';
  if (metadata.deletionTimestamp && !isOver) {
    out.line(0, `Status:\tTerminating (lasts ${age(metadata.deletionTimestamp, nowMs)})`);
    out.line(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else out.line(0, `Status:\t${status.phase ?? ''}`);
  if (status.reason) out.line(0, `Reason:\t${status.reason}`);
  if (status.message) out.line(0, `Message:\t${status.message}`);
  const seccomp = spec.securityContext?.seccompProfile;
  if (seccomp) out.line(0, `SeccompProfile:\t${seccomp.type}`);
  if (seccomp?.type === 'Localhost') out.line(0, `LocalhostProfile:\t${seccomp.localhostProfile ?? ''}`);
  out.line(0, `IP:\t${status.podIP ?? ''}`);
  const ips = status.podIPs ?? [];
  out.line(0, ips.length === 0 ? 'IPs:\t<none>' : 'IPs:');
  for (const { ip } of ips) out.line(1, `IP:\t${ip}`);
  const owner = metadata.ownerReferences?.find((reference) => reference.controller);
  if (owner) out.line(0, `Controlled By:\t${owner.kind}/${owner.name}`);
  if (status.nominatedNodeName) out.line(0, `NominatedNodeName:\t${status.nominatedNodeName}`);
}

function describeConditions(out: DescribeWriter, { spec, status }: Pod): void {
  const conditions = status.conditions ?? [];
  if (spec.readinessGates?.length) {
    out.line(0, 'Readiness Gates:');
    out.line(0, '  Type\tStatus');
    for (const { conditionType } of spec.readinessGates) {
      out.line(1, `${conditionType} \t${conditions.find((condition) => condition.type === conditionType)?.status ?? '<none>'} `);
    }
  }
  if (conditions.length === 0) return;
  out.line(0, 'Conditions:');
  out.line(0, '  Type\tStatus');
  for (const condition of conditions) out.line(1, `${condition.type} \t${condition.status} `);
}

/** A toleration in one line: `key=value:Effect op=Exists for 300s`. Models printTolerationsMultilineWithIndent. */
function tolerationText({ key = '', value = '', effect = '', operator, tolerationSeconds }: Toleration): string {
  const subject = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const isExists = operator === 'Exists' && value === '';
  const exists = isExists ? (key || effect ? ' op=Exists' : 'op=Exists') : '';
  return `${subject}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

function describeSpread(out: DescribeWriter, { spec }: Pod): void {
  const constraints = (spec.topologySpreadConstraints ?? []).toSorted((a, b) => compareText(a.topologyKey, b.topologyKey));
  if (constraints.length === 0) return;
  describeMany(
    out,
    'Topology Spread Constraints',
    constraints.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector ? ` for selector ${labelSelectorText(labelSelector)}` : '';
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
    }),
  );
}

/** A label selector as text: `app=web,tier in (a,b)`. Models metav1.FormatLabelSelector. */
export function labelSelectorText(selector: LabelSelector): string {
  const equals = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const others = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const list = `(${values.toSorted(compareText).join(',')})`;
    const texts: Readonly<Record<string, string>> = {
      In: `${key} in ${list}`,
      NotIn: `${key} notin ${list}`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    return { key, text: texts[operator] ?? key };
  });
  const all = [...equals, ...others].sort((a, b) => compareText(a.key, b.key)).map(({ text }) => text);
  return all.join(',') || '<none>';
}
