// What the runtime needs to make a container. Models generateContainerConfig of pkg/kubelet/kuberuntime/kuberuntime_container.go.
import { milliValue, unitValue } from '../api/quantity.ts';
import type { Container, EphemeralContainer, Pod, VolumeMount } from '../api/types.ts';
import type { ContainerConfig, ImageStatus, Mount } from '../runtime/cri.ts';
import { environmentOf } from './environment/environment.ts';
import { expand } from './environment/expansion.ts';
import { oomScoreAdjust } from './oom-score.ts';
import type { Kubelet } from './parts.ts';
import { type ContainerIn, formatPod, uidOf } from './pods.ts';
import { newestOf, type RuntimePod } from './runtime-pod.ts';
import type { Task } from './tasks.ts';

/** Makes the configuration, or says why it cannot be made. */
export function* containerConfig(
  kubelet: Kubelet,
  pod: Pod,
  of: ContainerIn,
  runtime: RuntimePod,
  podIp: string,
  image: ImageStatus,
  attempt: number,
): Task<ContainerConfig | { readonly error: string }> {
  const { container, kind } = of;
  const env = yield* environmentOf(kubelet.volumes.sourceOf(pod, podIp), container);
  if ('error' in env) return env;
  const asRoot = refuseRoot(pod, container, image);
  if (asRoot !== undefined) return { error: asRoot };
  const values = new Map(env.map(({ name, value }) => [name, value]));
  const expandAll = (words: readonly string[]): readonly string[] => words.map((word) => expand(word, (name) => values.get(name)));
  const mounts = mountsOf(kubelet, pod, container, (text) => expand(text, (name) => values.get(name)));
  if ('error' in mounts) return mounts;
  const { limits, requests } = kubelet.allocation.resourcesOf(pod, container);
  const { runAsUser } = { ...pod.spec.securityContext, ...container.securityContext };
  const target = (container as EphemeralContainer).targetContainerName;
  const pidOf = target ? newestOf(runtime, target)?.id : undefined;
  return {
    name: container.name,
    kind,
    image: container.image ?? '',
    ...(container.command ? { command: expandAll(container.command) } : {}),
    ...(container.args ? { args: expandAll(container.args) } : {}),
    ...(container.workingDir ? { workingDir: container.workingDir } : {}),
    env,
    mounts: mounts.mounts,
    attempt,
    stdin: container.stdin === true,
    tty: container.tty === true,
    ...(requests?.cpu ? { cpuRequestMilli: milliValue(requests.cpu) } : {}),
    ...(limits?.cpu ? { cpuLimitMilli: milliValue(limits.cpu) } : {}),
    ...(limits?.memory ? { memoryLimitBytes: unitValue(limits.memory) } : {}),
    oomScoreAdj: oomScoreAdjust(pod.spec, container, unitValue(kubelet.self.node?.status.capacity?.memory ?? '0')),
    ...(runAsUser === undefined ? {} : { runAsUser }),
    ...(container.securityContext?.readOnlyRootFilesystem ? { readOnlyRootFilesystem: true } : {}),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    ...(pidOf === undefined ? {} : { pidOf }),
  };
}

/** Why a container may not run as the user that it would run as. Models verifyRunAsNonRoot. */
function refuseRoot(pod: Pod, container: Container, image: ImageStatus): string | undefined {
  const { runAsNonRoot, runAsUser } = { ...pod.spec.securityContext, ...container.securityContext };
  if (runAsNonRoot !== true) return undefined;
  const where = `(pod: "${formatPod(pod)}", container: ${container.name})`;
  if (runAsUser !== undefined) return runAsUser === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  const user = image.user.split(':')[0] ?? '';
  if (user === '' || user === '0') return `container has runAsNonRoot and image will run as root ${where}`;
  if (/^\d+$/.test(user)) return undefined;
  return `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`;
}

type Mounts = { readonly mounts: readonly Mount[] } | { readonly error: string };

/** The mounts of a container. Models makeMounts of pkg/kubelet/kubelet_pods.go. */
function mountsOf(kubelet: Kubelet, pod: Pod, container: Container, expandText: (text: string) => string): Mounts {
  const mounts: Mount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    const volume = kubelet.volumes.mounted(uidOf(pod), mount.name);
    if (!volume) return { error: `cannot find volume "${mount.name}" to mount into container "${container.name}"` };
    const sub = mount.subPathExpr ? expandText(mount.subPathExpr) : (mount.subPath ?? '');
    const { files, sizeBytes } = volume;
    mounts.push({
      source: sub === '' ? volume.source : `${volume.source}/${sub}`,
      path: pathOf(mount),
      readOnly: mount.readOnly === true || files !== undefined,
      ...(files ? { files: sub === '' ? files : below(files, sub) } : {}),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
    });
  }
  return { mounts };
}

const pathOf = (mount: VolumeMount): string => (mount.mountPath.startsWith('/') ? mount.mountPath : `/${mount.mountPath}`);

/** The files below a path of a volume; a single file stands at the mount itself. */
function below(files: NonNullable<Mount['files']>, sub: string): NonNullable<Mount['files']> {
  const single = files[sub];
  if (single) return { '': single };
  const inside = Object.entries(files).filter(([path]) => path.startsWith(`${sub}/`));
  return Object.fromEntries(inside.map(([path, file]) => [path.slice(sub.length + 1), file]));
}
