// Where things stand on the cluster map, in pixels of the stage. Fixed columns: nothing moves while time does.
// The layout teaches one thing: every lane ends at the API server, and only the API server reaches etcd.

/** A rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where one node and its parts stand. */
export interface NodePlace {
  readonly name: string;
  readonly frame: Box;
  readonly kubelet: Box;
  readonly containerd: Box;
  /** Where its Pods are laid out. */
  readonly pods: Box;
  /** The line of what is requested of it. */
  readonly meter: Box;
  /** Only a line: name and counts. */
  readonly isFolded: boolean;
}

/** Where everything stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly isNarrow: boolean;
  readonly kubectl: Box;
  readonly controlPlane: Box | undefined;
  readonly etcd: Box;
  readonly scheduler: Box;
  readonly controllers: Box | undefined;
  readonly apiserver: Box;
  /** Pods that no node has yet. */
  readonly unscheduled: Box;
  readonly nodes: readonly NodePlace[];
}

/** Below this width the map folds: controllers go, one node is open. */
const NARROW = 620;
const GAP = 14;
/** From this height on there is room in a node for two lines in each of its parts. */
const TALL_NODE = 210;

/** Lays out a stage of this size for these nodes; `open` is the node that a narrow stage shows whole. */
export function layOut(width: number, height: number, nodes: readonly string[], open: string | undefined): Layout {
  return width < NARROW ? narrow(width, height, nodes, open ?? nodes[0]) : wide(width, height, nodes);
}

/** Below this height a wide map closes its ranks: nothing is left out, the ways are shorter, a node has what just suffices. */
const LOW = 486;
const LEAST_LOW_NODE = 162;

/** Lower than a node needs it does not get: then it scrolls. */
function wide(width: number, available: number, nodes: readonly string[]): Layout {
  const isLow = available < LOW;
  const top = isLow ? GAP : GAP + 8;
  const rowHeight = isLow ? 50 : 58;
  const kubectl = { x: GAP, y: top, width: Math.min(190, width * 0.18), height: rowHeight };
  const frame = { x: kubectl.x + kubectl.width + 26, y: top - 8, width: 0, height: rowHeight + 38 };
  const controlPlane = { ...frame, width: width - GAP - frame.x };
  const inner = controlPlane.width - 2 * GAP;
  const part = (from: number, share: number): Box => ({
    x: controlPlane.x + GAP + inner * from,
    y: top + 18,
    width: inner * share,
    height: rowHeight,
  });
  const apiserver = {
    x: GAP,
    y: controlPlane.y + controlPlane.height + (isLow ? 50 : Math.max(56, available * 0.1)),
    width: width - 2 * GAP,
    height: isLow ? 48 : 56,
  };
  const below = apiserver.y + apiserver.height + (isLow ? 52 : Math.max(66, available * 0.12));
  const { rows } = gridOf(nodes.length, width - 2 * GAP);
  const height = Math.max(available, below + (isLow ? LEAST_LOW_NODE : LEAST_NODE) + (rows - 1) * FOLDED_ROW + GAP);
  const unscheduled = {
    x: width * 0.34,
    y: apiserver.y + apiserver.height + 8,
    width: width * 0.4,
    height: below - apiserver.y - apiserver.height - 20,
  };
  return {
    width,
    height,
    isNarrow: false,
    kubectl,
    controlPlane,
    etcd: part(0, 0.22),
    scheduler: part(0.29, 0.38),
    controllers: part(0.74, 0.26),
    apiserver,
    unscheduled,
    nodes: placeNodes(nodes, { x: GAP, y: below, width: width - 2 * GAP, height: height - below - GAP }),
  };
}

/** In less height than this a node has no room for its kubelet and a Pod. */
const LEAST_NODE = 190;

/** The height of a row of nodes that are folded to a line, with what parts it from the next. */
const FOLDED_ROW = 38;

/** How many nodes stand in a row, and how many rows that makes. */
function gridOf(count: number, width: number): { readonly columns: number; readonly rows: number } {
  const columns = Math.max(1, Math.min(3, count, Math.floor(width / 250)));
  return { columns, rows: Math.ceil(count / columns) };
}

