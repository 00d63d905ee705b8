// Changes of a Pod. Models ValidatePodUpdate, ValidatePodStatusUpdate, ValidatePodEphemeralContainersUpdate and ValidatePodResize in
// pkg/apis/core/validation/validation.go.
import { equal } from '../../../base/json.ts';
import { type FieldError, forbiddenField, invalidValue, required } from '../field-error.ts';
import { dns1123Subdomain, inRange } from '../name-rules.ts';
import { podQos } from '../qos.ts';
import type { Affinity, Container, ContainerStatus, NodeAffinity, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../types.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { internalText } from './internal-json.ts';
import { byRule, validateMetaUpdate } from './meta.ts';
import { validatePodWhole } from './pod.ts';
import { validateTolerations } from './scheduling.ts';

const MUTABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');
const MIRROR = 'kubernetes.io/config.mirror';

function validateImages(next: readonly Container[], field: string): FieldError[] {
  return next.flatMap(({ image = '' }, i) => [
    ...(image === '' ? [required(`${field}[${i}].image`)] : []),
    ...(image.trim() === image ? [] : [invalidValue(`${field}[${i}].image`, image, 'must not have leading or trailing whitespace')]),
  ]);
}

function sameTolerationButSeconds(old: Toleration, next: Toleration): boolean {
  const { tolerationSeconds: _, ...oldRest } = old;
  const { tolerationSeconds: __, ...nextRest } = next;
  return equal(oldRest, nextRest);
}

function validateAddedTolerations(next: PodSpec, before: PodSpec): FieldError[] {
  const given = next.tolerations ?? [];
  const kept = (before.tolerations ?? []).every((old) => given.some((each) => sameTolerationButSeconds(old, each)));
  if (!kept) return [forbiddenField('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
  return validateTolerations(next.tolerations);
}

function validateDeletedGates(next: PodSpec, before: PodSpec): FieldError[] {
  const old = new Set((before.schedulingGates ?? []).map((gate) => gate.name));
  return (next.schedulingGates ?? []).flatMap(({ name }, i) =>
    old.has(name)
      ? []
      : [forbiddenField(`spec.schedulingGates[${i}].name`, `only deletion is allowed, but found new scheduling gate '${name}'`)],
  );
}

/** What is wrong with the change of a deadline; `stop`: nothing more is looked at. */
function validateDeadline(next: PodSpec, before: PodSpec): { readonly errors: FieldError[]; readonly stop: boolean } {
  const field = 'spec.activeDeadlineSeconds';
  const [deadline, old] = [next.activeDeadlineSeconds, before.activeDeadlineSeconds];
  if (deadline === undefined) {
    const errors = old === undefined ? [] : [invalidValue(field, null, 'must not update from a positive integer to nil value')];
    return { errors, stop: false };
  }
  if (deadline < 0 || deadline > 2_147_483_647) return { errors: [invalidValue(field, deadline, inRange(0, 2_147_483_647))], stop: true };
  if (old === undefined || old >= deadline) return { errors: [], stop: false };
  return { errors: [invalidValue(field, deadline, 'must be less than or equal to previous value')], stop: true };
}

/** The new spec with everything that may change put back. */
function withoutMutable(next: PodSpec, before: PodSpec): PodSpec {
  const sameImages = (list: readonly Container[] | undefined, old: readonly Container[] | undefined) =>
    list?.map((container, i): Container => ({ ...container, image: old?.[i]?.image }));
  const { activeDeadlineSeconds: _, schedulingGates: __, tolerations: ___, initContainers: ____, ...rest } = next;
  const initContainers = sameImages(next.initContainers, before.initContainers);
  const wasNegative = (before.terminationGracePeriodSeconds ?? 0) < 0 && next.terminationGracePeriodSeconds === 1;
  return {
    ...rest,
    containers: sameImages(next.containers, before.containers) ?? [],
    ...(initContainers && { initContainers }),
    ...(before.activeDeadlineSeconds !== undefined && { activeDeadlineSeconds: before.activeDeadlineSeconds }),
    ...(before.schedulingGates && { schedulingGates: before.schedulingGates }),
    ...(before.tolerations && { tolerations: before.tolerations }),
    ...(wasNegative && { terminationGracePeriodSeconds: before.terminationGracePeriodSeconds }),
  };
}

/** A gated Pod may be narrowed: more node selectors, more expressions in each term. */
function validateGated(munged: PodSpec, before: PodSpec): { readonly errors: FieldError[]; readonly munged: PodSpec } {
  const errors: FieldError[] = [];
  let spec = munged;
  if (!equal(spec.nodeSelector, before.nodeSelector)) {
    const given = spec.nodeSelector ?? {};
    const kept = Object.entries(before.nodeSelector ?? {}).every(([key, value]) => given[key] === value);
    const text = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
    if (!kept) errors.push(invalidValue('spec.nodeSelector', given, text));
    const { nodeSelector: _, ...rest } = spec;
    spec = before.nodeSelector ? { ...rest, nodeSelector: before.nodeSelector } : rest;
  }
  const old = before.affinity?.nodeAffinity;
  if (equal(spec.affinity?.nodeAffinity, old)) return { errors, munged: spec };
  errors.push(...validateNarrowed(spec.affinity?.nodeAffinity, old));
  return { errors, munged: withNodeAffinity(spec, old, before.affinity) };
}

function withNodeAffinity(spec: PodSpec, old: NodeAffinity | undefined, before: Affinity | undefined): PodSpec {
  const { affinity, ...rest } = spec;
  const { nodeAffinity: _, ...others } = affinity ?? {};
  if (before === undefined && Object.keys(others).length === 0) return rest;
  return { ...rest, affinity: { ...others, ...(old && { nodeAffinity: old }) } };
}

function validateNarrowed(next: NodeAffinity | undefined, before: NodeAffinity | undefined): FieldError[] {
  const name = 'requiredDuringSchedulingIgnoredDuringExecution';
  const field = `spec.affinity.nodeAffinity.${name}.nodeSelectorTerms`;
  const oldTerms = before?.[name]?.nodeSelectorTerms ?? [];
  const terms = next?.[name]?.nodeSelectorTerms ?? [];
  if (before?.[name] === undefined || oldTerms.length === 0) return [];
  if (terms.length !== oldTerms.length) {
    return [invalidValue(field, terms, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')];
  }
  return oldTerms.flatMap((old, i) => {
    const term = terms[i] ?? {};
    return onlyAdds(term, old) ? [] : [invalidValue(`${field}[${i}]`, term, 'only additions are allowed (no mutations or deletions)')];
  });
}

function onlyAdds(next: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const { matchExpressions = [], matchFields = [] } = old;
  const [expressions, fields] = [next.matchExpressions ?? [], next.matchFields ?? []];
  if (matchExpressions.length + matchFields.length === 0) return expressions.length + fields.length === 0;
  return equal(expressions.slice(0, matchExpressions.length), matchExpressions) && equal(fields.slice(0, matchFields.length), matchFields);
}

/** An update of a Pod by its own path: little may change. */
export function validatePodUpdate(next: Pod, before: Pod): FieldError[] {
  const errors = [...validateMetaUpdate(next.metadata, before.metadata), ...validatePodWhole(next)];
  for (const list of ['containers', 'initContainers'] as const) {
    const [given, old] = [next.spec[list] ?? [], before.spec[list] ?? []];
    if (given.length !== old.length) return [...errors, forbiddenField(`spec.${list}`, 'pod updates may not add or remove containers')];
    errors.push(...validateImages(given, `spec.${list}`));
  }
  const deadline = validateDeadline(next.spec, before.spec);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(...validateAddedTolerations(next.spec, before.spec), ...validateDeletedGates(next.spec, before.spec));
  let munged = withoutMutable(next.spec, before.spec);
  if ((before.spec.schedulingGates ?? []).length > 0) {
    const gated = validateGated(munged, before.spec);
    errors.push(...gated.errors);
    munged = gated.munged;
  }
  if (equal(munged, before.spec)) return errors;
  const difference = unifiedDiff(internalText('core.PodSpec', before.spec), internalText('core.PodSpec', munged));
  if (difference === '') return errors;
  return [...errors, forbiddenField('spec', `pod updates may not change fields other than ${MUTABLE}\n${difference}`)];
}

/** Whether the Pod's policies allow a container to run again after this exit code. */
function mayRestart(spec: PodSpec, container: Container | undefined, exitCode: number): boolean {
  for (const { action, exitCodes } of container?.restartPolicyRules ?? []) {
    if (action !== 'Restart' || exitCodes === undefined) continue;
    const listed = (exitCodes.values ?? []).includes(exitCode);
    if ((exitCodes.operator === 'In') === listed) return true;
  }
  const policy = container?.restartPolicy ?? spec.restartPolicy;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

function validateTransitions(
  next: readonly ContainerStatus[] | undefined,
  before: readonly ContainerStatus[] | undefined,
  allowed: (name: string, exitCode: number) => boolean,
  field: string,
): FieldError[] {
  return (before ?? []).flatMap((old, i) => {
    const exit = old.state?.terminated;
    const now = (next ?? []).find((status) => status.name === old.name);
    if (exit === undefined || now === undefined || now.state?.terminated !== undefined || allowed(old.name, exit.exitCode)) return [];
    return [forbiddenField(`${field}[${i}].state`, 'may not be transitioned to non-terminated state')];
  });
}

/** An update of the status: a container that ended for good does not come back. */
export function validatePodStatusUpdate(next: Pod, before: Pod): FieldError[] {
  const { spec } = before;
  const everything = [...spec.containers, ...(spec.initContainers ?? [])];
  const restartsAll = everything.some((each) => (each.restartPolicyRules ?? []).some((rule) => rule.action === 'RestartAllContainers'));
  const among = (containers: readonly Container[] | undefined) => (name: string, exitCode: number) =>
    restartsAll ||
    mayRestart(
      spec,
      containers?.find((container) => container.name === name),
      exitCode,
    );
  const nominated = next.status.nominatedNodeName;
  const oldClass = before.status.qosClass;
  return [
    ...validateMetaUpdate(next.metadata, before.metadata),
    ...(nominated && nominated !== before.status.nominatedNodeName ? byRule('status.nominatedNodeName', nominated, dns1123Subdomain) : []),
    ...(next.status.qosClass === oldClass ? [] : [invalidValue('status.qosClass', next.status.qosClass ?? '', 'field is immutable')]),
    ...validateTransitions(
      next.status.containerStatuses,
      before.status.containerStatuses,
      among(spec.containers),
      'status.containerStatuses',
    ),
    ...validateTransitions(
      next.status.initContainerStatuses,
      before.status.initContainerStatuses,
      among(spec.initContainers),
      'status.initContainerStatuses',
    ),
    ...validateTransitions(
      next.status.ephemeralContainerStatuses,
      before.status.ephemeralContainerStatuses,
      () => false,
      'status.ephemeralContainerStatuses',
    ),
  ];
}

/** An update of `pods/ephemeralcontainers`: they can only be added. */
export function validateEphemeralUpdate(next: Pod, before: Pod): FieldError[] {
  if (before.metadata.annotations?.[MIRROR] !== undefined) return [forbiddenField('', 'static pods do not support ephemeral containers')];
  const errors = [...validateMetaUpdate(next.metadata, before.metadata), ...validatePodWhole(next)];
  const field = 'spec.ephemeralContainers';
  for (const old of before.spec.ephemeralContainers ?? []) {
    const now = (next.spec.ephemeralContainers ?? []).find((container) => container.name === old.name);
    if (now === undefined) {
      errors.push(forbiddenField(field, `existing ephemeral containers "${old.name}" may not be removed\n`));
    } else if (!equal(now, old)) {
      const difference = unifiedDiff(internalText('core.EphemeralContainer', old), internalText('core.EphemeralContainer', now));
      errors.push(forbiddenField(field, `existing ephemeral containers "${old.name}" may not be changed\n${difference}`));
    }
  }
  return errors;
}

const withoutCpuAndMemory = (container: Container): Container => {
  const rest = (list: Readonly<Record<string, string>> | undefined) =>
    Object.fromEntries(Object.entries(list ?? {}).filter(([name]) => name !== 'cpu' && name !== 'memory'));
  const { resizePolicy: _, ...others } = container;
  return {
    ...others,
    resources: { ...container.resources, requests: rest(container.resources?.requests), limits: rest(container.resources?.limits) },
  };
};

function validateContainerResize(next: Container, before: Container, field: string): FieldError[] {
  const { limits = {}, requests = {} } = next.resources ?? {};
  const removed = (old: Readonly<Record<string, string>> | undefined, given: Readonly<Record<string, string>>, name: string) =>
    Object.keys(old ?? {}).some((key) => given[key] === undefined)
      ? [forbiddenField(`${field}.${name}`, `resource ${name} cannot be removed`)]
      : [];
  return [...removed(before.resources?.limits, limits, 'limits'), ...removed(before.resources?.requests, requests, 'requests')];
}

/** An update of `pods/resize`: CPU and memory of containers that run. */
export function validatePodResize(next: Pod, before: Pod): FieldError[] {
  if (before.metadata.annotations?.[MIRROR] !== undefined) return [forbiddenField('', 'static pods cannot be resized')];
  const errors = [...validateMetaUpdate(next.metadata, before.metadata), ...validatePodWhole(next)];
  const current = before.status.qosClass ?? podQos(before);
  if (current !== podQos(next)) errors.push(invalidValue('spec', current, 'Pod QOS Class may not change as a result of resizing'));
  const names = (list: readonly Container[] | undefined): string => (list ?? []).map((container) => container.name).join('\n');
  for (const list of ['containers', 'initContainers'] as const) {
    if (names(next.spec[list]) === names(before.spec[list])) continue;
    return [...errors, forbiddenField(`spec.${list}`, 'containers may not be renamed or reordered on resize')];
  }
  before.spec.containers.forEach((old, i) => {
    const now = next.spec.containers[i] ?? old;
    errors.push(...validateContainerResize(now, old, `spec.containers[${i}].resources`));
    if (!equal(withoutCpuAndMemory(now), withoutCpuAndMemory(old)))
      errors.push(forbiddenField('spec', 'only cpu and memory resources are mutable'));
  });
  (before.spec.initContainers ?? []).forEach((old, i) => {
    const now = next.spec.initContainers?.[i] ?? old;
    if (old.restartPolicy !== 'Always') {
      if (!equal(now, old)) errors.push(forbiddenField('spec', 'resources for non-sidecar init containers are immutable'));
    } else if (!equal(withoutCpuAndMemory(now), withoutCpuAndMemory(old))) {
      errors.push(forbiddenField('spec', 'only cpu and memory resources for sidecar containers are mutable'));
    }
  });
  return errors;
}
