// Gives a Pod its service account, the account's pull secrets, and its token as a volume in every container.
// Models plugin/pkg/admission/serviceaccount/admission.go.
import { NAME_ALPHABET } from '../../../api/name-rules.ts';
import type { Container, Pod, ServiceAccount, Volume, VolumeMount } from '../../../api/types.ts';
import { type AdmissionPlugin, isPodWrite, refuse } from '../plugin.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME_PREFIX = 'kube-api-access-';
const TOKEN_SECONDS = 3607;
/** Set on the API's copy of a static Pod, which has no account. */
const MIRROR = 'kubernetes.io/config.mirror';

/** The token, the cluster's certificate and the Pod's namespace, as one volume. */
const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
    defaultMode: 420,
  },
});

/** Mounts the token in every container that has nothing at its place. */
function withToken(pod: Pod, drawName: () => string): Pod {
  const present = (pod.spec.volumes ?? []).find((volume) => volume.name.startsWith(VOLUME_PREFIX));
  const lacks = (container: Container): boolean => !(container.volumeMounts ?? []).some((mount) => mount.mountPath === TOKEN_PATH);
  const { containers, initContainers } = pod.spec;
  if (![...containers, ...(initContainers ?? [])].some(lacks)) return pod;
  const name = present?.name ?? drawName();
  const mount: VolumeMount = { name, readOnly: true, mountPath: TOKEN_PATH };
  const mounted = (container: Container): Container =>
    lacks(container) ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] } : container;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      ...(initContainers && { initContainers: initContainers.map(mounted) }),
      containers: containers.map(mounted),
      ...(present === undefined && { volumes: [...(pod.spec.volumes ?? []), tokenVolume(name)] }),
    },
  };
}

/** ServiceAccount. */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  admit(request, lookup) {
    if (!isPodWrite(request) || request.operation !== 'CREATE') return { object: request.object };
    const pod = request.object as unknown as Pod;
    if (pod.metadata.annotations?.[MIRROR] !== undefined) return { object: request.object };
    const account = pod.spec.serviceAccountName || 'default';
    const standing = lookup.get('serviceaccounts', request.namespace, account) as ServiceAccount | undefined;
    if (standing === undefined) {
      const why = `error looking up service account ${request.namespace}/${account}: serviceaccount "${account}" not found`;
      return { status: refuse(request, why) };
    }
    const named: Pod = { ...pod, spec: { ...pod.spec, serviceAccountName: account, serviceAccount: account } };
    const mounts = pod.spec.automountServiceAccountToken ?? standing.automountServiceAccountToken ?? true;
    const ready = mounts ? withToken(named, () => `${VOLUME_PREFIX}${lookup.random('kube-api-access').text(5, NAME_ALPHABET)}`) : named;
    const secrets = standing.imagePullSecrets ?? [];
    const withSecrets =
      (pod.spec.imagePullSecrets ?? []).length > 0 || secrets.length === 0
        ? ready
        : { ...ready, spec: { ...ready.spec, imagePullSecrets: secrets } };
    return { object: withSecrets };
  },
};
