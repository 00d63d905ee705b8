// Security contexts. Models ValidateSecurityContext and validatePodSpecSecurityContext in pkg/apis/core/validation/validation.go.
import { type FieldError, duplicate, forbiddenField, invalidValue, notSupported, required, tooLong } from '../field-error.ts';
import { inRange } from '../name-rules.ts';
import type { AppArmorProfile, PodSpec, SeccompProfile, SecurityContext } from '../types.ts';
import { internalJson } from './internal-json.ts';
import { descendingPath } from './paths.ts';

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const SYSCTL = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_PATTERN = `^(${SYSCTL}[\\./])*${SYSCTL}$`;
const SYSCTL_TEST = new RegExp(SYSCTL_PATTERN);
const IPC_SYSCTLS = ['kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem'];

/** A user or group id. */
function validateId(id: number | undefined, field: string): FieldError[] {
  return id !== undefined && (id < 0 || id > 2_147_483_647) ? [invalidValue(field, id, inRange(0, 2_147_483_647))] : [];
}

function validateSeccomp(profile: SeccompProfile | undefined, field: string): FieldError[] {
  if (profile === undefined) return [];
  const errors: FieldError[] = [];
  if (!profile.type) errors.push(required(`${field}.type`, 'type is required when seccompProfile is set'));
  else if (!PROFILE_TYPES.includes(profile.type)) errors.push(notSupported(`${field}.type`, profile.type, PROFILE_TYPES));
  const path = profile.localhostProfile;
  if (profile.type === 'Localhost') {
    const text = 'must be set when seccomp type is Localhost';
    errors.push(
      ...(path === undefined ? [required(`${field}.localhostProfile`, text)] : descendingPath(path, `${field}.localhostProfile`)),
    );
  } else if (path !== undefined) {
    errors.push(
      invalidValue(
        `${field}.localhostProfile`,
        internalJson('core.SeccompProfile', profile),
        'can only be set when seccomp type is Localhost',
      ),
    );
  }
  return errors;
}

function validateAppArmor(profile: AppArmorProfile | undefined, field: string): FieldError[] {
  if (profile === undefined) return [];
  const path = profile.localhostProfile;
  const at = `${field}.localhostProfile`;
  switch (profile.type) {
    case 'Localhost':
      if (path === undefined) return [required(at, 'must be set when AppArmor type is Localhost')];
      if (path.trim() !== path) return [invalidValue(at, path, 'must not be padded with whitespace')];
      if (path === '') return [required(at, 'must be set when AppArmor type is Localhost')];
      return path.length > 4095 ? [tooLong(at, 4095)] : [];
    case 'RuntimeDefault':
    case 'Unconfined':
      return path === undefined ? [] : [invalidValue(at, path, 'can only be set when AppArmor type is Localhost')];
    case '':
      return [required(`${field}.type`, 'type is required when appArmorProfile is set')];
    default:
      return [notSupported(`${field}.type`, profile.type, PROFILE_TYPES)];
  }
}

/** Of one container; `hostUsers`: the Pod has no user namespace of its own. */
export function validateSecurityContext(context: SecurityContext | undefined, hostUsers: boolean, field: string): FieldError[] {
  if (context === undefined) return [];
  const { procMount, privileged, capabilities } = context;
  const errors = [...validateId(context.runAsUser, `${field}.runAsUser`), ...validateId(context.runAsGroup, `${field}.runAsGroup`)];
  if (procMount !== undefined) {
    const at = `${field}.procMount`;
    if (hostUsers && procMount === 'Unmasked') errors.push(invalidValue(at, procMount, '`hostUsers` must be false to use `Unmasked`'));
    if (!['Default', 'Unmasked'].includes(procMount)) errors.push(notSupported(at, procMount, ['Default', 'Unmasked']));
  }
  errors.push(...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`));
  if (context.allowPrivilegeEscalation === false) {
    const shown = internalJson('core.SecurityContext', context);
    if (privileged) errors.push(invalidValue(field, shown, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'));
    if ((capabilities?.add ?? []).includes('CAP_SYS_ADMIN')) {
      errors.push(invalidValue(field, shown, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'));
    }
  }
  return [...errors, ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`)];
}

function validateSysctls(spec: PodSpec, field: string): FieldError[] {
  const seen = new Set<string>();
  return (spec.securityContext?.sysctls ?? []).flatMap(({ name }, i) => {
    const at = `${field}[${i}].name`;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(at));
    else if (name.length > 253 || !SYSCTL_TEST.test(name)) {
      errors.push(invalidValue(at, name, `must have at most 253 characters and match regex ${SYSCTL_PATTERN}`));
    } else if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
    const dotted = name.replaceAll('/', '.');
    if (spec.hostNetwork && dotted.startsWith('net.'))
      errors.push(invalidValue(at, name, "may not be specified when 'hostNetwork' is true"));
    const ofIpc = IPC_SYSCTLS.includes(dotted) || dotted.startsWith('kernel.shm') || dotted.startsWith('fs.mqueue.');
    if (spec.hostIPC && ofIpc) errors.push(invalidValue(at, name, "may not be specified when 'hostIPC' is true"));
    return errors;
  });
}

/** Of the whole Pod. */
export function validatePodSecurityContext(spec: PodSpec): FieldError[] {
  const field = 'spec.securityContext';
  const context = spec.securityContext ?? {};
  const among = (value: string | undefined, name: string, supported: readonly string[]): FieldError[] =>
    value === undefined || supported.includes(value) ? [] : [notSupported(`${field}.${name}`, value, supported)];
  const shared = spec.shareProcessNamespace === true && spec.hostPID === true;
  return [
    ...validateId(context.fsGroup, `${field}.fsGroup`),
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((group, i) => validateId(group, `${field}.supplementalGroups[${i}]`)),
    ...(shared ? [invalidValue(`${field}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled')] : []),
    ...validateSysctls(spec, `${field}.sysctls`),
    ...among(context.fsGroupChangePolicy, 'fsGroupChangePolicy', ['Always', 'OnRootMismatch']),
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
    ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`),
    ...among(context.supplementalGroupsPolicy, 'supplementalGroupsPolicy', ['Merge', 'Strict']),
    ...among(context.seLinuxChangePolicy, 'seLinuxChangePolicy', ['MountOption', 'Recursive']),
  ];
}

/** What a Pod with users of its own may not share with the node. Models validateHostUsers. */
export function validateHostUsers(spec: PodSpec): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const why = 'when `hostUsers` is false';
  return [
    ...(spec.hostNetwork ? [forbiddenField('spec.hostNetwork', why)] : []),
    ...(spec.hostPID ? [forbiddenField('spec.HostPID', why)] : []),
    ...(spec.hostIPC ? [forbiddenField('spec.HostIPC', why)] : []),
  ];
}
