// Where containers see their volumes. Models ValidateVolumeMounts and ValidateVolumeDevices in pkg/apis/core/validation/validation.go.
import { type FieldError, forbiddenField, invalidValue, notFoundValue, notSupported, required } from '../field-error.ts';
import type { Container, VolumeMount } from '../types.ts';
import { descendingPath, noBacksteps } from './paths.ts';
import type { KnownVolumes } from './volumes.ts';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const READ_ONLY_MODES = ['Disabled', 'Enabled', 'IfPossible'];

function validatePropagation(mount: VolumeMount, container: Container, field: string): FieldError[] {
  const mode = mount.mountPropagation;
  if (mode === undefined) return [];
  const privileged = container.securityContext?.privileged === true;
  return [
    ...(PROPAGATIONS.includes(mode) ? [] : [notSupported(field, mode, PROPAGATIONS)]),
    ...(mode === 'Bidirectional' && !privileged
      ? [forbiddenField(field, 'Bidirectional mount propagation is available only to privileged containers')]
      : []),
  ];
}

function validateReadOnly(mount: VolumeMount, field: string): FieldError[] {
  const mode = mount.recursiveReadOnly;
  if (mode === undefined || mode === 'Disabled') return [];
  if (!READ_ONLY_MODES.includes(mode)) return [notSupported(field, mode, READ_ONLY_MODES)];
  const propagates = mount.mountPropagation !== undefined && mount.mountPropagation !== 'None';
  return [
    ...(mount.readOnly ? [] : [forbiddenField(field, 'may only be specified when readOnly is true')]),
    ...(propagates ? [forbiddenField(field, 'may only be specified when mountPropagation is None or not specified')] : []),
  ];
}

/** A container's `volumeMounts`. Of what is below a mount the API server says it of the whole list, without an index. */
export function validateMounts(container: Container, volumes: KnownVolumes, field: string): FieldError[] {
  const devices = container.volumeDevices ?? [];
  const seen = new Set<string>();
  return (container.volumeMounts ?? []).flatMap((mount, i) => {
    const at = `${field}[${i}]`;
    const { name = '', mountPath = '', subPath, subPathExpr } = mount;
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push(notFoundValue(`${at}.name`, name));
    if (mountPath === '') errors.push(required(`${at}.mountPath`));
    if (seen.has(mountPath)) errors.push(invalidValue(`${at}.mountPath`, mountPath, 'must be unique'));
    seen.add(mountPath);
    if (devices.some((device) => device.name === name))
      errors.push(invalidValue(`${at}.name`, name, 'must not already exist in volumeDevices'));
    if (devices.some((device) => device.devicePath === mountPath)) {
      errors.push(invalidValue(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
    }
    if (subPath) errors.push(...descendingPath(subPath, `${field}.subPath`));
    if (subPathExpr) {
      if (subPath) errors.push(invalidValue(`${at}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
      errors.push(...descendingPath(subPathExpr, `${field}.subPathExpr`));
    }
    return [
      ...errors,
      ...validatePropagation(mount, container, `${field}.mountPropagation`),
      ...validateReadOnly(mount, `${field}.recursiveReadOnly`),
    ];
  });
}

/** A container's `volumeDevices`. */
export function validateDevices(container: Container, volumes: KnownVolumes, field: string): FieldError[] {
  const mounts = container.volumeMounts ?? [];
  const paths = new Set<string>();
  const names = new Set<string>();
  return (container.volumeDevices ?? []).flatMap(({ name = '', devicePath = '' }, i) => {
    const at = `${field}[${i}]`;
    const volume = volumes.get(name);
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalidValue(`${at}.name`, name, 'must be unique'));
    if (volume === undefined) errors.push(notFoundValue(`${at}.name`, name));
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      errors.push(invalidValue(`${at}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'));
    }
    if (devicePath === '') errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalidValue(`${at}.devicePath`, devicePath, 'must be unique'));
    if (noBacksteps(devicePath, at).length > 0)
      errors.push(invalidValue(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name))
      errors.push(invalidValue(`${at}.name`, name, 'must not already exist in volumeMounts'));
    if (mounts.some((mount) => mount.mountPath === devicePath)) {
      errors.push(invalidValue(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name !== '') names.add(name);
    return errors;
  });
}
