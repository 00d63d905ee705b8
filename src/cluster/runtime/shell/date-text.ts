// Dates as `date`, `ls` and `ps` write them, in UTC.

const months = 'January February March April May June July August September October November December'.split(' ');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** A date in a format of strftime. */
export function dateText(epochMs: number, format: string): string {
  const iso = new Date(epochMs).toISOString();
  const [date = '', time = ''] = iso.replace('Z', '').split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = '', rest = ''] = time.split(':');
  const second = rest.slice(0, 2);
  const dayNumber = Math.floor(epochMs / 86_400_000);
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  const yearStart = Math.floor(Date.parse(`${year}-01-01T00:00:00Z`) / 86_400_000);
  const name = (names: readonly string[], index: number): string => names[index] ?? '';
  const values: Readonly<Record<string, () => string>> = {
    Y: () => year,
    y: () => year.slice(-2),
    C: () => year.slice(0, 2),
    m: () => month,
    d: () => day,
    e: () => String(Number(day)).padStart(2),
    H: () => hour,
    k: () => String(Number(hour)).padStart(2),
    I: () => String(((Number(hour) + 11) % 12) + 1).padStart(2, '0'),
    M: () => minute,
    S: () => second,
    N: () => `${rest.slice(3)}000000`,
    p: () => (Number(hour) < 12 ? 'AM' : 'PM'),
    a: () => name(days, weekday).slice(0, 3),
    A: () => name(days, weekday),
    b: () => name(months, Number(month) - 1).slice(0, 3),
    h: () => name(months, Number(month) - 1).slice(0, 3),
    B: () => name(months, Number(month) - 1),
    j: () => String(dayNumber - yearStart + 1).padStart(3, '0'),
    u: () => String(weekday === 0 ? 7 : weekday),
    w: () => String(weekday),
    s: () => String(Math.floor(epochMs / 1000)),
    Z: () => 'UTC',
    z: () => '+0000',
    F: () => date,
    T: () => `${hour}:${minute}:${second}`,
    R: () => `${hour}:${minute}`,
    D: () => `${month}/${day}/${year.slice(-2)}`,
    c: () => dateText(epochMs, '%a %b %e %H:%M:%S %Y'),
    x: () => `${month}/${day}/${year.slice(-2)}`,
    X: () => `${hour}:${minute}:${second}`,
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
  };
  return format.replace(/%[-_0^]?([A-Za-z%])/g, (all, letter: string) => {
    const value = values[letter]?.();
    if (value === undefined) return all;
    return all.charAt(1) === '-' && all.length === 3 ? value.replace(/^[0 ]+(?=.)/, '') : value;
  });
}

/** A date as `date -d` reads it, in milliseconds; undefined where it is none. */
export function parseDate(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  if (/^@-?\d+$/.test(text)) return Number(text.slice(1)) * 1000;
  const relative = /^([-+]?\d+) (second|minute|hour|day|week)s?( ago)?$/.exec(text);
  if (relative) {
    const unit = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 }[relative[2] ?? ''] ?? 0;
    return now + Number(relative[1]) * unit * (relative[3] === undefined ? 1000 : -1000);
  }
  const match = /^(\d{4}-\d\d-\d\d)?[T ]?(\d\d:\d\d(?::\d\d)?)?(?:Z| UTC)?$/.exec(text);
  if (!match || text === '') return undefined;
  const [day] = new Date(now).toISOString().split('T');
  const time = match[2] === undefined ? '00:00:00' : match[2].length === 5 ? `${match[2]}:00` : match[2];
  const at = Date.parse(`${match[1] ?? day}T${time}Z`);
  return Number.isNaN(at) ? undefined : at;
}
