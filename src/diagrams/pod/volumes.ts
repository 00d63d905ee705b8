// The volumes of a Pod and where its containers see them.
import type { Trace } from '../../engine/trace.ts';
import type { ConfigMap, Pod, Secret, Volume, VolumeMount, VolumeProjection } from '../../cluster/api/types.ts';

/** A place where a container sees a volume. */
export interface MountMark {
  readonly container: string;
  readonly path: string;
  readonly subPath: string;
  readonly isReadOnly: boolean;
}

/** One volume. */
export interface VolumeMark {
  readonly name: string;
  /** The field of the volume's source: `emptyDir`, `configMap`. */
  readonly type: string;
  /** What the source points at: a name, a path, a medium. */
  readonly detail: string;
  /** The files that its object gives it, where the object is stored. */
  readonly files: readonly string[];
  /** An object that is named, must be there, and is not. */
  readonly missing: string | undefined;
  /** By the column of the container: every place, in the order of the spec. */
  readonly mounts: readonly (readonly MountMark[])[];
}

/** Every volume, in the order of the spec. */
export function volumesOf(trace: Trace, step: number, pod: Pod): readonly VolumeMark[] {
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])];
  return (pod.spec.volumes ?? []).map((volume) => ({
    name: volume.name,
    ...sourceOf(trace, step, pod.metadata.namespace ?? 'default', volume),
    mounts: containers.map((container) =>
      (container.volumeMounts ?? []).filter(({ name }) => name === volume.name).map((mount) => mountMark(container.name, mount)),
    ),
  }));
}

const mountMark = (container: string, { mountPath, subPath = '', readOnly = false }: VolumeMount): MountMark => ({
  container,
  path: mountPath,
  subPath,
  isReadOnly: readOnly,
});

type Source = Pick<VolumeMark, 'type' | 'detail' | 'files' | 'missing'>;

function sourceOf(trace: Trace, step: number, namespace: string, volume: Volume): Source {
  const type = Object.keys(volume).find((field) => field !== 'name') ?? 'emptyDir';
  const plain = (detail: string): Source => ({ type, detail, files: [], missing: undefined });
  const { emptyDir, configMap, secret, hostPath, persistentVolumeClaim, projected, downwardAPI } = volume;
  if (configMap) return keyed(trace, step, type, 'configmaps', namespace, configMap.name, configMap.optional, configMap.items);
  if (secret) return keyed(trace, step, type, 'secrets', namespace, secret.secretName, secret.optional, secret.items);
  if (emptyDir)
    return plain([emptyDir.medium === 'Memory' ? 'tmpfs' : '', emptyDir.sizeLimit ?? ''].filter((text) => text !== '').join(' '));
  if (hostPath) return plain(hostPath.path);
  if (persistentVolumeClaim) return plain(persistentVolumeClaim.claimName);
  if (projected) return plain((projected.sources ?? []).map(projectionName).join(', '));
  if (downwardAPI) return plain((downwardAPI.items ?? []).map(({ path }) => path).join(', '));
  return plain('');
}

/** A volume whose files are the keys of an object. */
function keyed(
  trace: Trace,
  step: number,
  type: string,
  resource: 'configmaps' | 'secrets',
  namespace: string,
  name = '',
  optional = false,
  items: readonly { readonly path: string }[] | undefined = undefined,
): Source {
  const stored = trace.row(`/registry/${resource}/${namespace}/${name}`, step) as ConfigMap | Secret | undefined;
  const files = stored === undefined ? [] : (items?.map(({ path }) => path) ?? Object.keys(stored.data ?? {}));
  return { type, detail: name, files, missing: stored === undefined && !optional ? name : undefined };
}

function projectionName({ serviceAccountToken, configMap, secret, downwardAPI }: VolumeProjection): string {
  if (serviceAccountToken) return serviceAccountToken.path;
  const items = configMap?.items ?? secret?.items ?? downwardAPI?.items;
  return items?.map(({ path }) => path).join(', ') ?? configMap?.name ?? secret?.name ?? '';
}
