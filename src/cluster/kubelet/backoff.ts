// Growing delays by key. Models k8s.io/client-go/util/flowcontrol/backoff.go.
import type { Instant } from '../../engine/records.ts';

/** A key's delay, and when it was last lengthened. */
export interface BackoffEntry {
  readonly delayMs: number;
  readonly updatedAt: Instant;
}

/** Delays that double from an initial to a maximal one. */
export interface Backoff {
  /** The delay of a key; 0 where there is none. */
  get(key: string): number;
  /** Whether less than the delay has passed since an event. */
  isWithinSince(key: string, eventAt: Instant, now: Instant): boolean;
  /** Whether less than the delay has passed from the last lengthening to an event. */
  isWithinSinceUpdate(key: string, eventAt: Instant): boolean;
  /** Lengthens the delay of a key (or begins it), for an event at `eventAt`. */
  next(key: string, eventAt: Instant, now: Instant): void;
  /** Forgets a key. */
  remove(key: string): void;
}

/** No delays yet. An entry is forgotten when an event comes more than `expiresMs` after its last lengthening. */
export function createBackoff(initialMs: number, maximumMs: number, expiresMs: number): Backoff {
  const entries = new Map<string, BackoffEntry>();
  const live = (key: string, eventAt: Instant): BackoffEntry | undefined => {
    const entry = entries.get(key);
    return entry && eventAt - entry.updatedAt <= expiresMs ? entry : undefined;
  };
  return {
    get: (key) => entries.get(key)?.delayMs ?? 0,
    isWithinSince(key, eventAt, now) {
      const entry = live(key, eventAt);
      return entry !== undefined && now - eventAt < entry.delayMs;
    },
    isWithinSinceUpdate(key, eventAt) {
      const entry = live(key, eventAt);
      return entry !== undefined && eventAt - entry.updatedAt < entry.delayMs;
    },
    next(key, eventAt, now) {
      const entry = live(key, eventAt);
      entries.set(key, { delayMs: entry ? Math.min(entry.delayMs * 2, maximumMs) : initialMs, updatedAt: now });
    },
    remove(key) {
      entries.delete(key);
    },
  };
}
