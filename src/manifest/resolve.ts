// What a scalar without quotes stands for. Models sigs.k8s.io/yaml/goyaml.v2/resolve.go: YAML 1.1 as go-yaml takes it, with `y`, `no`
// and `off` as booleans, `010` as eight, no base 60, and timestamps left as text.

/** A resolved scalar; `tag` is `!!str`, `!!bool`, `!!int`, `!!float`, `!!null`, `!!merge` or `!!timestamp`. */
export interface Resolved {
  readonly tag: string;
  readonly value: string | number | boolean | null;
}

const WORDS: ReadonlyMap<string, Resolved> = new Map(
  [
    ['y Y yes Yes YES true True TRUE on On ON', { tag: '!!bool', value: true }],
    ['n N no No NO false False FALSE off Off OFF', { tag: '!!bool', value: false }],
    [' ~ null Null NULL', { tag: '!!null', value: null }],
    ['.nan .NaN .NAN', { tag: '!!float', value: Number.NaN }],
    ['.inf .Inf .INF +.inf +.Inf +.INF', { tag: '!!float', value: Number.POSITIVE_INFINITY }],
    ['-.inf -.Inf -.INF', { tag: '!!float', value: Number.NEGATIVE_INFINITY }],
    ['<<', { tag: '!!merge', value: '<<' }],
  ].flatMap(([words, resolved]) => (words as string).split(' ').map((word): [string, Resolved] => [word, resolved as Resolved])),
);

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

/** Go's ParseInt with base 0: `0x1f`, `0o17`, `017`, `0b11`. */
function readInteger(text: string): number | undefined {
  const parts = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/.exec(text);
  if (!parts) return undefined;
  const [, sign, hex, binary, octal, old, decimal] = parts;
  const digits = hex ? `0x${hex}` : binary ? `0b${binary}` : (octal ?? old) ? `0o${octal ?? old}` : (decimal ?? '0');
  const value = Number(BigInt(digits));
  return sign === '-' ? 0 - value : value;
}

/** Resolves a plain scalar. */
export function resolveScalar(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charAt(0);
  if (first === '.') return FLOAT.test(text) ? { tag: '!!float', value: Number(text) } : { tag: '!!str', value: text };
  if (!/[0-9+-]/.test(first)) return { tag: '!!str', value: text };
  if (TIMESTAMP.test(text)) return { tag: '!!timestamp', value: text };
  const plain = text.replaceAll('_', '');
  const integer = readInteger(plain);
  if (integer !== undefined) return { tag: '!!int', value: integer };
  if (FLOAT.test(plain)) return { tag: '!!float', value: Number(plain) };
  return { tag: '!!str', value: text };
}
