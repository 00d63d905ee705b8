// Volumes of a Pod. Models ValidateVolumes in pkg/apis/core/validation/validation.go.
import { type FieldError, duplicate, forbiddenField, invalidValue, notSupported, required } from '../field-error.ts';
import { dns1123Label, dns1123Subdomain } from '../name-rules.ts';
import { nanosOf } from '../quantity.ts';
import type { DownwardAPIVolumeFile, KeyToPath, ProjectedVolumeSource, Volume, VolumeProjection } from '../types.ts';
import { validatePullPolicy } from './pull-policy.ts';
import { byRule } from './meta.ts';
import { descendingPath, fileMode, localPath, noBacksteps } from './paths.ts';
import { validateFieldRef, validateResourceRef } from './refs.ts';

const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
const FIELDS = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

function validateItems(items: readonly KeyToPath[] | undefined, field: string): FieldError[] {
  return (items ?? []).flatMap((item, i) => {
    const at = `${field}[${i}]`;
    return [
      ...(item.key ? [] : [required(`${at}.key`)]),
      ...(item.path ? [] : [required(`${at}.path`)]),
      ...localPath(item.path ?? '', `${at}.path`),
      ...fileMode(item.mode, `${at}.mode`),
    ];
  });
}

function validateDownwardFile(file: DownwardAPIVolumeFile, field: string): FieldError[] {
  const errors = [...(file.path ? [] : [required(`${field}.path`)]), ...localPath(file.path ?? '', `${field}.path`)];
  if (file.fieldRef) {
    errors.push(...validateFieldRef(file.fieldRef, FIELDS, `${field}.fieldRef`));
    if (file.resourceFieldRef) {
      errors.push(invalidValue(field, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (file.resourceFieldRef) {
    errors.push(...validateResourceRef(file.resourceFieldRef, `${field}.resourceFieldRef`, true));
  } else {
    errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'));
  }
  return [...errors, ...fileMode(file.mode, `${field}.mode`)];
}

/** Projected sources write into one folder: no two may write the same file. */
function validateProjected(projected: ProjectedVolumeSource, field: string): FieldError[] {
  const errors = fileMode(projected.defaultMode, `${field}.defaultMode`);
  const paths = new Set<string>();
  const claim = (path: string, value: string): FieldError[] => {
    if (path === '') return [];
    if (paths.has(path)) return [invalidValue(field, value, 'conflicting duplicate paths')];
    paths.add(path);
    return [];
  };
  (projected.sources ?? []).forEach((source, i) => {
    errors.push(...validateProjection(source, field, `${field}.sources[${i}]`, claim));
    if (Object.keys(source).length > 1)
      errors.push(forbiddenField(`${field}.sources[${i}]`, 'may not specify more than 1 volume type per source'));
  });
  return errors;
}

type Claim = (path: string, value: string) => FieldError[];

function validateProjection(source: VolumeProjection, field: string, at: string, claim: Claim): FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle } = source;
  const errors: FieldError[] = [];
  for (const [kind, keyed] of [
    ['secret', secret],
    ['configMap', configMap],
  ] as const) {
    if (keyed === undefined) continue;
    if (!keyed.name) errors.push(required(`${at}.${kind}.name`));
    (keyed.items ?? []).forEach((item, j) => {
      errors.push(...validateItems([item], `${at}.${kind}.items`).map((error) => reindexed(error, j)));
      errors.push(...claim(item.path ?? '', keyed.name ?? ''));
    });
  }
  for (const file of downwardAPI?.items ?? []) {
    errors.push(...validateDownwardFile(file, `${at}.downwardAPI`), ...claim(file.path ?? '', file.path ?? ''));
  }
  if (serviceAccountToken) errors.push(...validateToken(serviceAccountToken, field, `${at}.serviceAccountToken`));
  if (clusterTrustBundle) {
    const { name, signerName, path = '' } = clusterTrustBundle;
    if (name === undefined && signerName === undefined) {
      errors.push(required(`${at}.clusterTrustBundle`, 'either name or signerName must be specified'));
    }
    if (path === '') errors.push(required(`${at}.clusterTrustBundle.path`));
    errors.push(...localPath(path, `${at}.clusterTrustBundle.path`), ...claim(path, path));
  }
  return errors;
}

const reindexed = (error: FieldError, index: number): FieldError => ({
  ...error,
  field: error.field.replace('items[0]', `items[${index}]`),
});

function validateToken(token: { readonly expirationSeconds?: number; readonly path?: string }, field: string, at: string): FieldError[] {
  const seconds = token.expirationSeconds ?? 0;
  const errors: FieldError[] = [];
  if (seconds < 600) errors.push(invalidValue(`${at}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes'));
  if (seconds > 2 ** 32)
    errors.push(invalidValue(`${at}.expirationSeconds`, seconds, 'may not specify a duration larger than 2^32 seconds'));
  return [...errors, ...(token.path ? localPath(token.path, `${field}.path`) : [required(`${field}.path`)])];
}

/** Every source that is acted on or that people write; in the order in which the API server looks at them. */
const SOURCES: readonly [key: keyof Volume, check: (volume: Volume, field: string) => FieldError[]][] = [
  [
    'emptyDir',
    ({ emptyDir }, field) =>
      emptyDir?.sizeLimit !== undefined && nanosOf(emptyDir.sizeLimit) < 0n
        ? [forbiddenField(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
        : [],
  ],
  ['hostPath', validateHostPath],
  [
    'gitRepo',
    ({ gitRepo }, field) => [...needs(gitRepo, field, 'repository'), ...descendingPath(gitRepo?.directory ?? '', `${field}.directory`)],
  ],
  [
    'gcePersistentDisk',
    ({ gcePersistentDisk }, field) => needs(gcePersistentDisk, field.replace(/gcePersistentDisk$/, 'persistentDisk'), 'pdName'),
  ],
  ['awsElasticBlockStore', ({ awsElasticBlockStore }, field) => needs(awsElasticBlockStore, field, 'volumeID')],
  [
    'secret',
    ({ secret }, field) => [
      ...needs(secret, field, 'secretName'),
      ...fileMode(secret?.defaultMode, `${field}.defaultMode`),
      ...validateItems(secret?.items, `${field}.items`),
    ],
  ],
  ['nfs', validateNfs],
  ['iscsi', ({ iscsi }, field) => needs(iscsi, field, 'targetPortal', 'iqn')],
  ['glusterfs', ({ glusterfs }, field) => needs(glusterfs, field, 'endpoints', 'path')],
  ['flocker', () => []],
  ['persistentVolumeClaim', ({ persistentVolumeClaim }, field) => needs(persistentVolumeClaim, field, 'claimName')],
  ['rbd', ({ rbd }, field) => needs(rbd, field, 'monitors', 'image')],
  ['cinder', ({ cinder }, field) => needs(cinder, field, 'volumeID')],
  ['cephfs', ({ cephfs }, field) => needs(cephfs, field, 'monitors')],
  ['quobyte', ({ quobyte }, field) => needs(quobyte, field, 'volume')],
  [
    'downwardAPI',
    ({ downwardAPI }, field) => [
      ...fileMode(downwardAPI?.defaultMode, `${field}.defaultMode`),
      ...(downwardAPI?.items ?? []).flatMap((file) => validateDownwardFile(file, field)),
    ],
  ],
  ['fc', () => []],
  ['flexVolume', ({ flexVolume }, field) => needs(flexVolume, field, 'driver')],
  [
    'configMap',
    ({ configMap }, field) => [
      ...needs(configMap, field, 'name'),
      ...fileMode(configMap?.defaultMode, `${field}.defaultMode`),
      ...validateItems(configMap?.items, `${field}.items`),
    ],
  ],
  ['azureFile', ({ azureFile }, field) => needs(azureFile, field, 'secretName', 'shareName')],
  ['vsphereVolume', ({ vsphereVolume }, field) => needs(vsphereVolume, field, 'volumePath')],
  ['photonPersistentDisk', ({ photonPersistentDisk }, field) => needs(photonPersistentDisk, field, 'pdID')],
  ['portworxVolume', ({ portworxVolume }, field) => needs(portworxVolume, field, 'volumeID')],
  ['azureDisk', ({ azureDisk }, field) => needs(azureDisk, field, 'diskName', 'diskURI')],
  ['storageos', () => []],
  ['projected', ({ projected }, field) => (projected ? validateProjected(projected, field) : [])],
  ['scaleIO', ({ scaleIO }, field) => needs(scaleIO, field, 'gateway', 'system', 'volumeName')],
  ['csi', ({ csi }, field) => needs(csi, field, 'driver')],
  ['ephemeral', ({ ephemeral }, field) => (ephemeral?.volumeClaimTemplate ? [] : [required(`${field}.volumeClaimTemplate`)])],
  ['image', ({ image }, field) => [...needs(image, field, 'reference'), ...validatePullPolicy(image?.pullPolicy, `${field}.pullPolicy`)]],
];

/** A required error for each of these that is empty. */
function needs(source: object | undefined, field: string, ...keys: readonly string[]): FieldError[] {
  const given = (source ?? {}) as Readonly<Record<string, unknown>>;
  const isEmpty = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return keys.filter((key) => isEmpty(given[key])).map((key) => required(`${field}.${key}`));
}

function validateHostPath({ hostPath }: Volume, field: string): FieldError[] {
  if (!hostPath?.path) return [required(`${field}.path`)];
  const type = hostPath.type ?? '';
  return [
    ...noBacksteps(hostPath.path, `${field}.path`),
    ...(HOST_PATH_TYPES.includes(type) ? [] : [notSupported(`${field}.type`, type, HOST_PATH_TYPES)]),
  ];
}

function validateNfs({ nfs }: Volume, field: string): FieldError[] {
  const isAbsolute = nfs?.path?.startsWith('/') === true;
  return [
    ...needs(nfs, field, 'server', 'path'),
    ...(isAbsolute ? [] : [invalidValue(`${field}.path`, nfs?.path ?? '', 'must be an absolute path')]),
  ];
}

function validateSource(volume: Volume, field: string, podName: string): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  for (const [key, check] of SOURCES) {
    if (volume[key] === undefined) continue;
    if (count > 0 && key !== 'emptyDir') errors.push(forbiddenField(`${field}.${key}`, 'may not specify more than 1 volume type'));
    else errors.push(...check(volume, `${field}.${key}`));
    count += 1;
  }
  if (volume.ephemeral && podName && volume.name) {
    const claim = `${podName}-${volume.name}`;
    errors.push(...dns1123Subdomain(claim).map((text) => invalidValue(`${field}.name`, volume.name, `PVC name "${claim}": ${text}`)));
  }
  return count === 0 ? [...errors, required(field, 'must specify a volume type')] : errors;
}

/** What the containers may mount: volumes without a fault, by name. */
export type KnownVolumes = ReadonlyMap<string, Volume>;

/** Every volume, and those of them that can be mounted. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  podName: string,
): { readonly known: KnownVolumes; readonly errors: FieldError[] } {
  const known = new Map<string, Volume>();
  const errors: FieldError[] = [];
  const created = new Set((volumes ?? []).filter((volume) => volume.ephemeral && podName).map((volume) => `${podName}-${volume.name}`));
  (volumes ?? []).forEach((volume, i) => {
    const field = `spec.volumes[${i}]`;
    const own = validateSource(volume, field, podName);
    own.push(...(volume.name ? byRule(`${field}.name`, volume.name, dns1123Label) : [required(`${field}.name`)]));
    if (known.has(volume.name)) own.push(duplicate(`${field}.name`, volume.name));
    if (own.length === 0) known.set(volume.name, volume);
    errors.push(...own);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && created.has(claim)) {
      errors.push(
        invalidValue(
          `${field}.persistentVolumeClaim.claimName`,
          claim,
          'must not reference a PVC that gets created for an ephemeral volume',
        ),
      );
    }
  });
  return { known, errors };
}
