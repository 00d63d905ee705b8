// Which of many events are drawn: those around one, and more of either side when asked.

/** Places from `first`, before `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** How many events are drawn at first, and how many more at a time. */
const AT_ONCE = 100;

/** The events around a place. */
export function spanAround(place: number, count: number): Span {
  const first = Math.max(0, Math.min(place - AT_ONCE / 2, count - AT_ONCE));
  return { first, end: Math.min(count, first + AT_ONCE) };
}

/** More of one side. */
export function grow({ first, end }: Span, side: 'first' | 'end', count: number): Span {
  return side === 'first' ? { first: Math.max(0, first - AT_ONCE), end } : { first, end: Math.min(count, end + AT_ONCE) };
}
