// Expansion of words whose commands have run: parameters, arithmetic, splitting, patterns. Models expandarg of busybox shell/ash.c.
import { ArithmeticError, evaluateArithmetic, type Variables, type Whole } from './arithmetic.ts';
import { utf8Length } from '../process/tree.ts';
import { utf8Bytes, utf8Text } from './utf8.ts';
import { compilePattern, escapePattern, expandGlob } from './pattern.ts';
import type { Operation, Part, Word } from './parse/syntax.ts';
import { getVariable, optionLetters, setVariable, ShellError, type Shell } from './state.ts';

/** The fields that a word grows into. */
interface Builder {
  readonly fields: string[];
  text: string;
  /** The same as a pattern: what was quoted is escaped. */
  pattern: string;
  glob: boolean;
  started: boolean;
  /** The last field ended at white space, which a separator may follow. */
  spaced: boolean;
}

/** All fields of words. */
export function expandWords(shell: Shell, words: readonly Word[]): string[] {
  const fields: string[] = [];
  for (const word of words) {
    if (word.literal !== undefined) fields.push(word.literal);
    else expandInto(shell, word, fields);
  }
  return fields;
}

function expandInto(shell: Shell, word: Word, fields: string[]): void {
  const builder: Builder = { fields, text: '', pattern: '', glob: false, started: false, spaced: false };
  for (const part of word.parts) appendPart(shell, builder, part, false);
  endField(shell, builder);
}

function endField(shell: Shell, builder: Builder): void {
  if (!builder.started) return;
  const found = builder.glob && !shell.options.noglob ? expandGlob(shell.sys.files, shell.sys.cwd, builder.pattern) : [];
  if (found.length > 0) builder.fields.push(...found);
  else builder.fields.push(builder.text);
  builder.text = '';
  builder.pattern = '';
  builder.glob = false;
  builder.started = false;
}

