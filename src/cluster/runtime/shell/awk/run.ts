// Runs awk programs over records.
import { compareText } from '../../../../base/order.ts';
import { formatText, general } from '../printf.ts';
import { compileRegex } from '../regex.ts';
import { dateText } from '../date-text.ts';
import { type Awk, AwkMistake, type Expression, type Place, type Statement } from './syntax.ts';

/** A value: a number, a text, a text from input that may look like a number, or nothing yet. */
type Value = number | string | { readonly text: string } | undefined;
type Table = Map<string, Value>;

/** What the world gives a program. */
export interface AwkWorld {
  readonly environment: ReadonlyMap<string, string>;
  nowMs(): number;
  random(): number;
}

/** A program that runs: records go in, text comes out. */
export interface AwkRun {
  set(name: string, value: string): void;
  begin(): void;
  /** Takes a record. */
  record(text: string, file: string, first: boolean): void;
  finish(): void;
  /** Whether it wants records at all, and no more. */
  readonly wantsRecords: boolean;
  readonly exited: number | undefined;
  /** What has been printed since, standard output as `''`. */
  take(): readonly { readonly path: string; readonly append: boolean; readonly text: string }[];
  readonly recordSeparator: string;
}

class Leave extends Error {
  readonly how: 'next' | 'exit' | 'return' | 'break' | 'continue';
  readonly value: Value;
  constructor(how: Leave['how'], value?: Value) {
    super(how);
    this.how = how;
    this.value = value;
  }
}

const numeric = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/;
const leading = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/;

function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'object' ? value.text : (value ?? '');
  return Number(leading.exec(text)?.[0] ?? 0);
}

function toText(value: Value, format = '%.6g'): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return value.text;
  if (Number.isInteger(value)) return Object.is(value, -0) ? '0' : Math.abs(value) < 1e16 ? String(value) : BigInt(value).toString();
  return format === '%.6g'
    ? general6(value)
    : formatText([format, String(value)])
        .pieces.map(({ text }) => text)
        .join('');
}

const general6 = (value: number): string => (value < 0 ? `-${general(-value, 6)}` : general(value, 6));

function isTrue(value: Value): boolean {
  if (typeof value === 'object') return numeric.test(value.text) ? Number(value.text) !== 0 : value.text !== '';
  return typeof value === 'number' ? value !== 0 : value !== undefined && value !== '';
}

/** Whole exponents only: engines differ in the last bit of the others. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < Math.abs(Math.trunc(exponent)) && i < 2000; i += 1) product *= base;
  return exponent < 0 ? 1 / product : product;
}

/** Steps that a program may take before its machine looks again. */
const maxSteps = 5_000_000;

