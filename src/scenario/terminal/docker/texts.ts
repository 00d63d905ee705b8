// Durations and sizes as docker writes them. Models github.com/docker/go-units.

const SECOND_MS = 1000;
const MINUTE = 60;
const HOUR = 60;
const DAY = 24;
const WEEK = 7;

/** `About a minute`, `5 seconds`. Models units.HumanDuration. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / SECOND_MS);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < MINUTE) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / MINUTE);
  if (minutes === 1) return 'About a minute';
  if (minutes < HOUR) return `${minutes} minutes`;
  const hours = Math.floor(minutes / HOUR + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 2 * DAY) return `${hours} hours`;
  const days = Math.floor(hours / DAY);
  return hours < 2 * DAY * WEEK ? `${days} days` : `${Math.floor(days / WEEK)} weeks`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `59.8MB`: three digits. Models units.HumanSizeWithPrecision. */
export function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${Number(size.toPrecision(3))}${UNITS[unit]}`;
}

/** A text of at most this many characters, the last an ellipsis where it is cut. Models formatter.Ellipsis. */
export const ellipsis = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
