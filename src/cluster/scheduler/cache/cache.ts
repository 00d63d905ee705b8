// What the scheduler knows: nodes with the Pods on them, those included whose binding is still on its way ("assumed").
// Only what changed is computed again. Models pkg/scheduler/backend/cache/cache.go.
import type { Node, PersistentVolume, PersistentVolumeClaim, Service, StorageClass } from '../../api/types.ts';
import { type NodeInfo, nodeInfoOf, withoutPod, withPod } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import type { Labels } from '../framework/selectors.ts';
import { hasAffinity, hasRequiredAntiAffinity, type Snapshot } from '../framework/snapshot.ts';
import { createImages } from './images.ts';
import { zoneOf, zoneRoundRobin } from './node-order.ts';
import { createObjects, type Objects } from './objects.ts';

/** The scheduler's picture of the cluster. */
export interface Cache {
  /** Adds a node or replaces it; answers what it was. */
  setNode(node: Node): Node | undefined;
  removeNode(name: string): Node | undefined;
  /** A Pod that has a node, new or changed; one that was assumed is so no longer. */
  setPod(pod: PodInfo, node: string): void;
  /** Counts a Pod on a node before the API server has said so. */
  assume(pod: PodInfo, node: string): void;
  /** Takes a Pod away, assumed or not. */
  removePod(uid: string): void;
  isAssumed(uid: string): boolean;
  /** A Pod that has a node, or is assumed to have one. */
  pod(uid: string): PodInfo | undefined;
  setNamespace(name: string, labels: Labels | undefined): void;
  readonly services: Objects<Service>;
  readonly claims: Objects<PersistentVolumeClaim>;
  readonly volumes: Objects<PersistentVolume>;
  readonly storageClasses: Objects<StorageClass>;
  /** Says where a waiting Pod is to come; undefined: nowhere. */
  nominate(pod: PodInfo, node: string | undefined): void;
  /** The cluster as it is now; good until the next change. */
  snapshot(): Snapshot;
}

interface Placed {
  readonly info: PodInfo;
  readonly node: string;
  readonly assumed: boolean;
}

