// Containers, init containers and ephemeral containers. Models validateContainers, validateInitContainers and
// validateEphemeralContainers in pkg/apis/core/validation/validation.go.
import {
  type FieldError,
  duplicate,
  forbiddenField,
  invalidValue,
  notFoundValue,
  notSupported,
  required,
  tooLong,
} from '../field-error.ts';
import { dns1123Label, portName, portNumber } from '../name-rules.ts';
import type { Container, ContainerPort, ContainerRestartRule, EphemeralContainer, PodSpec } from '../types.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { validateLifecycle, validateProbes } from './handlers.ts';
import { byRule } from './meta.ts';
import { validateDevices, validateMounts } from './mounts.ts';
import { validatePullPolicy } from './pull-policy.ts';
import { validateContainerResources } from './resources.ts';
import { validateSecurityContext } from './security.ts';
import type { KnownVolumes } from './volumes.ts';

/** What a container is looked at against. */
export interface Surroundings {
  readonly spec: PodSpec;
  readonly volumes: KnownVolumes;
  /** Names of the Pod's resource claims. */
  readonly claims: ReadonlySet<string>;
}

const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const RESIZED = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const RULE_ACTIONS = ['Restart', 'RestartAllContainers'];

/** A text that must be one of several; empty, it is missing. */
function oneOf(value: string | undefined, field: string, supported: readonly string[]): FieldError[] {
  if (!value) return [required(field)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

function validatePorts(ports: readonly ContainerPort[] | undefined, field: string): FieldError[] {
  const names = new Set<string>();
  return (ports ?? []).flatMap((port, i) => {
    const at = `${field}[${i}]`;
    const errors: FieldError[] = [];
    if (port.name) {
      const wrong = byRule(`${at}.name`, port.name, portName);
      errors.push(...(wrong.length === 0 && names.has(port.name) ? [duplicate(`${at}.name`, port.name)] : wrong));
      if (wrong.length === 0) names.add(port.name);
    }
    const number = (value: number, name: string): FieldError[] =>
      portNumber(value).map((text) => invalidValue(`${at}.${name}`, value, text));
    errors.push(...(port.containerPort ? number(port.containerPort, 'containerPort') : [required(`${at}.containerPort`)]));
    if (port.hostPort) errors.push(...number(port.hostPort, 'hostPort'));
    return [...errors, ...oneOf(port.protocol, `${at}.protocol`, PROTOCOLS)];
  });
}

function validateResizePolicies(container: Container, spec: PodSpec, field: string): FieldError[] {
  const seen = new Set<string>();
  return (container.resizePolicy ?? []).flatMap(({ resourceName, restartPolicy }, i) => {
    const errors = seen.has(resourceName) ? [duplicate(`${field}[${i}]`, resourceName)] : [];
    seen.add(resourceName);
    errors.push(...oneOf(resourceName, field, RESIZED), ...oneOf(restartPolicy, field, RESIZE_POLICIES));
    if (spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(invalidValue(field, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'"));
    }
    return errors;
  });
}

function validateRules(rules: readonly ContainerRestartRule[], field: string): FieldError[] {
  const errors = rules.length > 20 ? [tooLong(field, 20)] : [];
  rules.forEach(({ action, exitCodes }, i) => {
    const at = `${field}[${i}]`;
    // The real one names only the first action here, though it takes both.
    if (!RULE_ACTIONS.includes(action)) errors.push(notSupported(`${at}.action`, action, ['Restart']));
    if (exitCodes === undefined) {
      errors.push(required(`${at}.exitCodes`, 'must be specified'));
      return;
    }
    if (!['In', 'NotIn'].includes(exitCodes.operator))
      errors.push(notSupported(`${at}.exitCodes.operator`, exitCodes.operator, ['In', 'NotIn']));
    if ((exitCodes.values ?? []).length > 255) errors.push(tooLong(`${at}.exitCodes.values`, 255));
  });
  return errors;
}

/** A container's own restart policy and its rules. */
function validateRestarts(container: Container, field: string): FieldError[] {
  const { restartPolicy, restartPolicyRules = [] } = container;
  if (restartPolicy === undefined) {
    if (restartPolicyRules.length === 0) return [];
    const missing = required(`${field}.restartPolicy`, 'must specify restartPolicy when restart rules are used');
    return [missing, ...validateRules(restartPolicyRules, `${field}.restartPolicyRules`)];
  }
  return [
    ...(RESTART_POLICIES.includes(restartPolicy) ? [] : [notSupported(`${field}.restartPolicy`, restartPolicy, RESTART_POLICIES)]),
    ...validateRules(restartPolicyRules, `${field}.restartPolicyRules`),
  ];
}

/** What holds for every kind of container. Models validateContainerCommon. */
function validateCommon(container: Container, { spec, volumes, claims }: Surroundings, field: string): FieldError[] {
  return [
    ...(container.name ? byRule(`${field}.name`, container.name, dns1123Label) : [required(`${field}.name`)]),
    ...(container.image ? [] : [required(`${field}.image`)]),
    ...oneOf(container.terminationMessagePolicy, `${field}.terminationMessagePolicy`, MESSAGE_POLICIES),
    ...validatePorts(container.ports, `${field}.ports`),
    ...validateEnv(container.env, `${field}.env`),
    ...validateEnvFrom(container.envFrom, `${field}.envFrom`),
    ...validateMounts(container, volumes, `${field}.volumeMounts`),
    ...validateDevices(container, volumes, `${field}.volumeDevices`),
    ...validatePullPolicy(container.imagePullPolicy, `${field}.imagePullPolicy`),
    ...validateContainerResources(container.resources, claims, `${field}.resources`),
    ...validateResizePolicies(container, spec, `${field}.resizePolicy`),
    ...validateSecurityContext(container.securityContext, spec.hostUsers !== false, `${field}.securityContext`),
  ];
}

/** Two containers cannot have one port of the node. Models checkHostPortConflicts. */
function hostPortConflicts(containers: readonly Container[], field: string): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort, hostIP, protocol }, j) => {
      if (!hostPort) return [];
      const key = `${protocol ?? ''}/${hostIP ?? ''}/${hostPort}`;
      if (taken.has(key)) return [duplicate(`${field}[${i}].ports[${j}].hostPort`, key)];
      taken.add(key);
      return [];
    }),
  );
}