const globbing = /[*?[]/;

function append(builder: Builder, text: string, quoted: boolean): void {
  builder.text += text;
  if (quoted) {
    builder.started = true;
    builder.pattern += escapePattern(text);
  } else if (text !== '') {
    builder.started = true;
    builder.pattern += text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
    if (!builder.glob) builder.glob = globbing.test(text);
  }
  if (text !== '' || quoted) builder.spaced = false;
}

/** Appends a value, cut where $IFS says. */
function appendSplit(shell: Shell, builder: Builder, value: string): void {
  const separators = getVariable(shell, 'IFS') ?? ' \t\n';
  if (separators === '') {
    append(builder, value, false);
    return;
  }
  let run = 0;
  for (let i = 0; i < value.length; i += 1) {
    const char = value.charAt(i);
    if (!separators.includes(char)) continue;
    if (i > run) append(builder, value.slice(run, i), false);
    run = i + 1;
    if (char === ' ' || char === '\t' || char === '\n') {
      if (builder.started) {
        endField(shell, builder);
        builder.spaced = true;
      }
    } else if (builder.spaced && !builder.started) builder.spaced = false;
    else {
      builder.started = true;
      endField(shell, builder);
    }
  }
  if (run < value.length) append(builder, value.slice(run), false);
}

/** `operand`: the part stands in the word of `${x:-word}`, whose unquoted text is split as well. */
function appendPart(shell: Shell, builder: Builder, part: Part, operand: boolean): void {
  switch (part.kind) {
    case 'text':
      if (operand && !part.quoted) appendSplit(shell, builder, part.text);
      else append(builder, part.text, part.quoted);
      return;
    case 'value':
      if (part.quoted) append(builder, part.text, true);
      else appendSplit(shell, builder, part.text);
      return;
    case 'arithmetic': {
      const value = arithmetic(shell, part.expression);
      if (part.quoted) append(builder, value, true);
      else appendSplit(shell, builder, value);
      return;
    }
    case 'parameter':
      appendParameter(shell, builder, part);
      return;
    default:
      throw new ShellError('a command in a word has not run');
  }
}

type Parameter = Part & { readonly kind: 'parameter' };

function appendParameter(shell: Shell, builder: Builder, part: Parameter): void {
  const { name, operation, quoted } = part;
  const list = (name === '@' || (name === '*' && !quoted)) && !operation;
  if (list) {
    appendList(shell, builder, shell.parameters, quoted);
    return;
  }
  if (operation?.kind === 'default') {
    const value = name === '@' && shell.parameters.length === 0 ? undefined : parameter(shell, name);
    const missing = value === undefined || (operation.colon && value === '');
    if (operation.operator === '+' ? !missing : missing && operation.operator === '-') {
      for (const inner of operation.word.parts) appendPart(shell, builder, inner, !quoted);
      if (quoted) builder.started = true;
      return;
    }
    if (!missing && (name === '@' || name === '*') && operation.operator !== '+') {
      appendList(shell, builder, shell.parameters, quoted && name === '@');
      return;
    }
  }
  const value = parameterValue(shell, part);
  if (quoted) append(builder, value, true);
  else if (value !== '') appendSplit(shell, builder, value);
}

function appendList(shell: Shell, builder: Builder, items: readonly string[], quoted: boolean): void {
  for (const [index, item] of items.entries()) {
    if (index > 0) {
      endField(shell, builder);
      builder.spaced = false;
    }
    if (quoted) append(builder, item, true);
    else appendSplit(shell, builder, item);
  }
}

/** A word as one text, neither split nor matched: an assignment, a here-document, the word of case. */
export function expandText(shell: Shell, word: Word): string {
  if (word.literal !== undefined) return word.literal;
  let text = '';
  for (const part of word.parts) text += partText(shell, part);
  return text;
}

function partText(shell: Shell, part: Part): string {
  if (part.kind === 'text' || part.kind === 'value') return part.text;
  if (part.kind === 'arithmetic') return arithmetic(shell, part.expression);
  if (part.kind === 'parameter') return parameterValue(shell, part);
  throw new ShellError('a command in a word has not run');
}

/** A word as a pattern: quoted text stands for itself. */
export function expandPattern(shell: Shell, word: Word): string {
  let pattern = '';
  for (const part of word.parts) {
    const text = partText(shell, part);
    if (part.quoted) pattern += escapePattern(text);
    else pattern += part.kind === 'text' ? text : text.replaceAll('\\', '\\\\');
  }
  return pattern;
}

/** The value of an arithmetic expression. */
export function arithmetic(shell: Shell, expression: Word): string {
  return String(evaluate(shell, expandText(shell, expression)));
}

/** Evaluates an expression over the shell's variables. */
export function evaluate(shell: Shell, text: string): Whole {
  try {
    return evaluateArithmetic(text, variablesOf(shell));
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ShellError(error.message);
    throw error;
  }
}

const views = new WeakMap<Shell, Variables>();

/** A shell's variables as expressions see them. */
function variablesOf(shell: Shell): Variables {
  const held = views.get(shell);
  if (held) return held;
  const made: Variables = {
    get(name) {
      const value = shell.variables.get(name)?.value;
      if (value === undefined && shell.options.nounset) throw new ShellError(`${name}: parameter not set`);
      return value;
    },
    set: (name, value) => setVariable(shell, name, value),
  };
  views.set(shell, made);
  return made;
}

/** The value of a variable or special parameter; undefined where it is unset. */
export function parameter(shell: Shell, name: string): string | undefined {
  const first = name.charCodeAt(0);
  // A letter or an underscore: a variable.
  if (first >= 65 && first <= 122) return name === 'LINENO' ? String(shell.line) : shell.variables.get(name)?.value;
  return specialParameter(shell, name);
}

function specialParameter(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.status);
    case '#':
      return String(shell.parameters.length);
    case '$':
      return String(shell.mainPid);
    case '!':
      return shell.lastBackground === undefined ? '' : String(shell.lastBackground);
    case '-':
      return optionLetters(shell);
    case '0':
      return shell.name;
    case '*':
    case '@':
      return shell.parameters.join((getVariable(shell, 'IFS') ?? ' ').charAt(0));
    default:
      if (name.startsWith('~')) return name === '~' ? (getVariable(shell, 'HOME') ?? '~') : home(shell, name);
      return /^\d+$/.test(name) ? shell.parameters[Number(name) - 1] : undefined;
  }
}