/** An empty picture. */
export function createCache(): Cache {
  const nodes = new Map<string, NodeInfo>();
  const placed = new Map<string, Placed>();
  /** Pods on nodes that are not known (yet). */
  const strays = new Map<string, Map<string, PodInfo>>();
  const images = createImages();
  const namespaces = new Map<string, Labels>();
  const services = createObjects<Service>();
  const claims = createObjects<PersistentVolumeClaim>();
  const volumes = createObjects<PersistentVolume>();
  const storageClasses = createObjects<StorageClass>();
  const nominations = createNominations();
  let list: NodeInfo[] | undefined;
  const places = new Map<string, number>();
  const withAffinity = new Set<string>();
  const withAntiAffinity = new Set<string>();

  const ordered = (): readonly NodeInfo[] => {
    if (list) return list;
    const order = zoneRoundRobin([...nodes.values()].map(({ node }) => node));
    places.clear();
    list = order.map((name, i) => {
      places.set(name, i);
      return nodes.get(name) as NodeInfo;
    });
    return list;
  };
  const mark = (set: Set<string>, name: string, belongs: boolean): void => {
    if (belongs) set.add(name);
    else set.delete(name);
  };
  const put = (info: NodeInfo): void => {
    const known = nodes.has(info.name);
    nodes.set(info.name, info);
    const place = known ? places.get(info.name) : undefined;
    if (list && place !== undefined) list[place] = info;
    else list = undefined;
  };
  const markAffinity = (info: NodeInfo): void => {
    mark(withAffinity, info.name, info.pods.some(hasAffinity));
    mark(withAntiAffinity, info.name, info.pods.some(hasRequiredAntiAffinity));
  };
  const remove = (uid: string): void => {
    const was = placed.get(uid);
    if (!was) return;
    placed.delete(uid);
    const info = nodes.get(was.node);
    if (info) {
      const left = withoutPod(info, uid);
      put(left);
      if (hasAffinity(was.info)) markAffinity(left);
    } else strays.get(was.node)?.delete(uid);
  };
  const place = (pod: PodInfo, node: string, assumed: boolean): void => {
    remove(pod.uid);
    placed.set(pod.uid, { info: pod, node, assumed });
    const info = nodes.get(node);
    if (info) {
      const more = withPod(info, pod);
      put(more);
      if (hasAffinity(pod)) markAffinity(more);
      return;
    }
    let pods = strays.get(node);
    if (!pods) strays.set(node, (pods = new Map()));
    pods.set(pod.uid, pod);
  };
  const infosOf = (names: Iterable<string>): NodeInfo[] => [...names].flatMap((name) => nodes.get(name) ?? []);

  return {
    setNode(node) {
      const { name } = node.metadata;
      const before = nodes.get(name);
      if (before) images.remove(before.node);
      images.add(node);
      if (before && zoneOf(before.node) !== zoneOf(node)) list = undefined;
      const info = before ? { ...nodeInfoOf(node, []), ...podsOf(before) } : nodeInfoOf(node, [...(strays.get(name)?.values() ?? [])]);
      strays.delete(name);
      put(info);
      if (!before) markAffinity(info);
      return before?.node;
    },
    removeNode(name) {
      const before = nodes.get(name);
      if (!before) return undefined;
      images.remove(before.node);
      nodes.delete(name);
      list = undefined;
      withAffinity.delete(name);
      withAntiAffinity.delete(name);
      if (before.pods.length > 0) strays.set(name, new Map(before.pods.map((pod) => [pod.uid, pod])));
      return before.node;
    },
    setPod: (pod, node) => place(pod, node, false),
    assume: (pod, node) => place(pod, node, true),
    removePod: remove,
    isAssumed: (uid) => placed.get(uid)?.assumed ?? false,
    pod: (uid) => placed.get(uid)?.info,
    setNamespace(name, labels) {
      if (labels) namespaces.set(name, labels);
      else namespaces.delete(name);
    },
    services,
    claims,
    volumes,
    storageClasses,
    nominate: nominations.set,
    snapshot: () => ({
      nodes: ordered(),
      node: (name) => nodes.get(name),
      nodesWithAffinity: () => infosOf(withAffinity),
      nodesWithRequiredAntiAffinity: () => infosOf(withAntiAffinity),
      image: images.state,
      namespaceLabels: (namespace) => namespaces.get(namespace) ?? {},
      services: services.inNamespace,
      claim: claims.get,
      volume: (name) => volumes.get('', name),
      storageClass: (name) => storageClasses.get('', name),
      nominated: nominations.of,
    }),
  };
}

/** What of a NodeInfo comes from its Pods. */
const podsOf = ({ pods, requested, requestedForScore }: NodeInfo) => ({ pods, requested, requestedForScore });

/** Pods that are to come to a node once there is room. Models pkg/scheduler/backend/queue/nominator.go. */
function createNominations() {
  const byNode = new Map<string, Map<string, PodInfo>>();
  const nodeOf = new Map<string, string>();
  return {
    set(pod: PodInfo, node: string | undefined): void {
      const before = nodeOf.get(pod.uid);
      if (before !== undefined) byNode.get(before)?.delete(pod.uid);
      nodeOf.delete(pod.uid);
      if (node === undefined) return;
      nodeOf.set(pod.uid, node);
      let pods = byNode.get(node);
      if (!pods) byNode.set(node, (pods = new Map()));
      pods.set(pod.uid, pod);
    },
    of: (node: string): readonly PodInfo[] => {
      const pods = byNode.get(node);
      return pods && pods.size > 0 ? [...pods.values()] : NO_PODS;
    },
  };
}

const NO_PODS: readonly PodInfo[] = [];