/** A program that is ready to run. */
export function createAwk(program: Awk, world: AwkWorld): AwkRun {
  const globals = new Map<string, Value | Table>();
  const out = new Map<string, { append: boolean; text: string }>();
  const active = new Set<number>();
  let locals: Map<string, Value | Table> | undefined;
  let record = '';
  let fields: Value[] | undefined;
  let exited: number | undefined;
  let steps = 0;
  let depth = 0;

  const scope = (name: string): Map<string, Value | Table> => (locals?.has(name) ? locals : globals);
  const variable = (name: string): Value => {
    if (name === 'NF') return split().length;
    const value = scope(name).get(name);
    return value instanceof Map ? '' : value;
  };
  const table = (name: string): Table => {
    const home = scope(name);
    const held = home.get(name);
    if (held instanceof Map) return held;
    const made: Table = new Map();
    home.set(name, made);
    return made;
  };
  const text = (name: string): string => toText(variable(name));

  const splitText = (line: string, separator: string): string[] => {
    if (line === '') return [];
    if (separator === ' ') return line.trim() === '' ? [] : line.trim().split(/[ \t\n]+/);
    if (separator === '\t' || (separator.length === 1 && !/[\\.*+?^${}()|[\]]/.test(separator))) return line.split(separator);
    if (separator === '') return [...line];
    if (separator.length === 1) return line.split(separator);
    return line.split(regex(separator)).filter((piece) => piece !== undefined);
  };
  const split = (): Value[] => {
    fields ??= splitText(record, text('FS')).map((piece) => ({ text: piece }));
    return fields;
  };
  const setRecord = (line: string): void => {
    record = line;
    fields = undefined;
  };
  const rebuild = (): void => {
    record = split()
      .map((value) => toText(value))
      .join(text('OFS'));
  };
  const field = (index: number): Value => {
    if (index < 0) throw new AwkMistake('Access to negative field');
    return index === 0 ? { text: record } : split()[index - 1];
  };
  const setField = (index: number, value: Value): void => {
    if (index === 0) {
      setRecord(toText(value));
      return;
    }
    const held = split();
    while (held.length < index) held.push('');
    held[index - 1] = value;
    rebuild();
  };
  const key = (index: readonly Expression[]): string => index.map((part) => toText(evaluate(part))).join(text('SUBSEP'));

  const read = (place: Place): Value => {
    if (place.kind === 'variable') return variable(place.name);
    if (place.kind === 'field') return field(Math.trunc(toNumber(evaluate(place.index))));
    const held = table(place.array);
    const at = key(place.index);
    if (!held.has(at)) held.set(at, undefined);
    return held.get(at);
  };
  const write = (place: Place, value: Value): Value => {
    if (place.kind === 'element') table(place.array).set(key(place.index), value);
    else if (place.kind === 'field') setField(Math.trunc(toNumber(evaluate(place.index))), value);
    else if (place.name === 'NF') {
      const count = Math.trunc(toNumber(value));
      const held = split();
      while (held.length < count) held.push('');
      held.length = count;
      rebuild();
    } else scope(place.name).set(place.name, value);
    return value;
  };
  const regex = (source: string): RegExp => {
    const found = compileRegex(source, true, false, 'g');
    if (!found) throw new AwkMistake(`bad regex '${source}'`);
    found.lastIndex = 0;
    return found;
  };
  const regexOf = (expression: Expression): RegExp => regex(expression.kind === 'regex' ? expression.text : toText(evaluate(expression)));
  const matches = (expression: Expression, subject: string): boolean => regexOf(expression).test(subject);

  const compare = (a: Value, b: Value): number => {
    const number = (value: Value): boolean =>
      typeof value === 'number' || value === undefined || (typeof value === 'object' && numeric.test(value.text));
    if (number(a) && number(b)) return toNumber(a) - toNumber(b);
    return compareText(toText(a), toText(b));
  };

  const arithmetic = (operator: string, a: number, b: number): number => {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '^':
        return power(a, b);
      default:
        if (b === 0) throw new AwkMistake('Division by zero');
        return operator === '/' ? a / b : a % b;
    }
  };

  const binary = (operator: string, left: Expression, right: Expression): Value => {
    switch (operator) {
      case '&&':
        return Number(isTrue(evaluate(left)) && isTrue(evaluate(right)));
      case '||':
        return Number(isTrue(evaluate(left)) || isTrue(evaluate(right)));
      case '~':
        return Number(matches(right, toText(evaluate(left))));
      case '!~':
        return Number(!matches(right, toText(evaluate(left))));
      case ' ':
        return toText(evaluate(left), text('CONVFMT')) + toText(evaluate(right), text('CONVFMT'));
    }
    const [a, b] = [evaluate(left), evaluate(right)];
    const order = '< <= == != > >='.includes(operator) && operator !== '=' ? compare(a, b) : 0;
    switch (operator) {
      case '<':
        return Number(order < 0);
      case '<=':
        return Number(order <= 0);
      case '==':
        return Number(order === 0);
      case '!=':
        return Number(order !== 0);
      case '>':
        return Number(order > 0);
      case '>=':
        return Number(order >= 0);
      default:
        return arithmetic(operator, toNumber(a), toNumber(b));
    }
  };

  const evaluate = (expression: Expression): Value => {
    steps += 1;
    if (steps > maxSteps) throw new AwkMistake('it runs too long to be simulated');
    switch (expression.kind) {
      case 'number':
      case 'string':
        return expression.value;
      case 'regex':
        return Number(matches(expression, record));
      case 'group':
        return evaluate(expression.value);
      case 'variable':
      case 'field':
      case 'element':
        return read(expression);
      case 'assign': {
        const value = evaluate(expression.value);
        return write(
          expression.place,
          expression.operator === '' ? value : arithmetic(expression.operator, toNumber(read(expression.place)), toNumber(value)),
        );
      }
      case 'step': {
        const held = toNumber(read(expression.place));
        write(expression.place, held + expression.by);
        return expression.before ? held + expression.by : held;
      }
      case 'unary': {
        const value = evaluate(expression.value);
        if (expression.operator === '!') return Number(!isTrue(value));
        return expression.operator === '-' ? -toNumber(value) : toNumber(value);
      }
      case 'binary':
        return binary(expression.operator, expression.left, expression.right);
      case 'ternary':
        return evaluate(isTrue(evaluate(expression.test)) ? expression.yes : expression.no);
      case 'in':
        return Number(table(expression.array).has(key(expression.index)));
      case 'call':
        return call(expression.name, expression.values);
    }
  };

  const call = (name: string, values: readonly Expression[]): Value => {
    const defined = program.functions.get(name);
    if (!defined) return builtin(name, values);
    const frame = new Map<string, Value | Table>();
    for (const [i, parameter] of defined.parameters.entries()) {
      const given = values[i];
      if (given?.kind === 'variable') {
        const held = scope(given.name).get(given.name);
        // What is not set yet may become an array in the function.
        frame.set(
          parameter,
          held === undefined && !special.has(given.name) ? table(given.name) : given.name === 'NF' ? variable('NF') : held,
        );
      } else frame.set(parameter, given ? evaluate(given) : undefined);
    }
    const outer = locals;
    depth += 1;
    if (depth > 200) throw new AwkMistake('functions are nested too deeply');
    locals = frame;
    try {
      for (const statement of defined.body) run(statement);
      return undefined;
    } catch (error) {
      if (error instanceof Leave && error.how === 'return') return error.value;
      throw error;
    } finally {
      locals = outer;
      depth -= 1;
    }
  };

  const substitute = (values: readonly Expression[], all: boolean): number => {
    const [pattern, replacement, target = { kind: 'field', index: { kind: 'number', value: 0 } } as const] = values;
    if (!pattern || !replacement) return 0;
    const by = toText(evaluate(replacement));
    let count = 0;
    const place = target.kind === 'group' ? target.value : target;
    const held = toText(evaluate(place));
    const next = held.replace(regexOf(pattern), (match: string) => {
      if (!all && count > 0) return match;
      count += 1;
      return by.replace(/\\\\&|\\&|&/g, (mark) => (mark === '&' ? match : mark === '\\&' ? '&' : `\\${match}`));
    });
    if (count > 0 && (place.kind === 'variable' || place.kind === 'field' || place.kind === 'element')) write(place, next);
    return count;
  };

  const builtin = (name: string, values: readonly Expression[]): Value => {
    const [first, second, third] = values;
    const asText = (value: Expression | undefined): string => (value ? toText(evaluate(value)) : record);
    const asNumber = (value: Expression | undefined): number => (value ? toNumber(evaluate(value)) : 0);
    switch (name) {
      case 'length': {
        if (first?.kind === 'variable' && scope(first.name).get(first.name) instanceof Map) return table(first.name).size;
        return [...asText(first)].length;
      }
      case 'substr': {
        const chars = [...asText(first)];
        const from = Math.round(asNumber(second));
        const end = third ? from + Math.round(asNumber(third)) : Number.POSITIVE_INFINITY;
        return chars.slice(Math.max(0, from - 1), Math.max(0, end - 1)).join('');
      }
      case 'index':
        return asText(first).indexOf(asText(second)) + 1;
      case 'tolower':
        return asText(first).toLowerCase();
      case 'toupper':
        return asText(first).toUpperCase();
      case 'int':
        return Math.trunc(asNumber(first));
      case 'sqrt':
        return Math.sqrt(asNumber(first));
      case 'rand':
        return world.random();
      case 'srand':
        return 0;
      case 'systime':
        return Math.floor(world.nowMs() / 1000);
      case 'strftime':
        return dateText(second ? asNumber(second) * 1000 : world.nowMs(), first ? asText(first) : '%a %b %e %H:%M:%S %Z %Y');
      case 'sprintf':
        return format(values);
      case 'sub':
        return substitute(values, false);
      case 'gsub':
        return substitute(values, true);
      case 'match': {
        const found = second ? regexOf(second).exec(asText(first)) : null;
        globals.set('RSTART', found ? found.index + 1 : 0);
        globals.set('RLENGTH', found ? found[0].length : -1);
        return found ? found.index + 1 : 0;
      }
      case 'split': {
        if (second?.kind !== 'variable') throw new AwkMistake('split needs an array');
        const separator = third === undefined ? text('FS') : third.kind === 'regex' ? third.text : asText(third);
        const pieces = third?.kind === 'regex' ? asText(first).split(regex(separator)) : splitText(asText(first), separator);
        const held = table(second.name);
        held.clear();
        for (const [i, piece] of pieces.entries()) held.set(String(i + 1), { text: piece });
        return pieces.length;
      }
      case 'close':
      case 'fflush':
        return 0;
      default:
        throw new AwkMistake(`Call to undefined function`);
    }
  };
  const format = ([template, ...values]: readonly Expression[]): string => {
    const text = template ? toText(evaluate(template)) : '';
    const kinds = (text.match(/%%|%[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z]/g) ?? []).filter((directive) => directive !== '%%');
    const given = values.map((value, i) => {
      const held = evaluate(value);
      // A number is the character of that code.
      if (kinds[i]?.endsWith('c') && typeof held === 'number') return String.fromCodePoint(Math.trunc(held) & 0x1fffff);
      return toText(held, '%.17g');
    });
    return formatText([text, ...given])
      .pieces.filter(({ fd }) => fd === 1)
      .map(({ text: piece }) => piece)
      .join('');
  };

  const emit = (path: string, append: boolean, piece: string): void => {
    const held = out.get(path);
    if (held) held.text += piece;
    else out.set(path, { append, text: piece });
  };
  const loop = (body: Statement): boolean => {
    try {
      run(body);
      return true;
    } catch (error) {
      if (error instanceof Leave && (error.how === 'break' || error.how === 'continue')) return error.how === 'continue';
      throw error;
    }
  };
  const run = (statement: Statement): void => {
    switch (statement.kind) {
      case 'expression':
        evaluate(statement.value);
        return;
      case 'print':
      case 'printf': {
        const line =
          statement.kind === 'printf'
            ? format(statement.values)
            : `${statement.values.length === 0 ? record : statement.values.map((value) => toText(evaluate(value), text('OFMT'))).join(text('OFS'))}${text('ORS')}`;
        emit(statement.to ? toText(evaluate(statement.to.path)) : '', statement.to?.append ?? false, line);
        return;
      }
      case 'if':
        if (isTrue(evaluate(statement.test))) run(statement.yes);
        else if (statement.no) run(statement.no);
        return;
      case 'while':
        if (statement.first && !loop(statement.body)) return;
        while (isTrue(evaluate(statement.test))) if (!loop(statement.body)) return;
        return;
      case 'for':
        if (statement.before) run(statement.before);
        while (!statement.test || isTrue(evaluate(statement.test))) {
          steps += 1;
          if (steps > maxSteps) throw new AwkMistake('it runs too long to be simulated');
          if (!loop(statement.body)) return;
          if (statement.after) run(statement.after);
        }
        return;
      case 'each':
        for (const at of [...table(statement.array).keys()]) {
          write({ kind: 'variable', name: statement.name }, { text: at });
          if (!loop(statement.body)) return;
        }
        return;
      case 'block':
        for (const inner of statement.body) run(inner);
        return;
      case 'delete':
        if (statement.index) table(statement.array).delete(key(statement.index));
        else table(statement.array).clear();
        return;
      case 'exit':
        if (statement.value) exited = toNumber(evaluate(statement.value)) & 255;
        throw new Leave('exit');
      case 'return':
        throw new Leave('return', statement.value ? evaluate(statement.value) : undefined);
      default:
        throw new Leave(statement.kind);
    }
  };

  /** Runs an action; `next` and `exit` end it. */
  const act = (body: readonly Statement[] | undefined): 'next' | 'exit' | undefined => {
    try {
      if (body) for (const statement of body) run(statement);
      else emit('', false, `${record}${text('ORS')}`);
      return undefined;
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      if (error.how === 'exit') exited ??= 0;
      return error.how === 'exit' ? 'exit' : 'next';
    }
  };
  const applies = (rule: Awk['rules'][number], index: number): boolean => {
    if (!rule.until) return !rule.pattern || isTrue(evaluate(rule.pattern));
    const was = active.has(index);
    if (!was && !(rule.pattern && isTrue(evaluate(rule.pattern)))) return false;
    if (isTrue(evaluate(rule.until))) active.delete(index);
    else active.add(index);
    return true;
  };

  const special = new Set(['NF', 'NR', 'FNR', 'FS', 'OFS', 'ORS', 'RS', 'FILENAME', 'SUBSEP', 'RSTART', 'RLENGTH', 'CONVFMT', 'OFMT']);
  const start: Readonly<Record<string, Value>> = {
    FS: ' ',
    OFS: ' ',
    ORS: '\n',
    RS: '\n',
    NR: 0,
    FNR: 0,
    SUBSEP: '\x1c',
    CONVFMT: '%.6g',
    OFMT: '%.6g',
    FILENAME: '',
  };
  for (const [name, value] of Object.entries(start)) globals.set(name, value);
  globals.set('ENVIRON', new Map([...world.environment].map(([name, value]) => [name, { text: value }])));

  return {
    set: (name, value) => globals.set(name, { text: value }),
    begin() {
      for (const rule of program.rules) if (rule.kind === 'BEGIN' && exited === undefined) act(rule.action);
    },
    record(line, file, first) {
      setRecord(line);
      steps = 0;
      globals.set('NR', toNumber(variable('NR')) + 1);
      globals.set('FNR', first ? 1 : toNumber(variable('FNR')) + 1);
      globals.set('FILENAME', file);
      for (const [index, rule] of program.rules.entries()) {
        if (rule.kind !== 'record' || !applies(rule, index)) continue;
        if (act(rule.action) !== undefined) return;
      }
    },
    finish() {
      steps = 0;
      for (const rule of program.rules) if (rule.kind === 'END' && act(rule.action) === 'exit') return;
    },
    wantsRecords: program.rules.some(({ kind }) => kind !== 'BEGIN'),
    get exited() {
      return exited;
    },
    take() {
      const pieces = [...out].map(([path, { append, text: piece }]) => ({ path, append, text: piece }));
      for (const path of out.keys()) out.set(path, { append: true, text: '' });
      return pieces.filter(({ text: piece }) => piece !== '');
    },
    get recordSeparator() {
      return text('RS');
    },
  };
}