/** `spec.containers`. */
export function validateContainers(around: Surroundings): FieldError[] {
  const { spec } = around;
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [required('spec.containers')];
  const names = new Set<string>();
  const errors = containers.flatMap((container, i) => {
    const field = `spec.containers[${i}]`;
    const own = validateCommon(container, around, field);
    if (names.has(container.name)) own.push(duplicate(`${field}.name`, container.name));
    names.add(container.name);
    return [
      ...own,
      ...validateLifecycle(container.lifecycle, spec.terminationGracePeriodSeconds, spec.os, `${field}.lifecycle`),
      ...validateProbes(container, spec.terminationGracePeriodSeconds, field),
      ...validateRestarts(container, field),
    ];
  });
  return [...errors, ...hostPortConflicts(containers, 'spec.containers')];
}

const NOT_FOR_INIT = 'may not be set for init containers without restartPolicy=Always';
const ONLY_RUNNING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** `spec.initContainers`, sidecars among them. */
export function validateInitContainers(around: Surroundings): FieldError[] {
  const { spec } = around;
  const names = new Set((spec.containers ?? []).map((container) => container.name));
  return (spec.initContainers ?? []).flatMap((container, i) => {
    const field = `spec.initContainers[${i}]`;
    const errors = [...validateCommon(container, around, field), ...validateRestarts(container, field)];
    if (names.has(container.name)) errors.push(duplicate(`${field}.name`, container.name));
    else if (container.name) names.add(container.name);
    errors.push(...hostPortConflicts([container], 'spec.initContainers'));
    if (container.restartPolicy === 'Always') {
      errors.push(...validateLifecycle(container.lifecycle, spec.terminationGracePeriodSeconds, spec.os, `${field}.lifecycle`));
      errors.push(...validateProbes(container, spec.terminationGracePeriodSeconds, field));
    } else {
      for (const name of ONLY_RUNNING) if (container[name] !== undefined) errors.push(forbiddenField(`${field}.${name}`, NOT_FOR_INIT));
    }
    return errors;
  });
}

/** What an ephemeral container may not have, in the order of the Go struct. */
const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

function validateEphemeral(container: EphemeralContainer, field: string): FieldError[] {
  const text = 'cannot be set for an Ephemeral Container';
  const isSet = (value: unknown): boolean => value !== undefined && Object.keys(value as object).length > 0;
  const errors = NOT_EPHEMERAL.filter((name) => isSet(container[name])).map((name) => forbiddenField(`${field}.${name}`, text));
  (container.volumeMounts ?? []).forEach((mount, i) => {
    for (const name of ['subPath', 'subPathExpr'] as const) {
      if (mount[name]) errors.push(forbiddenField(`${field}.volumeMounts[${i}].${name}`, text));
    }
  });
  return errors;
}

/** `spec.ephemeralContainers`. */
export function validateEphemeralContainers(around: Surroundings): FieldError[] {
  const { spec } = around;
  const others = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((container) => container.name));
  const names = new Set(others);
  return (spec.ephemeralContainers ?? []).flatMap((container, i) => {
    const field = `spec.ephemeralContainers[${i}]`;
    const errors = [...validateCommon(container, around, field), ...validateImageText(container.image, field)];
    if (names.has(container.name)) errors.push(duplicate(`${field}.name`, container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) errors.push(notFoundValue(`${field}.targetContainerName`, target));
    return [...errors, ...validateEphemeral(container, field)];
  });
}

/** In a Pod, though not in a template, an image's name has no space around it. */
export function validateImageText(image: string | undefined, field: string): FieldError[] {
  const text = image ?? '';
  return text.trim() === text ? [] : [invalidValue(`${field}.image`, text, 'must not have leading or trailing whitespace')];
}
