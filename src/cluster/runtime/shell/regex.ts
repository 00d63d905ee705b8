// POSIX regular expressions, basic and extended, as JavaScript's.

const known = new Map<string, RegExp | null>();
const classes: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f',
  print: ' -~',
  graph: '!-~',
};

/** Compiles an expression; undefined where it is none. */
export function compileRegex(text: string, extended: boolean, ignoreCase: boolean, flags = ''): RegExp | undefined {
  const key = `${extended}${ignoreCase}${flags}/${text}`;
  const held = known.get(key);
  if (held !== undefined) return held ?? undefined;
  let compiled: RegExp | null;
  try {
    compiled = new RegExp(translate(text, extended), `${ignoreCase ? 'i' : ''}${flags}u`);
  } catch {
    compiled = null;
  }
  if (known.size > 300) known.clear();
  known.set(key, compiled);
  return compiled ?? undefined;
}

/** Text of a POSIX expression as JavaScript's. */
export function translate(text: string, extended: boolean): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    if (char === '[') {
      const set = readSet(text, i);
      out += set.text;
      i = set.end;
    } else if (char === '\\') {
      out += escaped(next, extended);
      i += 1;
    } else if (char === '*' && (out === '' || /(^|[^\\])[(|^]$/.test(out))) out += '\\*';
    else if (char === '^' && !extended && i > 0 && !/\\[(|]$/.test(text.slice(0, i))) out += '\\^';
    else if (char === '$' && !extended && i < text.length - 1 && !/^\\[)|]/.test(text.slice(i + 1))) out += '\\$';
    else if (extended && char === '{' && !/^\{\d*,?\d*\}/.test(text.slice(i))) out += '\\{';
    else if (!extended && '+?(){}|'.includes(char)) out += `\\${char}`;
    else if (char === '/' || (extended && (char === '}' || char === ']')))
      out += extended && char === '}' && /\{\d*,?\d*$/.test(out) ? '}' : `\\${char}`;
    else out += char === ']' ? '\\]' : char;
  }
  return out;
}

function escaped(next: string, extended: boolean): string {
  if (/[1-9]/.test(next)) return `\\${next}`;
  if (next === '<' || next === '>' || next === 'b') return '\\b';
  if (/[wWsSB]/.test(next)) return `\\${next}`;
  if (next === 'n') return '\\n';
  if (next === 't') return '\\t';
  if (!extended && '+?(){}|'.includes(next) && next !== '') return next;
  if (next === '') return '\\\\';
  return /[\^$\\.*+?()[\]{}|/]/.test(next) ? `\\${next}` : next;
}

function readSet(text: string, start: number): { readonly text: string; readonly end: number } {
  let i = start + 1;
  let out = '[';
  if (text.charAt(i) === '^') {
    out += '^';
    i += 1;
  }
  for (let first = true; i < text.length; first = false) {
    const char = text.charAt(i);
    if (char === ']' && !first) return { text: `${out}]`, end: i };
    const named = /^\[:(\w+):\]/.exec(text.slice(i, i + 12));
    if (named) {
      out += classes[named[1] ?? ''] ?? '';
      i += named[0].length;
      continue;
    }
    const range = char === '-' && !first && text.charAt(i + 1) !== ']';
    out += /[\\[\]^$.*+?(){}|/&~!#%,:;<=>@`]/.test(char) || (char === '-' && !range) ? escapeInSet(char) : char;
    i += 1;
  }
  return { text: '\\[', end: start };
}

const escapeInSet = (char: string): string => (/[\\[\]^$.*+?(){}|/-]/.test(char) ? `\\${char}` : char);
