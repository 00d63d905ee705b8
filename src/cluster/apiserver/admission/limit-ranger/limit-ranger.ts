// A namespace's LimitRanges fill in requests and limits, and then hold Pods to their bounds.
// Models plugin/pkg/admission/limitranger/admission.go.
import { sortedKeys } from '../../../../base/order.ts';
import { type ResourceList, podLimits, podRequests } from '../../../api/pod-resources.ts';
import { milliValue, nanosOf } from '../../../api/quantity.ts';
import type { Container, LimitRange, LimitRangeItem, Pod, PodSpec } from '../../../api/types.ts';
import { type AdmissionLookup, type AdmissionPlugin, isPodWrite, refuse } from '../plugin.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';

const rangesOf = (lookup: AdmissionLookup, namespace: string): readonly LimitRange[] =>
  lookup.list('limitranges', namespace) as readonly LimitRange[];

const itemsOf = (range: LimitRange): readonly LimitRangeItem[] => range.spec?.limits ?? [];

/** The defaults of a range: of several items for containers, the last word. */
function defaultsOf(range: LimitRange): { readonly requests: ResourceList; readonly limits: ResourceList } {
  const items = itemsOf(range).filter((item) => item.type === 'Container');
  return {
    requests: Object.assign({}, ...items.map((item) => item.defaultRequest ?? {})),
    limits: Object.assign({}, ...items.map((item) => item.default ?? {})),
  };
}

/** Adds to one container what it does not give, and says what was added. */
function fill(container: Container, kind: string, range: LimitRange): { readonly container: Container; readonly said: readonly string[] } {
  const defaults = defaultsOf(range);
  const { requests = {}, limits = {} } = container.resources ?? {};
  const newLimits = sortedKeys(defaults.limits).filter((name) => limits[name] === undefined);
  const newRequests = sortedKeys(defaults.requests).filter((name) => requests[name] === undefined);
  if (newLimits.length + newRequests.length === 0) return { container, said: [] };
  const said = [
    ...(newRequests.length > 0 ? [`${newRequests.join(', ')} request for ${kind} ${container.name}`] : []),
    ...(newLimits.length > 0 ? [`${newLimits.join(', ')} limit for ${kind} ${container.name}`] : []),
  ];
  const allLimits = { ...defaults.limits, ...limits };
  const allRequests = { ...defaults.requests, ...requests };
  const resources = {
    ...container.resources,
    ...(Object.keys(allLimits).length > 0 && { limits: allLimits }),
    ...(Object.keys(allRequests).length > 0 && { requests: allRequests }),
  };
  return { container: { ...container, resources }, said };
}

function fillPod(pod: Pod, range: LimitRange): Pod {
  const containers = pod.spec.containers.map((container) => fill(container, 'container', range));
  const initContainers = pod.spec.initContainers?.map((container) => fill(container, 'init container', range));
  const said = [...containers, ...(initContainers ?? [])].flatMap((each) => each.said);
  if (said.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, [ANNOTATION]: `LimitRanger plugin set: ${said.join('; ')}` };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: {
      ...pod.spec,
      containers: containers.map((each) => each.container),
      ...(initContainers && { initContainers: initContainers.map((each) => each.container) }),
    },
  };
}

/** Amounts that are measured against a bound. */
interface Measured {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

function belowMinimum(type: string, name: string, bound: string, { requests, limits }: Measured): string | undefined {
  const [request, limit] = [requests[name], limits[name]];
  const start = `minimum ${name} usage per ${type} is ${bound}`;
  if (request === undefined) return `${start}.  No request is specified`;
  if (nanosOf(request) < nanosOf(bound)) return `${start}, but request is ${request}`;
  return limit !== undefined && nanosOf(limit) < nanosOf(bound) ? `${start}, but limit is ${limit}` : undefined;
}

function aboveMaximum(type: string, name: string, bound: string, { requests, limits }: Measured): string | undefined {
  const [request, limit] = [requests[name], limits[name]];
  const start = `maximum ${name} usage per ${type} is ${bound}`;
  if (limit === undefined) return `${start}.  No limit is specified`;
  if (nanosOf(limit) > nanosOf(bound)) return `${start}, but limit is ${limit}`;
  return request !== undefined && nanosOf(request) > nanosOf(bound) ? `${start}, but request is ${request}` : undefined;
}

function aboveRatio(type: string, name: string, bound: string, { requests, limits }: Measured): string | undefined {
  const request = nanosOf(requests[name] ?? '0');
  const limit = nanosOf(limits[name] ?? '0');
  const start = `${name} max limit to request ratio per ${type} is ${bound}`;
  if (request === 0n) return `${start}, but no request is specified or request is 0`;
  if (limit === 0n) return `${start}, but no limit is specified or limit is 0`;
  const ratio = Number(limit) / Number(request);
  return ratio * 1000 > milliValue(bound) ? `${start}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

const CHECKS = [
  ['min', belowMinimum],
  ['max', aboveMaximum],
  ['maxLimitRequestRatio', aboveRatio],
] as const;

function complaints(spec: PodSpec, item: LimitRangeItem): string[] {
  const measured = measuredBy(spec, item.type);
  return measured.flatMap((each) =>
    CHECKS.flatMap(([part, check]) => {
      const bounds = item[part] ?? {};
      return sortedKeys(bounds).flatMap((name) => check(item.type, name, bounds[name] ?? '0', each) ?? []);
    }),
  );
}

function measuredBy(spec: PodSpec, type: string): readonly Measured[] {
  if (type === 'Pod') return [{ requests: podRequests(spec), limits: podLimits(spec) }];
  if (type !== 'Container') return [];
  return [...spec.containers, ...(spec.initContainers ?? [])].map(({ resources }) => ({
    requests: resources?.requests ?? {},
    limits: resources?.limits ?? {},
  }));
}

/** LimitRanger. */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  admit(request, lookup) {
    if (!isPodWrite(request) || request.operation !== 'CREATE') return { object: request.object };
    const pod = request.object as unknown as Pod;
    return { object: rangesOf(lookup, request.namespace).reduce(fillPod, pod) };
  },
  validate(request, lookup) {
    if (!isPodWrite(request) || request.operation !== 'CREATE') return undefined;
    const { spec } = request.object as unknown as Pod;
    for (const range of rangesOf(lookup, request.namespace)) {
      const texts = itemsOf(range).flatMap((item) => complaints(spec, item));
      if (texts.length > 0) return refuse(request, texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`);
    }
    return undefined;
  },
};
