// A ClusterSpec becomes a running cluster: what stands at instant 0 is written, and every component is started.
import { must } from '../../base/assert.ts';
import { type Run, createRun } from '../../engine/run.ts';
import { writeYaml } from '../../manifest/write.ts';
import { RENEW_EVERY_MS } from '../api/node-lease.ts';
import { milliValue, unitValue } from '../api/quantity.ts';
import { applyDefaults } from '../api/default/defaults.ts';
import { podQos } from '../api/qos.ts';
import type { Pod } from '../api/types.ts';
import { createApiServer } from '../apiserver/apiserver.ts';
import type { Stored } from '../apiserver/cache.ts';
import { drawUid } from '../apiserver/identity.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import { CONTROLLERS } from '../controllers/catalog.ts';
import { createEtcd } from '../etcd/etcd.ts';
import type { ClusterMessage } from '../messages.ts';
import { createKubelet } from '../kubelet/kubelet.ts';
import { ETCD } from '../names.ts';
import { createNetwork } from '../network/network.ts';
import { CATALOGUE } from '../runtime/images/catalog.ts';
import { type Registry, createRegistry, fullName } from '../runtime/images/registry.ts';
import { createRuntime } from '../runtime/runtime.ts';
import type { StandingPod } from '../runtime/standing.ts';
import { createScheduler } from '../scheduler/scheduler.ts';
import { type Struck, createFaults } from './faults.ts';
import { NAMESPACES, dnsService, kubernetesService, namespaceWithContent, nodeLease, systemPriorityClasses } from './namespaces.ts';
import { type BootNode, STANDING_FOR_MS, nodeObject, nodesOf, timeText } from './nodes.ts';
import { nodeFiles } from './node-files.ts';
import { type Ground, putObjects, putOwn } from './objects.ts';
import { running } from './running.ts';
import type { ClusterSpec } from './spec.ts';
import { type SystemPod, staticManifests, systemPods } from './system-pods.ts';

/** Builds the cluster. Faults are handed to its component `faults`, lines of a terminal to that terminal. */
export function createCluster(spec: ClusterSpec): Run<ClusterMessage> {
  const run = createRun<ClusterMessage>(spec.seed);
  const etcd = createEtcd();
  const apiServer = createApiServer({ startAtMs: spec.startAtMs });
  const ground: Ground = { etcd, apiServer, startAtMs: spec.startAtMs };
  const nodes = nodesOf(spec);
  const registry = createRegistry(CATALOGUE, spec.images);
  const standing = new Map<string, StandingPod[]>(nodes.map(({ name }) => [name, []]));
  run.setUp(ETCD, (context) => {
    const stands = layGround(ground, context, { spec, nodes, registry });
    for (const [node, pod] of stands) standing.get(node)?.push(pod);
    for (const { name } of nodes) apiServer.renew(name);
    putObjects(ground, context, [...spec.nodeManifests, ...spec.objects]);
  });
  const names = new Set<string>();
  const components: ClusterComponent[] = [
    etcd,
    apiServer,
    ...CONTROLLERS.map((create) => create({ startAtMs: spec.startAtMs })),
    createScheduler({ startAtMs: spec.startAtMs }),
    createNetwork({ nodes: nodes.map(({ name, hostIp, podCidr }) => ({ name, ip: hostIp, podCidr })) }),
    ...nodes.map((node) => runtimeOn(node, { spec, nodes }, standing.get(node.name) ?? [])),
    ...nodes.map(({ name }) => createKubelet({ node: name, startAtMs: spec.startAtMs })),
    createFaults({
      startAtMs: spec.startAtMs,
      nodes: nodes.map(({ name }) => name),
      scheduler: schedulerOf(nodes),
      peek: apiServer.peek,
      has: (name) => names.has(name),
    }),
  ];
  for (const component of components) {
    run.add(component);
    names.add(component.name);
  }
  run.setUp('boot', (context) => {
    for (const { name } of components) context.signal(name, { type: 'start' });
  });
  return run;
}

/** Where the scheduler's manifest lies, as kubeadm has written it. */
function schedulerOf(nodes: readonly BootNode[]): Struck['scheduler'] {
  const node = nodes.find(({ isControlPlane }) => isControlPlane);
  return (
    node && {
      node: node.name,
      manifest() {
        const [, manifest] = staticManifests(node).find(([name]) => name === 'kube-scheduler') ?? [];
        return writeYaml(must(manifest, 'a control plane has a scheduler'));
      },
    }
  );
}

function runtimeOn(
  node: BootNode,
  { spec: { startAtMs, images }, nodes }: Pick<Plan, 'spec' | 'nodes'>,
  standing: readonly StandingPod[],
): ClusterComponent {
  const { name, spec, podCidr, hostIp } = node;
  return createRuntime({
    node: name,
    startAtMs,
    images,
    present: spec.images,
    podCidr,
    hostIp,
    cpuMilli: milliValue(spec.cpu),
    memoryBytes: unitValue(spec.memory),
    standing,
    files: () => nodeFiles(node, nodes),
  });
}