function home(shell: Shell, name: string): string {
  const passwd = shell.sys.files.read('/etc/passwd');
  const lines = 'text' in passwd ? passwd.text.split('\n') : [];
  return lines.find((line) => line.startsWith(`${name.slice(1)}:`))?.split(':')[5] ?? name;
}

function parameterValue(shell: Shell, part: Parameter): string {
  const { name, operation } = part;
  const value = parameter(shell, name);
  if (operation?.kind === 'default') return withDefault(shell, name, value, operation);
  if (value === undefined && shell.options.nounset && name !== '@' && name !== '*') throw new ShellError(`${name}: parameter not set`);
  if (!operation) return value ?? '';
  return operated(shell, value ?? '', operation);
}

function withDefault(shell: Shell, name: string, value: string | undefined, operation: Operation & { readonly kind: 'default' }): string {
  const missing = value === undefined || (operation.colon && value === '');
  switch (operation.operator) {
    case '+':
      return missing ? '' : expandText(shell, operation.word);
    case '-':
      return missing ? expandText(shell, operation.word) : value;
    case '=': {
      if (!missing) return value;
      if (!/^[A-Za-z_]/.test(name)) throw new ShellError(`${name}: bad variable name`);
      const text = expandText(shell, operation.word);
      setVariable(shell, name, text);
      return text;
    }
    case '?': {
      if (!missing) return value;
      const message = expandText(shell, operation.word);
      throw new ShellError(`${name}: ${message === '' ? (operation.colon ? 'parameter not set or null' : 'parameter not set') : message}`);
    }
  }
}

function operated(shell: Shell, value: string, operation: Exclude<Operation, { kind: 'default' }>): string {
  switch (operation.kind) {
    case 'length':
      return String(shell.dialect.name === 'bash' ? [...value].length : utf8Length(value));
    case 'remove':
      return remove(value, operation.operator, expandPattern(shell, operation.pattern));
    case 'replace': {
      const pattern = expandPattern(shell, operation.pattern);
      return pattern === '' ? value : replace(value, pattern, expandText(shell, operation.replacement), operation.all);
    }
    case 'slice': {
      // ash and dash count bytes.
      const bytes = shell.dialect.name !== 'bash' && utf8Length(value) !== value.length;
      const chars: readonly (string | number)[] = bytes ? utf8Bytes(value) : [...value];
      const join = (pieces: readonly (string | number)[]): string => (bytes ? utf8Text(pieces.map(Number)) : pieces.join(''));
      const offset = Number(arithmetic(shell, operation.offset));
      const start = offset < 0 ? chars.length + offset : offset;
      if (start < 0) return '';
      if (!operation.length) return join(chars.slice(start));
      const length = Number(arithmetic(shell, operation.length));
      return join(chars.slice(start, length < 0 ? chars.length + length : start + length));
    }
  }
}

function remove(value: string, operator: '#' | '##' | '%' | '%%', text: string): string {
  const pattern = compilePattern(text);
  const fromStart = operator.startsWith('#');
  const { plain } = pattern;
  if (plain !== undefined && fromStart) return value.startsWith(plain) ? value.slice(plain.length) : value;
  if (plain !== undefined) return value.endsWith(plain) ? value.slice(0, value.length - plain.length) : value;
  const longest = operator.length === 2;
  for (let i = 0; i <= value.length; i += 1) {
    const length = longest ? value.length - i : i;
    const cut = fromStart ? value.slice(0, length) : value.slice(value.length - length);
    if (pattern.matches(cut)) return fromStart ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

function replace(value: string, text: string, replacement: string, all: boolean): string {
  const pattern = compilePattern(text);
  if (pattern.plain !== undefined)
    return all ? value.replaceAll(pattern.plain, () => replacement) : value.replace(pattern.plain, () => replacement);
  let result = '';
  for (let i = 0; i < value.length; ) {
    let end = value.length;
    while (end > i && !pattern.matches(value.slice(i, end))) end -= 1;
    if (end === i) {
      result += value.charAt(i);
      i += 1;
      continue;
    }
    result += replacement;
    i = end;
    if (!all) return result + value.slice(i);
  }
  return result;
}