/** Nodes side by side, at most three in a row; what finds no room for a kubelet is folded to a line. */
function placeNodes(nodes: readonly string[], area: Box): readonly NodePlace[] {
  const { columns, rows } = gridOf(nodes.length, area.width);
  // As many rows are open as leave a line for each of the others.
  const openRows = Math.max(1, Math.min(rows, Math.floor((area.height + GAP - rows * FOLDED_ROW) / (LEAST_NODE + GAP - FOLDED_ROW))));
  const openCount = openRows * columns;
  const openHeight = (area.height - (rows - openRows) * FOLDED_ROW - (openRows - 1) * GAP) / openRows;
  const columnWidth = (area.width - (columns - 1) * GAP) / columns;
  return nodes.map((name, i) => {
    const row = Math.floor(i / columns);
    const x = area.x + (i % columns) * (columnWidth + GAP);
    if (i >= openCount)
      return foldedNode(name, {
        x,
        y: area.y + openRows * (openHeight + GAP) + (row - openRows) * FOLDED_ROW - 6,
        width: columnWidth,
        height: 30,
      });
    return openNode(name, { x, y: area.y + row * (openHeight + GAP), width: columnWidth, height: openHeight });
  });
}

function openNode(name: string, frame: Box): NodePlace {
  const partWidth = Math.min(140, Math.max(96, frame.width * 0.34));
  const isTall = frame.height >= TALL_NODE;
  const kubelet = { x: frame.x + 12, y: frame.y + 18, width: partWidth, height: isTall ? 50 : 44 };
  const bottom = frame.y + frame.height;
  const containerdHeight = isTall ? 50 : 36;
  const containerd = {
    x: frame.x + 12,
    y: Math.max(kubelet.y + kubelet.height + 6, bottom - 42 - containerdHeight),
    width: partWidth,
    height: containerdHeight,
  };
  const left = kubelet.x + partWidth + 22;
  return {
    name,
    frame,
    kubelet,
    containerd,
    pods: { x: left, y: frame.y + 16, width: frame.x + frame.width - 12 - left, height: bottom - 34 - frame.y - 16 },
    meter: { x: frame.x + 14, y: bottom - 24, width: frame.width - 28, height: 14 },
    isFolded: false,
  };
}

function foldedNode(name: string, frame: Box): NodePlace {
  const nothing = { x: frame.x + 12, y: frame.y + frame.height / 2, width: 0, height: 0 };
  return {
    name,
    frame,
    kubelet: nothing,
    containerd: nothing,
    pods: { ...frame, x: frame.x + frame.width * 0.3, width: frame.width * 0.45 },
    meter: frame,
    isFolded: true,
  };
}

function narrow(width: number, height: number, nodes: readonly string[], open: string | undefined): Layout {
  const pad = 10;
  const third = (width - 4 * pad) / 3;
  const boxAt = (i: number): Box => ({ x: pad + i * (third + pad), y: 12, width: third, height: 48 });
  const apiserver = { x: pad, y: 118, width: width - 2 * pad, height: 46 };
  const folded = nodes.filter((name) => name !== open);
  const foldedHeight = Math.min(3, folded.length) * 32;
  const top = apiserver.y + apiserver.height + 52;
  const frame = { x: pad, y: top, width: width - 2 * pad, height: Math.max(196, height - top - pad - foldedHeight) };
  const places = nodes.map((name) => {
    if (name === open) return openNode(name, frame);
    const i = folded.indexOf(name);
    return foldedNode(name, { x: pad, y: frame.y + frame.height + 6 + i * 32, width: width - 2 * pad, height: 28 });
  });
  return {
    width,
    height: Math.max(height, frame.y + frame.height + foldedHeight + pad),
    isNarrow: true,
    kubectl: boxAt(0),
    controlPlane: undefined,
    etcd: boxAt(1),
    scheduler: boxAt(2),
    controllers: undefined,
    apiserver,
    unscheduled: { x: width * 0.36, y: apiserver.y + apiserver.height + 4, width: width * 0.6, height: 44 },
    nodes: places,
  };
}
