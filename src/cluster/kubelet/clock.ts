// Instants of the run as the API writes them.
import type { Instant } from '../../engine/records.ts';
import type { Time } from '../api/types.ts';

/** An instant as metav1.Time: RFC 3339 in UTC, cut to seconds. `startAtMs` is the date of instant 0. */
export function timeOf(startAtMs: number, at: Instant): Time {
  return `${new Date(startAtMs + at).toISOString().slice(0, 19)}Z`;
}

/** The instant that a metav1.Time stands for; it was cut to seconds, so this is at or before the moment that it was made of. */
export function instantOf(startAtMs: number, time: Time): Instant {
  return Date.parse(time) - startAtMs;
}

/** The first instant after `after` (or at it) at which a ticker of this period, whose ticks include `phase`, ticks. */
export function tickAt(phase: Instant, periodMs: number, after: Instant): Instant {
  return phase + Math.ceil((after - phase) / periodMs) * periodMs;
}
