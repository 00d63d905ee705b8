// Fields of a Pod that Kubernetes has and Podscope stores, but does not act on. Nobody reads them in kubelet, runtime or scheduler.
import type { ManifestDocument, ManifestPath } from '../../manifest/manifest.ts';
import { isObject } from '../../base/json.ts';
import type { Problem } from '../protocol.ts';
import { toMark } from './locate.ts';

const POD = new Set([
  'hostIPC',
  'hostUsers',
  'imagePullSecrets',
  'resourceClaims',
  'runtimeClassName',
  ...['fsGroup', 'fsGroupChangePolicy', 'runAsGroup', 'seLinuxChangePolicy', 'seLinuxOptions', 'seccompProfile', 'appArmorProfile'].map(
    inSecurity,
  ),
  ...['supplementalGroups', 'supplementalGroupsPolicy', 'sysctls', 'windowsOptions'].map(inSecurity),
]);
const CONTAINER = new Set([
  'stdinOnce',
  'volumeDevices',
  'volumeMounts.mountPropagation',
  ...['allowPrivilegeEscalation', 'appArmorProfile', 'capabilities', 'privileged', 'procMount', 'runAsGroup'].map(inSecurity),
  ...['seLinuxOptions', 'seccompProfile', 'windowsOptions'].map(inSecurity),
]);
/** Volumes that need something outside the cluster. */
const VOLUME = new Set(
  'awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk gitRepo glusterfs iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume'.split(
    ' ',
  ),
);

function inSecurity(field: string): string {
  return `securityContext.${field}`;
}

/** Info marks on what a Pod asks for in vain. */
export function notSimulated(document: ManifestDocument): readonly Problem[] {
  const { value } = document;
  if (!isObject(value) || value.kind !== 'Pod') return [];
  const problems: Problem[] = [];
  const visit = (at: unknown, path: ManifestPath): void => {
    if (path.length > 0 && isListed(path)) {
      const message = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
      problems.push({
        ...toMark(document.keyRangeOf(['spec', ...path])),
        severity: 'info',
        message: `spec${message}`,
        own: 'not-simulated',
      });
    } else if (Array.isArray(at)) for (const [i, item] of at.entries()) visit(item, [...path, i]);
    else if (isObject(at)) for (const [key, inner] of Object.entries(at)) visit(inner, [...path, key]);
  };
  visit(value.spec, []);
  return problems;
}

function isListed(path: ManifestPath): boolean {
  if (typeof path.at(-1) === 'number') return false;
  const names = path.filter((part) => typeof part === 'string');
  const [first = '', ...rest] = names;
  if (first === 'volumes') return VOLUME.has(rest.join('.'));
  if (first === 'containers' || first === 'initContainers') return CONTAINER.has(rest.join('.'));
  return POD.has(names.join('.'));
}
