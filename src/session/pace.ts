// Story pace: how the time between two events is stretched and skipped, so that every message can be followed and nobody waits.
import type { Level } from '../engine/records.ts';
import type { Position, Trace } from '../engine/trace.ts';
import { isShownAt } from './events.ts';

/** Wall time that an event stays readable before the next one. */
export const BEAT_MS = 1200;
/** Of which the playhead rests at least this long. */
export const REST_MS = 350;
/** Wall time of a message's way, from 600 to 900 ms. */
const FLIGHT_MS = 720;
/** The longest that one leg may take, however many messages it holds. */
const LEG_LIMIT_MS = 6000;
/** Skipped time from which a reader is told so. */
export const TOLD_SKIP_MS = 1000;

/** A stretch of simulated time that passes evenly in `ms` of wall time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly ms: number;
  readonly isIdle: boolean;
}

/** The way from one event to the next. */
export interface Leg {
  readonly from: Position;
  readonly to: Position;
  readonly stretches: readonly Stretch[];
  readonly ms: number;
}

/** Wall time for an empty stretch: longer ones take a little longer, none takes long. */
function idleMs(length: number): number {
  if (length < 20) return length * 4;
  return length < TOLD_SKIP_MS ? 240 : 600;
}

/** Plans the way to a later event: messages that are shown travel, the rest is skipped. */
export function planLeg(trace: Trace, from: Position, to: Position, detail: Level): Leg {
  const flights = flightsBetween(trace, from.t, to, detail);
  const cuts = new Set([from.t, to.t]);
  for (const { at, arrivesAt } of flights) {
    if (at > from.t) cuts.add(at);
    if (arrivesAt < to.t) cuts.add(arrivesAt);
  }
  const instants = [...cuts].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  for (let i = 1; i < instants.length; i += 1) {
    const start = instants[i - 1] as number;
    const end = instants[i] as number;
    const length = end - start;
    const flying = flights.filter(({ at, arrivesAt }) => at <= start && arrivesAt >= end);
    const ms = Math.max(0, ...flying.map(({ at, arrivesAt }) => (length / (arrivesAt - at)) * FLIGHT_MS));
    stretches.push({ from: start, to: end, ms: flying.length > 0 ? ms : idleMs(length), isIdle: flying.length === 0 });
  }
  const total = stretches.reduce((sum, { ms }) => sum + ms, 0);
  const scale = total > LEG_LIMIT_MS ? LEG_LIMIT_MS / total : 1;
  return { from, to, ms: total * scale, stretches: stretches.map((stretch) => ({ ...stretch, ms: stretch.ms * scale })) };
}

/** The messages that are shown and under way between two places. */
function flightsBetween(trace: Trace, fromT: number, to: Position, detail: Level) {
  const flights = trace.inFlight(fromT, to.step).filter(({ level, arrivesAt }) => isShownAt(level, detail) && arrivesAt > fromT);
  const seen = new Set(flights.map(({ id }) => id));
  for (let i = trace.messages.length - 1; i >= 0; i -= 1) {
    const message = trace.messages[i];
    if (!message || message.at < fromT) break;
    const isBetween = message.step <= to.step && message.at < to.t && message.arrivesAt > message.at;
    if (isBetween && isShownAt(message.level, detail) && !seen.has(message.id)) flights.push(message);
  }
  return flights;
}

/** Where the playhead is after so much wall time on a leg, and the empty stretch that it is skipping. */
export function instantOn(leg: Leg, elapsedMs: number): { readonly t: number; readonly skipped: Stretch | undefined } {
  let rest = elapsedMs;
  for (const stretch of leg.stretches) {
    if (rest < stretch.ms) {
      return {
        t: stretch.from + (rest / stretch.ms) * (stretch.to - stretch.from),
        skipped: stretch.isIdle && stretch.to - stretch.from >= TOLD_SKIP_MS ? stretch : undefined,
      };
    }
    rest -= stretch.ms;
  }
  return { t: leg.to.t, skipped: undefined };
}

/** How long the playhead rests at an event before the leg after it begins. */
export const restBefore = (leg: Leg): number => Math.max(REST_MS, BEAT_MS - leg.ms);
