// The spec of a Pod. Models ValidatePodSpec in pkg/apis/core/validation/validation.go, in its order.
import { sortedKeys } from '../../../base/order.ts';
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
import { dns1123Label, dns1123Subdomain, inRange, isAddress } from '../name-rules.ts';
import type { PodSpec } from '../types.ts';
import { validateAffinity } from './affinity.ts';
import { type Surroundings, validateContainers, validateEphemeralContainers, validateInitContainers } from './containers.ts';
import { byRule, validateLabels } from './meta.ts';
import { validateContainerResources, validatePodResources } from './resources.ts';
import { validateReadinessGates, validateSchedulingGates, validateSpread, validateTolerations } from './scheduling.ts';
import { validateHostUsers, validatePodSecurityContext } from './security.ts';
import { validateVolumes } from './volumes.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];
const MOST_INT32 = 2_147_483_647;
const ADDRESS_TEXT = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

const oneOf = (value: string | undefined, field: string, supported: readonly string[]): FieldError[] => {
  if (!value) return [required(field)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
};

const address = (value: string, field: string): FieldError[] => (isAddress(value) ? [] : [invalidValue(field, value, ADDRESS_TEXT)]);

function validateResourceClaims(spec: PodSpec): FieldError[] {
  const seen = new Set<string>();
  return (spec.resourceClaims ?? []).flatMap((claim, i) => {
    const field = `spec.resourceClaims[${i}]`;
    const { name, resourceClaimName, resourceClaimTemplateName } = claim;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(`${field}.name`));
    else if (seen.has(name)) errors.push(duplicate(`${field}.name`, name));
    else errors.push(...byRule(`${field}.name`, name, dns1123Label));
    seen.add(name);
    const shown = {
      Name: name,
      ResourceClaimName: resourceClaimName ?? null,
      ResourceClaimTemplateName: resourceClaimTemplateName ?? null,
    };
    if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
      errors.push(invalidValue(field, shown, 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'));
    }
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
      errors.push(invalidValue(field, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'));
    }
    if (resourceClaimName !== undefined) errors.push(...byRule(`${field}.resourceClaimName`, resourceClaimName, dns1123Subdomain));
    return errors;
  });
}

/** In the node's network a port is the node's port. Models validatePodHostNetworkDeps. */
function validateHostNetwork(spec: PodSpec): FieldError[] {
  if (!spec.hostNetwork) return [];
  const text = 'must match `containerPort` when `hostNetwork` is true';
  return (spec.containers ?? []).flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort = 0, containerPort }, j) =>
      hostPort === containerPort ? [] : [invalidValue(`spec.containers[${i}].ports[${j}].hostPort`, hostPort, text)],
    ),
  );
}

