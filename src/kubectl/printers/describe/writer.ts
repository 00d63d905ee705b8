// What descriptions are written with: lines with tabs at a level of indentation, aligned at the end.
// Models k8s.io/kubectl/pkg/describe PrefixWriter.
import { sortedKeys } from '../../../base/order.ts';
import { alignTabs, DESCRIBE_TABS } from '../tab-writer.ts';

/** Collects the text of a description. */
export interface DescribeWriter {
  /** Adds a line at a level (two spaces each). */
  line(level: number, text: string): void;
  /** Ends the block: what follows shares no column with what came before. */
  flush(): void;
  /** All of it, aligned. */
  text(): string;
}

/** An empty description. */
export function createDescribeWriter(): DescribeWriter {
  let done = '';
  let open = '';
  const flush = () => {
    done += alignTabs(open, DESCRIBE_TABS);
    open = '';
  };
  return {
    line(level, text) {
      open += `${'  '.repeat(level)}${text}\n`;
    },
    flush,
    text() {
      flush();
      return done;
    },
  };
}

/** Writes `Title:` with `key=value` lines sorted by key, or `<none>`. Models printLabelsMultiline. */
export function describeLabels(out: DescribeWriter, title: string, labels: Readonly<Record<string, string>> | undefined): void {
  describeMany(
    out,
    title,
    sortedKeys(labels ?? {}).map((key) => `${key}=${labels?.[key]}`),
  );
}

/** Writes `Title:` with one line each, the first beside the title; `<none>` for none. */
export function describeMany(out: DescribeWriter, title: string, lines: readonly string[]): void {
  if (lines.length === 0) out.line(0, `${title}:\t<none>`);
  for (const [i, line] of lines.entries()) out.line(0, i === 0 ? `${title}:\t${line}` : `\t${line}`);
}

const LONGEST = 140;
const HIDDEN = ['kubectl.kubernetes.io/last-applied-configuration'];

/** Writes annotations, long ones on lines of their own. Models printAnnotationsMultiline. */
export function describeAnnotations(out: DescribeWriter, annotations: Readonly<Record<string, string>> | undefined): void {
  const lines = sortedKeys(annotations ?? {})
    .filter((key) => !HIDDEN.includes(key))
    .flatMap((key) => {
      const value = (annotations?.[key] ?? '').replace(/\n$/, '');
      if (value.length + key.length + 2 <= LONGEST && !value.includes('\n')) return [`${key}: ${value}`];
      return [`${key}:`, ...value.split('\n').map((line) => `  ${shorten(line, LONGEST - 2)}`)];
    });
  describeMany(out, 'Annotations', lines);
}

const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}...` : text);

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A timestamp in Go's RFC1123Z, in UTC: `Sat, 21 Nov 2026 11:14:12 +0000`. */
export function rfc1123(timestamp: string | null | undefined): string {
  const date = new Date(timestamp ? Date.parse(timestamp) : Date.parse('0001-01-01T00:00:00Z'));
  const iso = date.toISOString();
  return `${DAYS[date.getUTCDay()]}, ${iso.slice(8, 10)} ${MONTHS[date.getUTCMonth()]} ${iso.slice(0, 4)} ${iso.slice(11, 19)} +0000`;
}
