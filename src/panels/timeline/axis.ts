// The axis: API calls take milliseconds and back-offs minutes, so lengths are drawn by their square root, and long idle stretches are
// cut short with a mark that says so.
import { scaleLinear } from 'd3';

/** A stretch that is drawn shorter than it is. */
export interface Break {
  readonly x: number;
  readonly ms: number;
}

/** Where instants stand, in pixels. */
export interface Axis {
  x(t: number): number;
  t(x: number): number;
  readonly ticks: readonly { readonly t: number; readonly x: number }[];
  readonly breaks: readonly Break[];
}

/** The longest stretch that is drawn at its weight. */
const LONGEST_MS = 9_000;
const TICK_SPACING = 74;

/** An axis over these instants (any order), from 0 to `end`, between two pixels. */
export function layAxis(instants: readonly number[], end: number, left: number, right: number): Axis {
  const stops = [...new Set([0, ...instants.filter((t) => t > 0 && t < end), end])].sort((a, b) => a - b);
  const weights = stops.slice(1).map((t, i) => Math.sqrt(Math.min(LONGEST_MS, t - (stops[i] as number))));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const places: number[] = [left];
  for (const weight of weights) places.push((places.at(-1) as number) + (weight / total) * (right - left));
  const scale = scaleLinear().domain(stops).range(places).clamp(true);
  const breaks = stops.slice(1).flatMap((t, i) => {
    const ms = t - (stops[i] as number);
    return ms > LONGEST_MS ? [{ x: ((places[i] as number) + (places[i + 1] as number)) / 2, ms }] : [];
  });
  return {
    x: (t) => (stops.length > 1 ? scale(t) : left),
    t: (x) => (stops.length > 1 ? scale.invert(x) : 0),
    ticks: spaced(stops, places, right),
    breaks,
  };
}

/** The stops that can be labelled without touching. */
function spaced(stops: readonly number[], places: readonly number[], right: number): readonly { readonly t: number; readonly x: number }[] {
  const ticks: { t: number; x: number }[] = [];
  stops.forEach((t, i) => {
    const x = places[i] as number;
    const last = ticks.at(-1);
    if ((last === undefined || x - last.x >= TICK_SPACING) && (t === 0 || right - x > 20)) ticks.push({ t, x });
  });
  return ticks;
}