interface Plan {
  readonly spec: ClusterSpec;
  readonly nodes: readonly BootNode[];
  readonly registry: Registry;
}

/** Everything that the cluster itself needs: answers which Pods already run, and where. */
function layGround(ground: Ground, context: ClusterContext, { spec, nodes, registry }: Plan): readonly (readonly [string, StandingPod])[] {
  const now = spec.startAtMs;
  const controlPlane = nodes.find((node) => node.isControlPlane);
  const putAll = (objects: readonly unknown[]) => objects.map((object) => putOwn(ground, context, object));
  for (const name of NAMESPACES) putAll(namespaceWithContent(name, now));
  putAll(systemPriorityClasses(now));
  putAll(kubernetesService(now, controlPlane?.hostIp));
  if (controlPlane) putAll([dnsService(now), ...['coredns', 'kube-proxy'].map((name) => serviceAccount(name, now))]);
  const pods = systemPods(nodes, (purpose, length, alphabet) => context.random('boot', purpose).text(length, alphabet));
  for (const node of nodes) putNode(ground, context, { node, now, registry, pods });
  return placeAll(ground, context, { pods, now, registry });
}

const serviceAccount = (name: string, now: number) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: 'kube-system', creationTimestamp: timeText(now - STANDING_FOR_MS) },
});

interface PlacingNode {
  readonly node: BootNode;
  readonly now: number;
  readonly registry: Registry;
  readonly pods: readonly SystemPod[];
}

/** A Node with its Lease. */
function putNode(ground: Ground, context: ClusterContext, { node, now, registry, pods }: PlacingNode): void {
  const own = pods.filter((each) => each.node === node).flatMap(({ pod }) => pod.spec.containers.map(({ image = '' }) => image));
  const images = [...new Set([...node.spec.images, ...own])].flatMap((name) => imageOn(registry, name));
  const stored = putOwn(ground, context, nodeObject(node, now, images, context.random('node', node.name)));
  const sinceMs = context.random('lease', node.name).below(RENEW_EVERY_MS);
  putOwn(ground, context, nodeLease(node.name, stored.metadata.uid ?? '', now, sinceMs));
}

function imageOn(registry: Registry, name: string): readonly { readonly names: readonly string[]; readonly sizeBytes: number }[] {
  const resolved = registry.resolve(name);
  if (!('image' in resolved)) return [];
  const { id, behaviour } = resolved.image;
  return [{ names: [id, fullName(name) ?? name], sizeBytes: behaviour.sizeBytes }];
}

interface Placing {
  readonly pods: readonly SystemPod[];
  readonly now: number;
  readonly registry: Registry;
}

/** The system Pods, each with the next address of its node. */
function placeAll(ground: Ground, context: ClusterContext, { pods, now, registry }: Placing): readonly (readonly [string, StandingPod])[] {
  let lastAddress = 1;
  return pods.map(({ node, pod, isStatic, owner }) => {
    const { name, namespace = '' } = pod.metadata;
    const onHost = pod.spec.hostNetwork === true;
    if (!onHost) lastAddress += 1;
    const uid = drawUid(context, `/registry/pods/${namespace}/${name}`);
    const annotations =
      isStatic && mirrorAnnotations(context.random('static', name).text(32, '0123456789abcdef'), timeText(now - STANDING_FOR_MS));
    const metadata = {
      ...pod.metadata,
      uid,
      generation: 1,
      creationTimestamp: timeText(now - STANDING_FOR_MS),
      ...(annotations && { annotations, ownerReferences: [nodeOwner(ground, node)] }),
      ...(owner && { ownerReferences: [controllerOwner(context, owner)] }),
    };
    const placed: Pod = { ...pod, metadata, spec: { ...pod.spec, nodeName: node.name } };
    const defaulted = applyDefaults(placed) as Stored & Pod;
    const ready = running(
      { ...defaulted, status: { qosClass: podQos(defaulted) } },
      { node, ip: onHost ? node.hostIp : `${node.podCidr}.${lastAddress}`, now, registry, random: context.random('standing', name) },
    );
    putOwn(ground, context, ready.pod);
    return [node.name, ready.standing] as const;
  });
}

const mirrorAnnotations = (hash: string, seen: string): Readonly<Record<string, string>> => ({
  'kubernetes.io/config.hash': hash,
  'kubernetes.io/config.mirror': hash,
  'kubernetes.io/config.seen': seen,
  'kubernetes.io/config.source': 'file',
});

function controllerOwner(context: ClusterContext, { kind, name }: NonNullable<SystemPod['owner']>) {
  const uid = drawUid(context, `/registry/${kind.toLowerCase()}s/kube-system/${name}`);
  return { apiVersion: 'apps/v1', kind, name, uid, controller: true, blockOwnerDeletion: true };
}

function nodeOwner({ apiServer }: Ground, { name }: BootNode) {
  const uid = (apiServer.peek(`/registry/minions/${name}`) as Stored | undefined)?.metadata.uid ?? '';
  return { apiVersion: 'v1', kind: 'Node', name, uid, controller: true };
}
