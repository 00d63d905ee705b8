// Instants in API objects: RFC 3339, in UTC, cut to seconds (a MicroTime keeps six digits).

/** Reads an RFC 3339 time as the API does; answers its canonical text, or Go's complaint. Models metav1.Time and MicroTime. */
export function decodeTime(text: string): { readonly time: string } | { readonly error: string } {
  if (CANONICAL.test(text)) return { time: text };
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!parts) return complaint(text);
  const ms = Date.parse(`${text.slice(0, 19)}${parts[8]}`);
  if (Number.isNaN(ms)) return complaint(text);
  const seconds = new Date(ms).toISOString().slice(0, 19);
  return { time: parts[7] === undefined ? `${seconds}Z` : `${seconds}.${parts[7].slice(0, 6).padEnd(6, '0')}Z` };
}

/** A text that the API would write again: most are. The last days of months are left to those who know the calendar. */
const CANONICAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{6})?Z$/;

const complaint = (text: string): { readonly error: string } => ({
  error: `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": ${complaintAbout(text)}`,
});

const LAYOUT = ['2006', '-', '01', '-', '02', 'T', '15', ':', '04', ':', '05', 'Z07:00'] as const;

/** Which part of the layout the text first fails. */
function complaintAbout(text: string): string {
  let rest = text;
  for (const part of LAYOUT) {
    const shape = /^\d+$/.test(part)
      ? new RegExp(`^\\d{${part.length}}`)
      : part === 'Z07:00'
        ? /^(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
        : new RegExp(`^${part}`);
    const match = shape.exec(rest);
    if (!match) return `cannot parse ${JSON.stringify(rest)} as "${part}"`;
    rest = rest.slice(match[0].length);
  }
  return 'day out of range';
}
