// wc, sort, uniq, tr, cut, rev, paste, nl, fold: programs that turn text into text.
import { compareText } from '../../../../base/order.ts';
import type { Program, Sys } from '../../process/program.ts';
import { utf8Length } from '../../process/tree.ts';
import { type Applets, complain, eachLine, linesOf, print, readAll, readInputs, readOptions, type Running, type Style } from './applet.ts';
import { usage } from './usage.ts';
import { errnoText } from '../redirect.ts';

/** Opens a file; the programs of this file say `name: path: text` where it cannot be read. */
export function* openPlain(sys: Sys, path: string): Running<number | undefined> {
  if (path === '-') return 0;
  const opened = sys.open(path, 'read');
  if ('fd' in opened) return opened.fd;
  yield* complain(sys, opened.error === 'EISDIR' ? `${path}: Is a directory` : `${path}: ${errnoText(opened.error)}`);
  return undefined;
}

function wc(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'lwcmL');
    const kinds = 'lwmcL'.split('').filter((kind) => options.has(kind));
    const wanted = kinds.length > 0 ? kinds : ['l', 'w', 'c'];
    const rows: { counts: readonly number[]; name: string }[] = [];
    let failed = false;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      const fd = yield* openPlain(sys, path);
      if (fd === undefined) {
        failed = true;
        continue;
      }
      const text = yield* readAll(fd);
      if (fd > 2) sys.close(fd);
      rows.push({ counts: wanted.map((kind) => count(text, kind)), name: options.operands.length === 0 ? '' : path });
    }
    if (options.operands.length > 1)
      rows.push({ counts: wanted.map((_, i) => rows.reduce((sum, row) => sum + (row.counts[i] ?? 0), 0)), name: 'total' });
    const single = wanted.length === 1;
    const width =
      style === 'busybox'
        ? 9
        : Math.max(...rows.flatMap(({ counts }) => counts.map((n) => String(n).length)), options.operands.length === 0 ? 7 : 1);
    for (const { counts, name } of rows) {
      const alone = single && (style === 'gnu' ? rows.length === 1 : options.operands.length < 2);
      const numbers = alone ? String(counts[0]) : counts.map((n) => String(n).padStart(width)).join(style === 'busybox' ? ' ' : ' ');
      yield* print(`${numbers}${name === '' ? '' : ` ${name}`}\n`);
    }
    return Number(failed);
  };
}

function count(text: string, kind: string): number {
  if (kind === 'l') return text.split('\n').length - 1;
  if (kind === 'w') return text.match(/\S+/g)?.length ?? 0;
  if (kind === 'm') return [...text].length;
  if (kind === 'L') return Math.max(0, ...text.split('\n').map((line) => line.length));
  return utf8Length(text);
}

interface Key {
  readonly from: number;
  readonly to: number | undefined;
  readonly char: number;
  readonly flags: string;
}

function sort(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, `nrugMcszbdfiVk:t:o:${style === 'gnu' ? 'h' : ''}`);
    if (options.invalid !== undefined) {
      yield* complain(sys, `invalid option -- '${options.invalid}'`);
      return 2;
    }
    const { texts, failed } = yield* readPlain(sys, options.operands);
    if (failed) return 2;
    const lines = texts.flatMap((text) => linesOf(text).map((line) => line.replace(/\n$/, '')));
    const flags = 'nrgMfVhbd'
      .split('')
      .filter((flag) => options.has(flag))
      .join('');
    const keys = options.values('k').map((text) => keyOf(text, flags));
    const compareKeys = (a: string, b: string): number => {
      for (const key of keys.length > 0 ? keys : [{ from: 0, to: undefined, char: 0, flags }]) {
        const by = compareBy(key.flags, part(a, key, options.value('t')), part(b, key, options.value('t')));
        if (by !== 0) return key.flags.includes('r') ? -by : by;
      }
      return 0;
    };
    const compare = (a: string, b: string): number => {
      const by = compareKeys(a, b);
      if (by !== 0 || options.has('s') || options.has('u')) return by;
      return options.has('r') ? -compareText(a, b) : compareText(a, b);
    };
    if (options.has('c')) {
      const at = lines.findIndex((line, i) => i > 0 && compare(lines[i - 1] ?? '', line) > 0);
      if (at > 0)
        yield { ask: 'write', fd: 2, text: style === 'busybox' ? `Check line ${at}\n` : `sort: -:${at + 1}: disorder: ${lines[at]}\n` };
      return Number(at > 0);
    }
    lines.sort(compare);
    const kept = options.has('u') ? lines.filter((line, i) => i === 0 || compareKeys(lines[i - 1] ?? '', line) !== 0) : lines;
    const text = kept.map((line) => `${line}\n`).join('');
    const out = options.value('o');
    if (out === undefined) yield* print(text);
    else sys.files.write(out.startsWith('/') ? out : `${sys.cwd}/${out}`, text);
    return 0;
  };
}

