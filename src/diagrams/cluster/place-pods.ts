// Where Pods stand inside their node, and how much of them is drawn: the more there are, the less of each (density table of the
// visual system). A Pod keeps its place while it lives: places go by order of creation.
import type { Box, Layout } from './layout.ts';
import type { PodMark } from '../../session/pod-marks.ts';

/** How much of a Pod is drawn: names in its cells, its own name and STATUS, a thumbnail with cells, or a square with its worst state. */
export type Density = 'anatomy' | 'label' | 'thumbnail' | 'square';

/** A Pod with its place. */
export interface PlacedPod {
  readonly pod: PodMark;
  readonly box: Box;
  readonly density: Density;
}

const GAP = 8;
const SIZES: Readonly<Record<Density, { readonly width: number; readonly height: number }>> = {
  anatomy: { width: 150, height: 92 },
  label: { width: 186, height: 26 },
  thumbnail: { width: 30, height: 22 },
  square: { width: 10, height: 10 },
};

/** Places every Pod; those without a node wait between the API server and the nodes. */
export function placePods(layout: Layout, pods: readonly PodMark[]): readonly PlacedPod[] {
  const placed: PlacedPod[] = [];
  for (const node of layout.nodes) {
    const mine = pods.filter((pod) => pod.node === node.name);
    placed.push(...(node.isFolded ? fill(mine, node.pods, 'thumbnail') : arrange(mine, node.pods)));
  }
  const waiting = pods.filter((pod) => pod.node === undefined);
  const room = capacity(layout.unscheduled, 'label');
  placed.push(...fill(waiting, layout.unscheduled, waiting.length <= room ? 'label' : 'thumbnail'));
  return placed;
}

/** The densest drawing that still fits the area. */
function arrange(pods: readonly PodMark[], area: Box): readonly PlacedPod[] {
  if (pods.length === 0) return [];
  const whole = stack(pods, area);
  if (whole) return whole;
  return fill(pods, area, pods.length <= capacity(area, 'thumbnail') ? 'thumbnail' : 'square');
}

/** How many marks of a density an area has room for. */
function capacity(area: Box, density: Density): number {
  const { width, height } = SIZES[density];
  return Math.floor((area.width + GAP) / (width + GAP)) * Math.floor((area.height + GAP) / (height + GAP));
}

/** Anatomies in columns, as wide as their cells ask for; undefined where they do not fit. */
function stack(pods: readonly PodMark[], area: Box): readonly PlacedPod[] | undefined {
  const columns = Math.max(1, Math.floor((area.width + GAP) / (SIZES.anatomy.width + GAP)));
  const rows = Math.ceil(pods.length / columns);
  const height = Math.min(118, (area.height - (rows - 1) * GAP) / rows);
  if (height < 62) return undefined;
  const used = Math.min(columns, pods.length);
  const width = Math.min((area.width - (used - 1) * GAP) / used, 340);
  return pods.map((pod, i) => ({
    pod,
    density: 'anatomy',
    box: {
      x: area.x + (i % columns) * (width + GAP),
      y: area.y + Math.floor(i / columns) * (height + GAP),
      width: Math.min(width, Math.max(200, 124 * pod.cells.length, pod.name.length * 8 + 160)),
      height,
    },
  }));
}

/** Small marks row by row; what finds no room at all shares the last place. */
function fill(pods: readonly PodMark[], area: Box, density: Density): readonly PlacedPod[] {
  const size = SIZES[density];
  const gap = density === 'square' ? 3 : 6;
  const columns = Math.max(1, Math.floor((area.width + gap) / (size.width + gap)));
  const rows = Math.max(1, Math.floor((area.height + gap) / (size.height + gap)));
  return pods.map((pod, i) => {
    const place = Math.min(i, columns * rows - 1);
    return {
      pod,
      density,
      box: { x: area.x + (place % columns) * (size.width + gap), y: area.y + Math.floor(place / columns) * (size.height + gap), ...size },
    };
  });
}
