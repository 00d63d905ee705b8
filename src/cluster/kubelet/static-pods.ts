// Pods from manifests on the node, and the objects that mirror them in the API. Models pkg/kubelet/config/{file,common}.go and
// pkg/kubelet/pod/mirror_client.go.
import { parseManifest } from '../../manifest/manifest.ts';
import { hashText } from '../../base/hash.ts';
import { isObject } from '../../base/json.ts';
import { applyDefaults } from '../api/default/defaults.ts';
import { podQos } from '../api/qos.ts';
import type { Pod } from '../api/types.ts';
import type { Kubelet } from './parts.ts';
import { fullNameOf, isStaticPod, keyOf, namespaceOf, uidOf } from './pods.ts';
import { run, type Task } from './tasks.ts';

/** The static Pods of a node. */
export interface StaticPods {
  /** What stands in the folder when the kubelet starts. */
  start(): void;
  /** A manifest appears in the folder. */
  add(manifest: string): void;
  /** The manifest of a Pod (by the name in it, or that of its mirror) is removed. */
  remove(name: string): void;
  /** The manifest itself is removed from the folder. */
  removeManifest(manifest: string): void;
  /** Sees to it that the mirror stands. */
  reconcileMirror(pod: Pod): void;
  /** A static Pod has ended: without its manifest its mirror goes, too. */
  finished(pod: Pod): void;
  /** A mirror without a Pod of its own was found: one that this kubelet ran before. */
  adopt(mirror: Pod): void;
}

const HOUSEKEEPING_MS = 2000;

const HASH = 'kubernetes.io/config.hash';
const MIRROR = 'kubernetes.io/config.mirror';
const SEEN = 'kubernetes.io/config.seen';
const SOURCE = 'kubernetes.io/config.source';