function* readPlain(sys: Sys, paths: readonly string[]): Running<{ texts: readonly string[]; failed: boolean }> {
  const texts: string[] = [];
  for (const path of paths.length === 0 ? ['-'] : paths) {
    const fd = yield* openPlain(sys, path);
    if (fd === undefined) return { texts, failed: true };
    texts.push(yield* readAll(fd));
    if (fd > 2) sys.close(fd);
  }
  return { texts, failed: false };
}

function keyOf(text: string, flags: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?/.exec(text);
  const own = (match?.[3] ?? '') + (match?.[5] ?? '');
  return {
    from: Number(match?.[1] ?? 1) - 1,
    to: match?.[4] === undefined ? undefined : Number(match[4]),
    char: match?.[2] === undefined ? 0 : Number(match[2]) - 1,
    flags: own === '' ? flags : own,
  };
}

function part(line: string, { from, to, char }: Key, separator: string | undefined): string {
  if (from === 0 && to === undefined) return line.slice(char);
  if (separator !== undefined) return line.split(separator).slice(from, to).join(separator).slice(char);
  return (line.match(/[ \t]*[^ \t]+|[ \t]+$/g) ?? []).slice(from, to).join('').slice(char);
}

const leadingNumber = (text: string): number => Number(/^\s*(-?\d*\.?\d+)/.exec(text)?.[1] ?? 0);
const monthNames = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';

function compareBy(flags: string, a: string, b: string): number {
  if (/[ng]/.test(flags)) return leadingNumber(a) - leadingNumber(b);
  if (flags.includes('h')) return humanNumber(a) - humanNumber(b);
  if (flags.includes('M'))
    return monthNames.indexOf(a.trim().slice(0, 3).toUpperCase()) - monthNames.indexOf(b.trim().slice(0, 3).toUpperCase());
  if (flags.includes('V')) return compareVersions(a, b);
  const plain = (text: string): string => {
    const trimmed = flags.includes('b') ? text.trimStart() : text;
    return flags.includes('f') ? trimmed.toUpperCase() : trimmed;
  };
  return compareText(plain(a), plain(b));
}

function humanNumber(text: string): number {
  const unit = /^\s*-?[\d.]+([KMGT])/i.exec(text)?.[1]?.toUpperCase() ?? '';
  return leadingNumber(text) * 1024 ** ' KMGT'.indexOf(unit === '' ? ' ' : unit);
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    const [p = '', q = ''] = [x[i], y[i]];
    const by = /^\d/.test(p) && /^\d/.test(q) ? Number(p) - Number(q) : compareText(p, q);
    if (by !== 0) return by;
  }
  return 0;
}

function* uniq(sys: Sys): Running {
  const options = readOptions(sys, 'cduif:s:w:');
  const fd = yield* openPlain(sys, options.operands[0] ?? '-');
  if (fd === undefined) return 1;
  const skip = Number(options.value('f') ?? 0);
  const keyOfLine = (line: string): string => {
    let key = line.replace(new RegExp(`^(\\s*\\S+){${skip}}`), '').slice(Number(options.value('s') ?? 0));
    if (options.value('w') !== undefined) key = key.slice(0, Number(options.value('w')));
    return options.has('i') ? key.toLowerCase() : key;
  };
  const held: { line: string | undefined; times: number } = { line: undefined, times: 0 };
  function* flush(): Running<void> {
    if (held.line === undefined || (options.has('d') && held.times < 2) || (options.has('u') && held.times > 1)) return;
    yield* print(`${options.has('c') ? `${String(held.times).padStart(7)} ` : ''}${held.line}\n`);
  }
  yield* eachLine(fd, function* take(line) {
    if (held.line !== undefined && keyOfLine(held.line) === keyOfLine(line)) held.times += 1;
    else {
      yield* flush();
      held.line = line;
      held.times = 1;
    }
    return true;
  });
  yield* flush();
  return 0;
}

const sets: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\t\n\v\f\r ',
  blank: '\t ',
  punct: '!-/:-@[-`{-~',
  xdigit: '0-9A-Fa-f',
};
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\' };

/** The characters that a set of tr names. */
function charactersOf(set: string): string[] {
  const text = set
    .replace(/\[:(\w+):\]/g, (all, name: string) => sets[name] ?? all)
    .replace(/^\[(.-.)\]$/, '$1')
    .replace(/\\([0-7]{1,3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\\([ntrabfv\\])/g, (_, char: string) => escapes[char] ?? char);
  const chars: string[] = [];
  const units = [...text];
  for (let i = 0; i < units.length; i += 1) {
    const [low = '', dash, high] = units.slice(i, i + 3);
    if (dash === '-' && high !== undefined) {
      for (let code = low.charCodeAt(0); code <= high.charCodeAt(0); code += 1) chars.push(String.fromCharCode(code));
      i += 2;
    } else chars.push(low);
  }
  return chars;
}

function tr(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'cCdst', {}, false);
    const [first, second] = options.operands;
    if (first === undefined) return yield* usage(sys, style, '[-cds] STRING1 [STRING2]');
    const from = charactersOf(first);
    const inFirst = new Set(from);
    const complement = options.has('c') || options.has('C');
    const matches = (char: string): boolean => inFirst.has(char) !== complement;
    const to = second === undefined ? [] : charactersOf(second);
    const map = new Map(from.map((char, i) => [char, to[Math.min(i, to.length - 1)] ?? char]));
    const squeezed = options.has('s') ? new Set(second === undefined ? from : to) : undefined;
    let last = '';
    for (;;) {
      const { text } = yield { ask: 'read', fd: 0 };
      if (text === undefined || text === '') return 0;
      let out = '';
      for (const char of text) {
        if (options.has('d') && matches(char)) continue;
        const next =
          !options.has('d') && second !== undefined && matches(char) ? (complement ? (to.at(-1) ?? char) : (map.get(char) ?? char)) : char;
        if (next === last && squeezed && (squeezed.has(next) || (complement && second === undefined && matches(next)))) continue;
        last = next;
        out += next;
      }
      yield* print(out);
    }
  };
}

