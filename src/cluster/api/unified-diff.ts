// The difference of two texts, in unified form with three lines around each change. Models github.com/pmezard/go-difflib, which is
// Python's difflib: it looks for the longest common run, then on both sides of it, and takes lines that stand everywhere for noise.

/** A run that both texts have. */
interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

/** A part of one text that becomes a part of the other. */
interface Step {
  readonly equal: boolean;
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

/** Where each line of `b` stands; lines that are more than a hundredth of a long text are left out. */
function positions(b: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  b.forEach((line, i) => {
    const at = found.get(line);
    if (at) at.push(i);
    else found.set(line, [i]);
  });
  if (b.length < 200) return found;
  const most = Math.floor(b.length / 100) + 1;
  return new Map([...found].filter(([, at]) => at.length <= most));
}

type Range = readonly [alo: number, ahi: number, blo: number, bhi: number];

function longestMatch(a: readonly string[], b: readonly string[], known: ReadonlyMap<string, readonly number[]>, range: Range): Match {
  const [alo, ahi, blo, bhi] = range;
  let best: Match = { a: alo, b: blo, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = alo; i < ahi; i += 1) {
    const next = new Map<number, number>();
    for (const j of known.get(a[i] ?? '') ?? []) {
      if (j < blo || j >= bhi) continue;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  while (best.a > alo && best.b > blo && a[best.a - 1] === b[best.b - 1]) best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 };
  while (best.a + best.size < ahi && best.b + best.size < bhi && a[best.a + best.size] === b[best.b + best.size]) {
    best = { ...best, size: best.size + 1 };
  }
  return best;
}

function matches(a: readonly string[], b: readonly string[]): Match[] {
  const known = positions(b);
  const found: Match[] = [];
  const open: Range[] = [[0, a.length, 0, b.length]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [alo, ahi, blo, bhi] = range;
    const match = longestMatch(a, b, known, range);
    if (match.size === 0) continue;
    found.push(match);
    if (alo < match.a && blo < match.b) open.push([alo, match.a, blo, match.b]);
    if (match.a + match.size < ahi && match.b + match.size < bhi) open.push([match.a + match.size, ahi, match.b + match.size, bhi]);
  }
  found.sort((x, y) => x.a - y.a || x.b - y.b);
  return [...found, { a: a.length, b: b.length, size: 0 }];
}

function steps(a: readonly string[], b: readonly string[]): Step[] {
  const all: Step[] = [];
  let [i, j] = [0, 0];
  for (const match of matches(a, b)) {
    if (i < match.a || j < match.b) all.push({ equal: false, a: [i, match.a], b: [j, match.b] });
    [i, j] = [match.a + match.size, match.b + match.size];
    if (match.size > 0) all.push({ equal: true, a: [match.a, i], b: [match.b, j] });
  }
  return all;
}

/** Changes that are near each other, with what stands around them. */
function groups(all: readonly Step[], context: number): Step[][] {
  const trimmed = all.map((step, i): Step => {
    if (!step.equal) return step;
    const [a1, a2] = step.a;
    const [b1, b2] = step.b;
    if (i === 0) return { ...step, a: [Math.max(a1, a2 - context), a2], b: [Math.max(b1, b2 - context), b2] };
    if (i === all.length - 1) return { ...step, a: [a1, Math.min(a2, a1 + context)], b: [b1, Math.min(b2, b1 + context)] };
    return step;
  });
  const grouped: Step[][] = [];
  let group: Step[] = [];
  for (const step of trimmed) {
    const [a1, a2] = step.a;
    const [b1, b2] = step.b;
    if (step.equal && a2 - a1 > 2 * context) {
      group.push({ ...step, a: [a1, a1 + context], b: [b1, b1 + context] });
      grouped.push(group);
      group = [{ ...step, a: [a2 - context, a2], b: [b2 - context, b2] }];
    } else {
      group.push(step);
    }
  }
  grouped.push(group);
  return grouped.filter((each) => each.some((step) => !step.equal));
}

/** `7` or `101,7`: where a hunk begins and how long it is. */
function extent(start: number, stop: number): string {
  const length = stop - start;
  if (length === 1) return `${start + 1}`;
  return `${length === 0 ? start : start + 1},${length}`;
}

/** The hunks of a unified diff, without a header; every line ends with a line feed. */
export function unifiedDiff(before: string, after: string, context = 3): string {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let text = '';
  for (const group of groups(steps(a, b), context)) {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    text += `@@ -${extent(first.a[0], last.a[1])} +${extent(first.b[0], last.b[1])} @@\n`;
    for (const step of group) {
      if (step.equal)
        text += a
          .slice(...step.a)
          .map((line) => ` ${line}\n`)
          .join('');
      else {
        text += a
          .slice(...step.a)
          .map((line) => `-${line}\n`)
          .join('');
        text += b
          .slice(...step.b)
          .map((line) => `+${line}\n`)
          .join('');
      }
    }
  }
  return text;
}