/** The static Pods of a node; `disk` is its folder of manifests, by the Pods' uids, which outlives the kubelet. */
export function createStaticPods(kubelet: Kubelet, disk: Map<string, Pod>): StaticPods {
  const { host } = kubelet;
  const reconciling = new Set<string>();
  /** Pods that were taken away and have come back before they had ended. Models podSyncStatus.restartRequested. */
  const returning = new Map<string, Pod>();

  const podFrom = (manifest: string): Pod | undefined => {
    // A file that cannot be read is passed over: the real kubelet complains in its log alone.
    const value = parseManifest(manifest).documents[0]?.value;
    if (!isObject(value) || value.kind !== 'Pod' || !isObject(value.metadata)) return undefined;
    const given = value as unknown as Pod;
    const name = `${given.metadata.name}-${host.node.toLowerCase()}`;
    const uid = hashText(`${host.node}/${manifest}`) + hashText(`${manifest}/${name}`);
    const seen = new Date(host.startAtMs + host.at).toISOString().replace('Z', '000000Z');
    const annotations = { ...given.metadata.annotations, [HASH]: uid, [SEEN]: seen, [SOURCE]: 'file' };
    const tolerations = [...(given.spec.tolerations ?? []), { operator: 'Exists', effect: 'NoExecute' }];
    const placed = {
      ...given,
      metadata: { ...given.metadata, name, namespace: given.metadata.namespace ?? 'default', uid, annotations },
      spec: { ...given.spec, nodeName: host.node, tolerations },
      status: { phase: 'Pending' },
    };
    const defaulted = applyDefaults(placed);
    return { ...defaulted, status: { phase: 'Pending', qosClass: podQos(defaulted) } };
  };
  function* create(pod: Pod): Task<void> {
    const { uid: _uid, ...metadata } = pod.metadata;
    const { status: _status, ...rest } = pod;
    const annotations = { ...metadata.annotations, [MIRROR]: metadata.annotations?.[HASH] ?? '' };
    const owner = { apiVersion: 'v1', kind: 'Node', name: host.node, uid: kubelet.self.node?.metadata.uid ?? '', controller: true };
    const body = { ...rest, metadata: { ...metadata, annotations, ownerReferences: [owner] } };
    const path = `/api/v1/namespaces/${namespaceOf(pod)}/pods`;
    const shown = { level: 'story', label: `POST pods/${pod.metadata.name}`, subject: keyOf(pod) } as const;
    yield* host.request({ method: 'POST', path, body }, shown);
  }
  function* removeMirror(pod: Pod): Task<void> {
    const mirror = kubelet.mirrors.get(fullNameOf(pod));
    if (!mirror) return;
    const path = `/api/v1/namespaces/${namespaceOf(pod)}/pods/${pod.metadata.name}`;
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid: mirror.metadata.uid } };
    const shown = { level: 'api', label: `DELETE pods/${pod.metadata.name}`, subject: keyOf(pod) } as const;
    yield* host.request({ method: 'DELETE', path, body }, shown);
  }
  /** A mirror that is being deleted, or mirrors another manifest, is replaced; one that is missing is made. Models tryReconcileMirrorPods. */
  function* reconcile(pod: Pod): Task<void> {
    const mirror = kubelet.mirrors.get(fullNameOf(pod));
    const isRight =
      mirror?.metadata.deletionTimestamp === undefined && mirror?.metadata.annotations?.[MIRROR] === pod.metadata.annotations?.[HASH];
    if (mirror && isRight) return;
    if (mirror) yield* removeMirror(pod);
    yield* create(pod);
  }
  const take = (pod: Pod): void => {
    if (kubelet.workers.isTerminating(uidOf(pod)) && !kubelet.pods.has(uidOf(pod))) {
      returning.set(uidOf(pod), pod);
      return;
    }
    kubelet.pods.set(uidOf(pod), pod);
    kubelet.workers.update(uidOf(pod), 'create');
  };
  const again = (uid: string): void => {
    const pod = returning.get(uid);
    if (pod && returning.delete(uid)) take(pod);
  };
  const isNamed = ({ metadata }: Pod, name: string): boolean => {
    const bare = name.split('/').at(-1) ?? name;
    return metadata.name === bare || metadata.name === `${bare}-${host.node.toLowerCase()}`;
  };
  const named = (name: string): Pod | undefined => [...kubelet.pods.values()].find((each) => isStaticPod(each) && isNamed(each, name));
  return {
    add(manifest) {
      const pod = podFrom(manifest);
      if (!pod) return;
      // A file that is changed is another Pod: the one before it ends first.
      const before = named(pod.metadata.name);
      if (before && uidOf(before) === uidOf(pod)) return;
      if (before) this.remove(before.metadata.name);
      disk.set(uidOf(pod), pod);
      take(pod);
    },
    start() {
      for (const pod of disk.values()) take(pod);
    },
    remove(name) {
      const pod = named(name);
      for (const each of returning.values()) if (isNamed(each, name)) returning.delete(uidOf(each));
      if (!pod) return;
      kubelet.pods.delete(uidOf(pod));
      disk.delete(uidOf(pod));
      kubelet.workers.update(uidOf(pod), 'kill', { pod });
    },
    removeManifest(manifest) {
      const pod = podFrom(manifest);
      if (pod) this.remove(pod.metadata.name);
    },
    reconcileMirror(pod) {
      const name = fullNameOf(pod);
      if (reconciling.has(name)) return;
      reconciling.add(name);
      run(reconcile(pod), () => reconciling.delete(name));
    },
    finished(pod) {
      if (kubelet.pods.has(uidOf(pod))) return;
      run(removeMirror(pod), () => {
        // The next look at all Pods finds that it is wanted again.
        if (returning.has(uidOf(pod))) host.after(HOUSEKEEPING_MS, () => again(uidOf(pod)));
      });
    },
    adopt(mirror) {
      const { [MIRROR]: _mirror, ...annotations } = mirror.metadata.annotations ?? {};
      const pod = { ...mirror, metadata: { ...mirror.metadata, annotations: { ...annotations, [SOURCE]: 'file' } } };
      disk.set(uidOf(pod), pod);
      take(pod);
    },
  };
}