/** Whether the list of cut (`1,3-5,7-`) has a number. */
function inList(list: string): (n: number) => boolean {
  const ranges = list.split(',').map((piece) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(piece);
    const low = Number(match?.[1] === '' ? 1 : (match?.[1] ?? 1));
    return [low, match?.[2] === '-' ? (match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])) : low] as const;
  });
  return (n) => ranges.some(([low, high]) => n >= low && n <= high);
}

function cut(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'c:b:f:d:snO:', { 'output-delimiter': 'O', delimiter: 'd', fields: 'f' });
    const characters = options.value('c') ?? options.value('b');
    const fields = options.value('f');
    if (characters === undefined && fields === undefined) {
      yield* complain(
        sys,
        style === 'busybox' ? 'expected a list of bytes, characters, or fields' : 'you must specify a list of bytes, characters, or fields',
      );
      return 1;
    }
    const list = characters ?? fields ?? '';
    const bad = list.split(',').find((piece) => !/^(\d+-?\d*|-\d+)$/.test(piece));
    if (bad !== undefined) {
      yield* complain(sys, style === 'busybox' ? `invalid number '${bad}'` : `invalid field value '${bad}'`);
      return 1;
    }
    const wanted = inList(list);
    const delimiter = options.value('d') ?? '\t';
    let failed = false;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      const fd = yield* openPlain(sys, path);
      if (fd === undefined) {
        failed = true;
        continue;
      }
      yield* eachLine(fd, function* take(line) {
        if (characters !== undefined) yield* print(`${[...line].filter((_, i) => wanted(i + 1)).join('')}\n`);
        else if (!line.includes(delimiter)) yield* print(options.has('s') ? '' : `${line}\n`);
        else
          yield* print(
            `${line
              .split(delimiter)
              .filter((_, i) => wanted(i + 1))
              .join(options.value('O') ?? delimiter)}\n`,
          );
        return true;
      });
    }
    return Number(failed);
  };
}

/** A program that turns each line into another. */
function lineByLine(
  letters: string,
  turn: (line: string, number: number, value: (letter: string) => string | undefined) => string,
): Program {
  return function* run(sys) {
    const options = readOptions(sys, letters);
    let number = 0;
    let failed = false;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      const fd = yield* openPlain(sys, path);
      if (fd === undefined) {
        failed = true;
        continue;
      }
      yield* eachLine(fd, function* take(line) {
        number += 1;
        yield* print(`${turn(line, number, options.value)}\n`);
        return true;
      });
    }
    return Number(failed);
  };
}

function paste(style: Style): Program {
  return function* run(sys) {
    const options = readOptions(sys, 'sd:');
    // Every `-` takes its turn at the lines of standard input.
    const dashes = options.operands.filter((name) => name === '-').length;
    const { texts } = yield* readInputs(sys, dashes > 1 ? ['-'] : options.operands, style);
    const read = texts.map((text) => linesOf(text).map((line) => line.replace(/\n$/, '')));
    const columns = dashes > 1 ? options.operands.map((_, i) => (read[0] ?? []).filter((_line, k) => k % dashes === i)) : read;
    const delimiter = options.value('d') ?? '\t';
    if (options.has('s')) for (const lines of columns) yield* print(`${lines.join(delimiter)}\n`);
    else
      for (let i = 0; i < Math.max(...columns.map(({ length }) => length)); i += 1)
        yield* print(`${columns.map((lines) => lines[i] ?? '').join(delimiter)}\n`);
    return 0;
  };
}

const applets: Applets = (style) => ({
  wc: wc(style),
  sort: sort(style),
  uniq,
  tr: tr(style),
  cut: cut(style),
  paste: paste(style),
  rev: lineByLine('', (line) => [...line].reverse().join('')),
  nl: lineByLine('b:', (line, number) => `${String(number).padStart(6)}\t${line}`),
  fold: lineByLine('w:sb', (line, _, value) => {
    const width = Number(value('w') ?? 80);
    return line.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? '';
  }),
});
export default applets;
