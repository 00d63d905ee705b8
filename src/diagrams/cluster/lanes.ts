// The ways that messages take between the boxes of the map.
import type { MessageKind } from '../../engine/records.ts';
import type { Box, Layout, NodePlace } from './layout.ts';

/** A straight or once bent way; a message moves along it from the first point to the last. */
export interface Lane {
  /** The boxes at its ends, as they are named in the trace; drawn once for both directions. */
  readonly id: string;
  readonly points: readonly (readonly [number, number])[];
  readonly kind: MessageKind;
  /** Pixels to its right before the next lane. */
  readonly room: number;
  /** Its stretch that lies open, between boxes and frames: from where to where, downwards. */
  readonly open: readonly [number, number];
}

/** The lane of a message from one component to another, in its direction; undefined where the map has none. */
export function laneOf(
  layout: Layout,
  from: string,
  to: string,
  kind: MessageKind,
  podBox: (component: string) => Box | undefined,
): Lane | undefined {
  const sender = placeOf(layout, from);
  const receiver = placeOf(layout, to);
  if (from === 'network' || to === 'network') return packetLane(layout, from, to, kind, podBox);
  if (!sender || !receiver) return undefined;
  const id = [sender.id, receiver.id].sort().join('~');
  if (sender.id.startsWith('kubelet/') && receiver.id.startsWith('runtime/'))
    return {
      id,
      kind,
      room: sender.box.width / 2,
      open: openBetween(sender.box, receiver.box),
      points: vertical(sender.box, receiver.box, 0.5),
    };
  if (sender.id.startsWith('runtime/') && receiver.id.startsWith('kubelet/'))
    return {
      id,
      kind,
      room: sender.box.width / 2,
      open: openBetween(sender.box, receiver.box),
      points: vertical(sender.box, receiver.box, 0.5),
    };
  if (sender.id !== 'apiserver' && receiver.id !== 'apiserver') return undefined;
  const other = sender.id === 'apiserver' ? receiver : sender;
  const share = kind === 'watch' ? 0.76 : 0.22;
  const x = other.box.x + other.box.width * share;
  const bar = layout.apiserver;
  const isAbove = other.box.y < bar.y;
  const near = isAbove ? other.box.y + other.box.height : other.box.y;
  const far = isAbove ? bar.y : bar.y + bar.height;
  const down: readonly (readonly [number, number])[] = [
    [x, near],
    [x, far],
  ];
  const open = isAbove ? ([near, far] as const) : ([far, frameTop(layout, other)] as const);
  const room = kind === 'watch' ? Math.max(80, other.box.width * 0.26 + 24) : other.box.width * 0.54 - 10;
  return { id: `${id}/${kind === 'watch' ? 'watch' : 'request'}`, kind, room, open, points: sender === other ? down : [...down].reverse() };
}

/** Every lane that is always drawn. */
export function standingLanes(layout: Layout): readonly Lane[] {
  const pairs: (readonly [string, string, MessageKind])[] = [
    ['terminal/', 'apiserver', 'request'],
    ['terminal/', 'apiserver', 'watch'],
    ['etcd', 'apiserver', 'request'],
    ['etcd', 'apiserver', 'watch'],
    ['scheduler', 'apiserver', 'request'],
    ['scheduler', 'apiserver', 'watch'],
    ['controller/', 'apiserver', 'request'],
    ['controller/', 'apiserver', 'watch'],
  ];
  for (const { name, isFolded } of layout.nodes) {
    // On a narrow stage the lane of a folded node would cross the open one.
    if (isFolded && layout.isNarrow) continue;
    pairs.push([`kubelet/${name}`, 'apiserver', 'request']);
    if (!isFolded) pairs.push([`kubelet/${name}`, 'apiserver', 'watch'], [`kubelet/${name}`, `runtime/${name}`, 'call']);
  }
  return pairs.flatMap(([from, to, kind]) => laneOf(layout, from, to, kind, () => undefined) ?? []);
}

interface Place {
  readonly id: string;
  readonly box: Box;
}

function placeOf(layout: Layout, component: string): Place | undefined {
  if (component === 'apiserver') return { id: 'apiserver', box: layout.apiserver };
  if (component === 'etcd') return { id: 'etcd', box: layout.etcd };
  if (component === 'scheduler') return { id: 'scheduler', box: layout.scheduler };
  if (component.startsWith('terminal/')) return { id: 'kubectl', box: layout.kubectl };
  if (component.startsWith('controller/')) return layout.controllers && { id: 'controllers', box: layout.controllers };
  const [, part, name] = /^(kubelet|runtime)\/(.+)$/.exec(component) ?? [];
  const node = layout.nodes.find((place) => place.name === name);
  if (!node) return undefined;
  return { id: component, box: part === 'kubelet' ? kubeletBox(node) : node.containerd };
}

/** Where the frame around a kubelet begins: what is written on a lane must not run into the node's name. */
function frameTop(layout: Layout, { id, box }: Place): number {
  return (layout.nodes.find(({ name }) => id === `kubelet/${name}`)?.frame.y ?? box.y) - 8;
}

const openBetween = (a: Box, b: Box): readonly [number, number] => (a.y < b.y ? [a.y + a.height, b.y] : [b.y + b.height, a.y]);

/** A folded node's kubelet is its line: messages end at its upper edge. */
function kubeletBox(node: NodePlace): Box {
  return node.isFolded ? { x: node.frame.x + 16, y: node.frame.y, width: 40, height: node.frame.height } : node.kubelet;
}

/** A packet to or from the Pod network is drawn between the kubelet (or terminal) and the Pod it is about. */
function packetLane(
  layout: Layout,
  from: string,
  to: string,
  kind: MessageKind,
  podBox: (component: string) => Box | undefined,
): Lane | undefined {
  const outer = from === 'network' ? to : from;
  const place = placeOf(layout, outer);
  const pod = podBox(outer);
  if (!place || !pod || place.id.startsWith('runtime/')) return undefined;
  const start: readonly [number, number] = [place.box.x + place.box.width, place.box.y + place.box.height * 0.65];
  const end: readonly [number, number] = [pod.x, pod.y + 14];
  return {
    id: `${place.id}~network`,
    kind,
    room: 60,
    open: [start[1], start[1]],
    points: from === 'network' ? [end, start] : [start, end],
  };
}

function vertical(from: Box, to: Box, share: number): readonly (readonly [number, number])[] {
  const x = from.x + from.width * share;
  return from.y < to.y
    ? [
        [x, from.y + from.height],
        [x, to.y],
      ]
    : [
        [x, from.y],
        [x, to.y + to.height],
      ];
}
