// The rules of the kinds around Pods that learners write. Models pkg/apis/{core,scheduling}/validation.
import { equal } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { type FieldError, duplicate, forbiddenField, invalidValue, notSupported, required } from '../field-error.ts';
import { configKey, dns1123Label, inRange, portName, portNumber } from '../name-rules.ts';
import type { ConfigMap, Endpoints, LimitRange, Node, PriorityClass, ResourceQuota, Secret, Service, ServicePort } from '../types.ts';
import { validatePort } from './handlers.ts';
import { byRule, validateLabels } from './meta.ts';
import { validateAmount } from './resources.ts';

const SERVICE_TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateServicePort(port: ServicePort, many: boolean, names: Set<string>, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const name = port.name ?? '';
  if (many && name === '') errors.push(required(`${field}.name`));
  else if (name !== '') {
    errors.push(...byRule(`${field}.name`, name, dns1123Label));
    if (names.has(name)) errors.push(duplicate(`${field}.name`, name));
    names.add(name);
  }
  errors.push(...portNumber(port.port).map((text) => invalidValue(`${field}.port`, port.port, text)));
  const protocol = port.protocol ?? '';
  if (protocol === '') errors.push(required(`${field}.protocol`));
  else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${field}.protocol`, protocol, PROTOCOLS));
  return [...errors, ...validatePort(port.targetPort, `${field}.targetPort`)];
}

/** Models ValidateService, as far as Services of type ClusterIP and NodePort go. */
function validateService(service: Service): FieldError[] {
  const spec = service.spec ?? {};
  const ports = spec.ports ?? [];
  const errors: FieldError[] = [];
  const headless = spec.clusterIP === 'None';
  if (ports.length === 0 && !headless && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  const names = new Set<string>();
  ports.forEach((port, i) => {
    errors.push(...validateServicePort(port, ports.length > 1, names, `spec.ports[${i}]`));
  });
  errors.push(...validateLabels(spec.selector, 'spec.selector'));
  const affinity = spec.sessionAffinity ?? '';
  if (affinity === '') errors.push(required('spec.sessionAffinity'));
  else if (!['ClientIP', 'None'].includes(affinity)) errors.push(notSupported('spec.sessionAffinity', affinity, ['ClientIP', 'None']));
  const type = spec.type ?? '';
  if (type === '') errors.push(required('spec.type'));
  else if (!SERVICE_TYPES.includes(type)) errors.push(notSupported('spec.type', type, SERVICE_TYPES));
  const seen = new Set<string>();
  ports.forEach(({ port, protocol, nodePort }, i) => {
    const key = `${protocol}/${port}`;
    if (seen.has(key)) errors.push(duplicate(`spec.ports[${i}]`, { protocol, port }));
    seen.add(key);
    if (type === 'ClusterIP' && nodePort) {
      errors.push(forbiddenField(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  });
  return errors;
}

/** Models ValidateConfigMap. */
function validateConfigMap({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const keyed = (field: string, keys: readonly string[]): FieldError[] =>
    keys.flatMap((key) => configKey(key).map((text) => invalidValue(`${field}[${key}]`, key, text)));
  const both = sortedKeys(data).filter((key) => binaryData[key] !== undefined);
  return [
    ...keyed('data', sortedKeys(data)),
    ...both.map((key) => invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    ...keyed('binaryData', sortedKeys(binaryData)),
  ];
}

/** Models ValidateSecret. */
function validateSecret({ data = {} }: Secret): FieldError[] {
  return sortedKeys(data).flatMap((key) => configKey(key).map((text) => invalidValue(`data[${key}]`, key, text)));
}

/** Models ValidatePriorityClass. */
function validatePriorityClass({ metadata, value = 0, preemptionPolicy }: PriorityClass): FieldError[] {
  const errors: FieldError[] = [];
  const isSystem = metadata.name === 'system-cluster-critical' || metadata.name === 'system-node-critical';
  if (metadata.name?.startsWith('system-') && !isSystem) {
    const text =
      "priority class names with 'system-' prefix are reserved for system use only. error: " +
      `${metadata.name} is not a known system priority class`;
    errors.push(forbiddenField('metadata.name', text));
  } else if (value > 1_000_000_000 && !isSystem) {
    errors.push(forbiddenField('value', `maximum allowed value of a user defined priority is ${1_000_000_000}`));
  }
  const policies = ['PreemptLowerPriority', 'Never'];
  if (!preemptionPolicy) errors.push(required('preemptionPolicy'));
  else if (!policies.includes(preemptionPolicy)) errors.push(notSupported('preemptionPolicy', preemptionPolicy, policies));
  return errors;
}

/** Models validateNodeTaints. */
function validateNode({ spec }: Node): FieldError[] {
  const seen = new Set<string>();
  return (spec?.taints ?? []).flatMap(({ key, effect }, i) => {
    const field = `spec.taints[${i}]`;
    const errors: FieldError[] = [];
    if (!effect) errors.push(required(`${field}.effect`));
    else if (!EFFECTS.includes(effect)) errors.push(notSupported(`${field}.effect`, effect, EFFECTS));
    const id = `${key}:${effect}`;
    if (seen.has(id)) errors.push(duplicate(field, { key, effect }));
    seen.add(id);
    return errors;
  });
}

const amounts = (list: Readonly<Record<string, string>> | undefined, field: string): FieldError[] =>
  sortedKeys(list ?? {}).flatMap((name) => validateAmount(name, list?.[name] ?? '0', `${field}[${name}]`));

/** Models ValidateResourceQuota, its amounts. */
const validateQuota = ({ spec }: ResourceQuota): FieldError[] => amounts(spec?.hard, 'spec.hard');

/** Models ValidateLimitRange, its types and amounts. */
function validateLimitRange({ spec }: LimitRange): FieldError[] {
  const seen = new Set<string>();
  return (spec?.limits ?? []).flatMap((item, i) => {
    const field = `spec.limits[${i}]`;
    const errors: FieldError[] = seen.has(item.type) ? [duplicate(`${field}.type`, item.type)] : [];
    seen.add(item.type);
    return [
      ...errors,
      ...amounts(item.max, `${field}.max`),
      ...amounts(item.min, `${field}.min`),
      ...amounts(item.default, `${field}.default`),
      ...amounts(item.defaultRequest, `${field}.defaultRequest`),
    ];
  });
}

/** Models ValidateEndpoints, its ports. */
function validateEndpoints({ subsets = [] }: Endpoints): FieldError[] {
  return subsets.flatMap((subset, i) =>
    (subset.ports ?? []).flatMap((port, j) => {
      const field = `subsets[${i}].ports[${j}]`;
      const range = port.port < 1 || port.port > 65_535 ? [invalidValue(`${field}.port`, port.port, inRange(1, 65_535))] : [];
      return [
        ...range,
        ...(port.name && portName(port.name).length > 0 && port.name.length > 63 ? byRule(`${field}.name`, port.name, dns1123Label) : []),
      ];
    }),
  );
}

/** What is wrong with an object beyond its metadata, by kind. */
export const OTHER_RULES: Readonly<Record<string, (object: never) => FieldError[]>> = {
  Service: validateService,
  ConfigMap: validateConfigMap,
  Secret: validateSecret,
  PriorityClass: validatePriorityClass,
  Node: validateNode,
  ResourceQuota: validateQuota,
  LimitRange: validateLimitRange,
  Endpoints: validateEndpoints,
};

const IMMUTABLE_TEXT = 'field is immutable when `immutable` is set';

function validateImmutable(next: ConfigMap | Secret, before: ConfigMap | Secret): FieldError[] {
  if (before.immutable !== true) return [];
  const binary = (object: ConfigMap | Secret): unknown => ('binaryData' in object ? object.binaryData : undefined);
  return [
    ...(next.immutable === true ? [] : [forbiddenField('immutable', IMMUTABLE_TEXT)]),
    ...(equal(next.data, before.data) ? [] : [forbiddenField('data', IMMUTABLE_TEXT)]),
    ...(equal(binary(next), binary(before)) ? [] : [forbiddenField('binaryData', IMMUTABLE_TEXT)]),
  ];
}

function validatePriorityClassUpdate(next: PriorityClass, before: PriorityClass): FieldError[] {
  return [
    ...(next.value === before.value ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
    ...(next.preemptionPolicy === before.preemptionPolicy
      ? []
      : [invalidValue('preemptionPolicy', next.preemptionPolicy ?? '', 'field is immutable')]),
  ];
}

/** What may not change of an object, by kind. */
export const OTHER_UPDATE_RULES: Readonly<Record<string, (next: never, before: never) => FieldError[]>> = {
  ConfigMap: validateImmutable,
  Secret: (next: Secret, before: Secret) => [
    ...((next.type ?? '') === (before.type ?? '') ? [] : [invalidValue('type', next.type ?? '', 'field is immutable')]),
    ...validateImmutable(next, before),
  ],
  PriorityClass: validatePriorityClassUpdate,
};
