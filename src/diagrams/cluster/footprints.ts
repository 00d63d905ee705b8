// Messages that have arrived leave numbered footprints beside their lane, so that a still picture tells the story in order.
import { lastAtStep, type Trace } from '../../engine/trace.ts';
import type { Level, MessageRecord } from '../../engine/records.ts';
import type { Layout } from './layout.ts';
import { laneOf } from './lanes.ts';
import type { PlacedPod } from './place-pods.ts';

/** A message that has arrived. */
export interface Footprint {
  readonly id: number;
  /** 1 for the first since a person last did something. */
  readonly order: number;
  readonly label: string;
  readonly kind: MessageRecord['kind'];
  readonly x: number;
  readonly y: number;
  /** Pixels for the label before the next lane. */
  readonly room: number;
}

/** How many footprints one lane keeps, and the whole map. */
const PER_LANE = 2;
const IN_ALL = 10;
const SPACING = 22;

/** The footprints at a moment. Only story's messages leave any: finer ones would cover the map. */
export function footprintsOf(
  trace: Trace,
  { t, step }: { readonly t: number; readonly step: number },
  layout: Layout,
  level: Level,
  pods: readonly PlacedPod[],
): readonly Footprint[] {
  if (level !== 'story') return [];
  const story = storyMessages(trace, step).filter((message) => message.kind !== 'response' && message.arrivesAt <= t);
  const perLane = new Map<string, number>();
  const found: Footprint[] = [];
  for (let i = story.length - 1; i >= 0 && found.length < IN_ALL; i -= 1) {
    const message = story[i] as MessageRecord;
    const lane = laneOf(layout, message.from, message.to, message.kind, () => pods.find(({ pod }) => pod.key === message.subject)?.box);
    const start = lane?.points[0];
    const end = lane?.points.at(-1);
    if (!lane || !start || !end) continue;
    const taken = perLane.get(lane.id) ?? 0;
    const [top, bottom] = lane.open;
    if (taken >= PER_LANE || bottom - top < SPACING * (taken + 1)) continue;
    perLane.set(lane.id, taken + 1);
    // The newest stands lowest, as lines are read.
    found.push({
      id: message.id,
      order: i + 1,
      label: message.label,
      kind: message.kind,
      x: start[0],
      y: bottom - SPACING * (taken + 0.6),
      room: Math.min(lane.room, layout.width - start[0] - 12),
    });
  }
  return found;
}

/** Story's messages since a person last did something, up to a step. */
function storyMessages(trace: Trace, step: number): readonly MessageRecord[] {
  const deeds = ['input', 'fault'].map((name) => {
    const notes = trace.notesNamed(name);
    return notes[lastAtStep(notes, step)];
  });
  const from = Math.max(0, ...deeds.map((note) => note?.step ?? 0));
  const { messages } = trace;
  return messages.slice(lastAtStep(messages, from - 1) + 1, lastAtStep(messages, step) + 1).filter((message) => message.level === 'story');
}
