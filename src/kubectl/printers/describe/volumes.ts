// The volumes in a Pod's description. Models k8s.io/kubectl/pkg/describe describeVolumes.
import type { Volume, VolumeProjection } from '../../../cluster/api/types.ts';
import type { DescribeWriter } from './writer.ts';

/** Writes every volume with what it is made of. */
export function describeVolumes(out: DescribeWriter, volumes: readonly Volume[] | undefined): void {
  if (!volumes || volumes.length === 0) {
    out.line(0, 'Volumes:\t<none>');
    return;
  }
  out.line(0, 'Volumes:');
  for (const volume of volumes) {
    out.line(1, `${volume.name}:`);
    for (const line of volumeLines(volume)) out.line(2, line);
  }
}

function volumeLines(volume: Volume): string[] {
  const { hostPath, emptyDir, secret, configMap, persistentVolumeClaim, downwardAPI, projected, nfs, csi, image, ephemeral } = volume;
  if (hostPath) {
    return ['Type:\tHostPath (bare host directory volume)', `Path:\t${hostPath.path}`, `HostPathType:\t${hostPath.type ?? '<none>'}`];
  }
  if (emptyDir) {
    const type = "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)";
    return [type, `Medium:\t${emptyDir.medium ?? ''}`, `SizeLimit:\t${emptyDir.sizeLimit ?? '<unset>'}`];
  }
  if (secret) {
    const type = 'Type:\tSecret (a volume populated by a Secret)';
    return [type, `SecretName:\t${secret.secretName ?? ''}`, `Optional:\t${secret.optional ?? false}`];
  }
  if (configMap) {
    const type = 'Type:\tConfigMap (a volume populated by a ConfigMap)';
    return [type, `Name:\t${configMap.name ?? ''}`, `Optional:\t${configMap.optional ?? false}`];
  }
  if (persistentVolumeClaim) {
    const type = 'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)';
    return [type, `ClaimName:\t${persistentVolumeClaim.claimName}`, `ReadOnly:\t${persistentVolumeClaim.readOnly ?? false}`];
  }
  if (downwardAPI) {
    const items = (downwardAPI.items ?? []).map(
      ({ fieldRef, resourceFieldRef, path }) => `  ${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`,
    );
    return ['Type:\tDownwardAPI (a volume populated by information about the pod)', 'Items:', ...items];
  }
  if (projected) {
    const type = 'Type:\tProjected (a volume that contains injected data from multiple sources)';
    return [type, ...(projected.sources ?? []).flatMap(projectionLines)];
  }
  if (nfs) {
    const type = 'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)';
    return [type, `Server:\t${nfs.server}`, `Path:\t${nfs.path}`, `ReadOnly:\t${nfs.readOnly ?? false}`];
  }
  if (csi) {
    const type = 'Type:\tCSI (a Container Storage Interface (CSI) volume source)';
    return [type, `Driver:\t${csi.driver}`, `FSType:\t${csi.fsType ?? ''}`, `ReadOnly:\t${csi.readOnly ?? false}`];
  }
  if (image) {
    return [
      'Type:\tImage (a container image or OCI artifact)',
      `Reference:\t${image.reference ?? ''}`,
      `PullPolicy:\t${image.pullPolicy ?? ''}`,
    ];
  }
  if (ephemeral) {
    return ['Type:\tEphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)'];
  }
  return ['<unknown>'];
}

function projectionLines({ secret, downwardAPI, configMap, serviceAccountToken }: VolumeProjection): string[] {
  if (secret) return [`SecretName:\t${secret.name ?? ''}`, `Optional:\t${secret.optional ?? false}`];
  if (downwardAPI) return ['DownwardAPI:\ttrue'];
  if (configMap) return [`ConfigMapName:\t${configMap.name ?? ''}`, `Optional:\t${configMap.optional ?? false}`];
  return serviceAccountToken ? [`TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 3600}`] : [];
}