/** Models validatePodDNSConfig. */
function validateDns(spec: PodSpec): FieldError[] {
  const field = 'spec.dnsConfig';
  const config = spec.dnsConfig;
  if (spec.dnsPolicy === 'None') {
    if (config === undefined) return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if ((config.nameservers ?? []).length === 0) {
      return [required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
    }
  }
  const { nameservers = [], searches = [], options = [] } = config ?? {};
  const errors: FieldError[] = [];
  if (nameservers.length > 3) errors.push(invalidValue(`${field}.nameservers`, nameservers, 'must not have more than 3 nameservers'));
  errors.push(...nameservers.flatMap((server, i) => address(server, `${field}.nameservers[${i}]`)));
  if (searches.length > 32) errors.push(invalidValue(`${field}.searches`, searches, 'must not have more than 32 search paths'));
  if (searches.join(' ').length > 2048) {
    errors.push(
      invalidValue(`${field}.searches`, searches, 'must not have more than 2048 characters (including spaces) in the search list'),
    );
  }
  searches.forEach((search, i) => {
    if (search !== '.') errors.push(...byRule(`${field}.searches[${i}]`, search.replace(/\.$/, ''), searchDomain));
  });
  options.forEach((option, i) => {
    if (!option.name) errors.push(required(`${field}.options[${i}]`, 'must not be empty'));
  });
  return errors;
}

/** A search domain may have underscores besides. Models IsDNS1123SubdomainWithUnderscore. */
const searchDomain = (value: string): string[] => dns1123Subdomain(value.replaceAll('_', 'a'));

/** Models validatePodHostName. */
function validateHostnameOverride(spec: PodSpec): FieldError[] {
  const name = spec.hostnameOverride;
  const field = 'spec.hostnameOverride';
  if (name === undefined) return [];
  return [
    ...(spec.setHostnameAsFQDN ? [forbiddenField(field, 'may not be specified when setHostnameAsFQDN is true')] : []),
    ...(spec.hostNetwork ? [forbiddenField(field, 'may not be specified when hostNetwork is true')] : []),
    ...(name.length > 64 ? [tooLong(field, 64)] : []),
    ...byRule(field, name, dns1123Subdomain),
  ];
}

function validateNames(spec: PodSpec): FieldError[] {
  const deadline = spec.activeDeadlineSeconds;
  const named = (value: string | undefined, field: string, rule: (value: string) => string[]): FieldError[] =>
    value ? byRule(`spec.${field}`, value, rule) : [];
  const outOfRange = deadline !== undefined && (deadline < 1 || deadline > MOST_INT32);
  return [
    ...named(spec.serviceAccountName, 'serviceAccountName', dns1123Subdomain),
    ...named(spec.nodeName, 'nodeName', dns1123Subdomain),
    ...(outOfRange ? [invalidValue('spec.activeDeadlineSeconds', deadline, inRange(1, MOST_INT32))] : []),
    ...named(spec.hostname, 'hostname', dns1123Label),
    ...named(spec.subdomain, 'subdomain', dns1123Label),
  ];
}

/** Models validateOS, validateLinux and validateWindows as far as a Linux node meets them. */
function validateOs(spec: PodSpec): FieldError[] {
  const { os } = spec;
  if (os === undefined) return [];
  if (!os.name) return [required('spec.os.name')];
  if (os.name !== 'linux' && os.name !== 'windows') return [notSupported('spec.os', os.name, ['linux', 'windows'])];
  if (os.name === 'linux') {
    return spec.securityContext?.windowsOptions
      ? [forbiddenField('spec.securityContext.windowsOptions', 'windows options cannot be set for a linux pod')]
      : [];
  }
  const onWindows = (set: boolean | undefined, field: string): FieldError[] =>
    set ? [forbiddenField(`spec.${field}`, 'cannot be set for a windows pod')] : [];
  return [
    ...onWindows(spec.hostUsers !== undefined, 'hostUsers'),
    ...onWindows(spec.hostPID, 'hostPID'),
    ...onWindows(spec.hostIPC, 'hostIPC'),
    ...onWindows(spec.shareProcessNamespace !== undefined, 'shareProcessNamespace'),
  ];
}

/** Models validateFileKeyRefVolumes. */
function validateFileKeyVolumes(spec: PodSpec): FieldError[] {
  const volumes = new Map((spec.volumes ?? []).map((volume) => [volume.name, volume]));
  const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
  return lists.flatMap((list) =>
    (spec[list] ?? []).flatMap((container, i) =>
      (container.env ?? []).flatMap(({ valueFrom }, j) => {
        const name = valueFrom?.fileKeyRef?.volumeName;
        if (name === undefined) return [];
        const field = `spec.${list}[${i}].env[${j}].valueFrom.fileKeyRef.volumeName`;
        const volume = volumes.get(name);
        if (volume === undefined) return [notFoundValue(field, name)];
        return volume.emptyDir ? [] : [invalidValue(field, name, 'referenced volume must be of type emptyDir')];
      }),
    ),
  );
}

/** Everything about a defaulted spec; `podName` is there for volumes that make claims. */
export function validatePodSpec(spec: PodSpec, podName: string): FieldError[] {
  const { known, errors: volumeErrors } = validateVolumes(spec.volumes, podName);
  const claims = new Set((spec.resourceClaims ?? []).map((claim) => claim.name).filter((name) => name !== ''));
  const around: Surroundings = { spec, volumes: known, claims };
  return [
    ...(spec.terminationGracePeriodSeconds === undefined ? [required('spec.terminationGracePeriodSeconds')] : []),
    ...volumeErrors,
    ...validateResourceClaims(spec),
    ...validateContainers(around),
    ...validateInitContainers(around),
    ...validateEphemeralContainers(around),
    ...validatePodResources(spec, claims),
    ...validateHostNetwork(spec),
    ...oneOf(spec.restartPolicy, 'spec.restartPolicy', RESTART_POLICIES),
    ...oneOf(spec.dnsPolicy, 'spec.dnsPolicy', DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, 'spec.nodeSelector'),
    ...validatePodSecurityContext(spec),
    ...validateAffinity(spec.affinity),
    ...validateDns(spec),
    ...validateReadinessGates(spec.readinessGates),
    ...validateSchedulingGates(spec.schedulingGates),
    ...validateSpread(spec.topologySpreadConstraints),
    ...validateHostUsers(spec),
    ...validateHostnameOverride(spec),
    ...validateNames(spec),
    ...validateTolerations(spec.tolerations),
    ...validateHostAliases(spec),
    ...(spec.priorityClassName ? byRule('spec.priorityClassName', spec.priorityClassName, dns1123Subdomain) : []),
    ...(spec.runtimeClassName === undefined ? [] : byRule('spec.runtimeClassName', spec.runtimeClassName, dns1123Subdomain)),
    ...(spec.preemptionPolicy === undefined ? [] : oneOf(spec.preemptionPolicy, 'spec.preemptionPolicy', PREEMPTION_POLICIES)),
    ...validateOverhead(spec),
    ...validateOs(spec),
    ...validateFileKeyVolumes(spec),
  ];
}

function validateHostAliases(spec: PodSpec): FieldError[] {
  return (spec.hostAliases ?? []).flatMap(({ ip, hostnames = [] }, i) => [
    ...address(ip, `spec.hostAliases[${i}].ip`),
    ...hostnames.flatMap((name, j) => byRule(`spec.hostAliases[${i}].hostnames[${j}]`, name, dns1123Subdomain)),
  ]);
}

/** Overhead is held to the rules of limits, under its own name. */
function validateOverhead(spec: PodSpec): FieldError[] {
  if (spec.overhead === undefined || sortedKeys(spec.overhead).length === 0) return [];
  return validateContainerResources({ limits: spec.overhead }, new Set(), 'spec.overhead');
}
