// Both sides, read from the rows: the containers of the Docker Engine, and a Pod with what its node runs for it.
import type { Node, Pod } from '../../cluster/api/types.ts';
import { DOCKER_BRIDGE, DOCKER_CONTAINERS, type DockerRow } from '../../cluster/docker/row.ts';
import type { RuntimeContainer, SandboxStatus } from '../../cluster/runtime/cri.ts';
import type { Trace } from '../../engine/trace.ts';
import { newestPods, selectedPod } from '../../session/selected-pod.ts';
import { type Asked, lastAsked, type Question } from './questions.ts';
import { type Box, roomsOf, type Side, sideOf } from './rooms.ts';

/** The Pod's side. */
export interface PodSide extends Side {
  readonly key: string;
  readonly name: string;
  readonly sharesProcesses: boolean;
  readonly onHostNetwork: boolean;
}

const MOST_BOXES = 3;
const SYSTEM = '/registry/pods/kube-system/';

/** Docker's containers as of a step; undefined where there are none. */
export function dockerSide(trace: Trace, step: number, question: Question | undefined): Side | undefined {
  const rows = trace.rowsUnder(DOCKER_CONTAINERS, step).map(([key, value]) => [key, value as DockerRow] as const);
  if (rows.length === 0) return undefined;
  const live = rows.filter(([, { state }]) => state === 'running');
  // Of many, those that run.
  const chosen = rows.length <= MOST_BOXES || live.length === 0 ? rows : live;
  const shown = together(chosen.slice(0, MOST_BOXES), ([, { namespaces }]) => namespaces.net);
  const boxes = shown.map(([key, row]): Box => ({ ...boxOf(key, row), name: row.name, image: row.image, spaces: row.namespaces }));
  const rooms = roomsOf(boxes, (first) => {
    const row = shown[first]?.[1];
    const isHosts = row?.namespaces.net === 'host';
    const isUp = row?.state === 'running';
    return { ip: row?.ip ?? '', hostname: row?.hostname ?? '', heldBy: isHosts ? 'host' : 'container', isUp };
  });
  const asked = question && lastAsked(trace, step, question, 'docker');
  const askedRow = asked && shown.findIndex(([, { name, id }]) => name === asked.container || id.startsWith(asked.container));
  return {
    ...sideOf(trace, step, { boxes, rooms, asked, askedIn: askedRow }),
    bridge: { name: DOCKER_BRIDGE.name, address: `${DOCKER_BRIDGE.ip}/${DOCKER_BRIDGE.length}` },
    more: chosen.length - shown.length,
  };
}

/** A Pod as of a step; undefined where there is none. */
export function podSide(trace: Trace, step: number, selection: string | undefined, question: Question | undefined): PodSide | undefined {
  const key = podKeyOf(trace, step, selection);
  const pod = key === undefined ? undefined : (trace.row(key, step) as Pod | undefined);
  if (key === undefined || !pod) return undefined;
  const { nodeName = '', containers, initContainers = [], shareProcessNamespace = false, hostNetwork = false } = pod.spec;
  const sandbox = newestSandbox(trace, step, nodeName, pod.metadata.uid ?? '');
  const specs = [...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always'), ...containers];
  const found = containersIn(trace, step, nodeName, sandbox?.id);
  const spaceOf = spacesIn(pod, sandbox?.id ?? key);
  const boxes = specs.slice(0, MOST_BOXES).map(({ name, image = '' }): Box => {
    const made = found.get(name);
    const state = made ? boxOf(...made) : NOT_MADE;
    return { ...state, name, image, spaces: spaceOf(made?.[1].id ?? name) };
  });
  const isUp = sandbox?.state === 'ready';
  const hostname = sandbox?.hostname ?? '';
  const rooms = roomsOf(boxes, () => ({ ip: sandbox?.ip ?? '', hostname, heldBy: hostNetwork ? 'host' : 'pause', isUp }));
  const asked = question && askedOfPod(trace, step, question, pod.metadata.name ?? '');
  const askedIn = asked && boxes.findIndex(({ name }) => name === (asked.container || containers[0]?.name));
  return {
    key,
    name: pod.metadata.name ?? '',
    sharesProcesses: shareProcessNamespace,
    onHostNetwork: hostNetwork,
    ...sideOf(trace, step, { boxes, rooms, asked, askedIn }),
    bridge: { name: 'cni0', address: bridgeAddress(trace, step, nodeName) },
    more: specs.length - boxes.length,
  };
}

const askedOfPod = (trace: Trace, step: number, question: Question, name: string): Asked | undefined => {
  const asked = lastAsked(trace, step, question, 'pod');
  return asked?.pod === name ? asked : undefined;
};

/** The selected Pod; else the newest that has several containers, for there is something to share; else the newest. */
function podKeyOf(trace: Trace, step: number, selection: string | undefined): string | undefined {
  const isThere = (key: string): boolean => trace.row(key, step) !== undefined && !key.startsWith(SYSTEM);
  const selected = selectedPod(trace, step, selection);
  if (selection !== undefined && selected !== undefined && selection.startsWith(selected) && isThere(selected)) return selected;
  const standing = newestPods(trace, step, 20).filter(isThere);
  return standing.find((key) => ((trace.row(key, step) as Pod).spec.containers.length ?? 0) > 1) ?? standing[0];
}

const NOT_MADE = { key: undefined, state: 'waiting', exitCode: undefined, processes: [], ports: [] } as const;

function boxOf(
  key: string,
  { state, exitCode, processes, ports }: Pick<RuntimeContainer, 'state' | 'exitCode' | 'processes' | 'ports'>,
): Omit<Box, 'name' | 'image' | 'spaces'> {
  return { key, state, exitCode, processes, ports };
}

/** A Pod's namespaces: pause holds network, host name and IPC for all, processes only where the Pod says so, files never. */
function spacesIn({ spec }: Pod, sandbox: string): (id: string) => Box['spaces'] {
  const net = spec.hostNetwork ? 'host' : sandbox;
  return (id) => ({
    net,
    uts: net,
    ipc: spec.hostIPC ? 'host' : sandbox,
    pid: spec.hostPID ? 'host' : spec.shareProcessNamespace ? sandbox : id,
    mnt: id,
  });
}

function newestSandbox(trace: Trace, step: number, node: string, uid: string): SandboxStatus | undefined {
  const all = trace.rowsUnder(`/run/${node}/sandboxes/`, step).map(([, value]) => value as SandboxStatus);
  return all.filter(({ podUid }) => podUid === uid).at(-1);
}

/** The newest container of each name in a sandbox. */
function containersIn(
  trace: Trace,
  step: number,
  node: string,
  sandbox: string | undefined,
): ReadonlyMap<string, readonly [string, RuntimeContainer]> {
  const found = new Map<string, readonly [string, RuntimeContainer]>();
  if (sandbox === undefined) return found;
  for (const [key, value] of trace.rowsUnder(`/run/${node}/containers/`, step)) {
    const row = value as RuntimeContainer;
    if (row.sandboxId === sandbox) found.set(row.name, [key, row]);
  }
  return found;
}

/** `10.244.1.1/24` of a node whose range is `10.244.1.0/24`: the bridge has the first address. */
function bridgeAddress(trace: Trace, step: number, node: string): string {
  const range = (trace.row(`/registry/minions/${node}`, step) as Node | undefined)?.spec?.podCIDR ?? '';
  return range.replace(/\.0\/(\d+)$/, '.1/$1');
}

/** The same order, but those of one group stand beside each other. */
function together<T>(all: readonly T[], groupOf: (one: T) => string): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one]);
  return [...groups.values()].flat();
}
