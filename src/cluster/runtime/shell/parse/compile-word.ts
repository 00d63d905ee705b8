// Words of unbash's tree as the evaluator expands them.
import type { DoubleQuotedChild, ParameterExpansionPart, ParameterOperation, ParsedScript, Word as Written, WordPart } from 'unbash';
import { parse } from 'unbash';
import type { Node, Operation, Part, Word } from './syntax.ts';

/** Compiles the commands of a substitution; given by the compiler of commands, which needs this file. */
export type CompileScript = (script: ParsedScript | undefined) => Node | undefined;

const globbing = /[*?[]/;

/** A word from its parts. */
export function wordOf(parts: readonly Part[]): Word {
  const literal = parts.every((part) => part.kind === 'text' && (part.quoted || !globbing.test(part.text)))
    ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : undefined;
  return { parts, literal, still: parts.every(isStill) };
}

function isStill(part: Part): boolean {
  if (part.kind === 'command' || part.kind === 'process') return false;
  if (part.kind === 'arithmetic') return part.expression.still;
  if (part.kind !== 'parameter' || !part.operation) return true;
  const { operation } = part;
  switch (operation.kind) {
    case 'length':
      return true;
    case 'default':
      return operation.word.still;
    case 'remove':
      return operation.pattern.still;
    case 'replace':
      return operation.pattern.still && operation.replacement.still;
    case 'slice':
      return operation.offset.still && (operation.length?.still ?? true);
  }
}

/** How the text of a word is to be taken. */
interface Context {
  readonly script: CompileScript;
  /** Inside double quotes, or in a here-document. */
  readonly quoted: boolean;
}

/** A word of a command. `tilde`: `first` a leading tilde is a home; `assignment` also one behind a colon. */
export function compileWord(written: Written, script: CompileScript, tilde: 'first' | 'assignment' | 'none' = 'first'): Word {
  const parts = partsOf(written, { script, quoted: false });
  return wordOf(tilde === 'none' ? parts : withTildes(parts, tilde === 'assignment'));
}

/** `name=value` where it stands as an argument (`export a=b`): the value is not split. */
export function compileAssignmentWord(name: string, value: Written, script: CompileScript): Word {
  const parts = withTildes(partsOf(value, { script, quoted: false }), true);
  return wordOf([{ kind: 'text', text: `${name}=`, quoted: false }, ...parts.map((part) => ({ ...part, quoted: true }))]);
}

/** The body of a here-document. */
export function compileBody(parts: readonly WordPart[] | undefined, text: string, expands: boolean, script: CompileScript): Word {
  if (!expands || !parts) return wordOf([{ kind: 'text', text: expands ? unescapeQuoted(text) : text, quoted: true }]);
  return wordOf(parts.flatMap((part) => partOf(part, { script, quoted: true })));
}

function partsOf(written: Written, context: Context): readonly Part[] {
  if (written.parts) return written.parts.flatMap((part) => partOf(part, context));
  if (context.quoted) return [{ kind: 'text', text: unescapeQuoted(written.text), quoted: true }];
  return literalParts(written.text);
}

/** Text outside of quotes: what a backslash escapes is quoted. */
function literalParts(text: string): readonly Part[] {
  if (!text.includes('\\')) return text === '' ? [] : [{ kind: 'text', text, quoted: false }];
  const parts: Part[] = [];
  for (const piece of text.match(/\\[\s\S]|[^\\]+|\\$/g) ?? []) {
    if (piece === '\\\n') continue;
    if (piece.length === 2 && piece.startsWith('\\')) parts.push({ kind: 'text', text: piece.charAt(1), quoted: true });
    else parts.push({ kind: 'text', text: piece, quoted: piece === '\\' });
  }
  return parts;
}

/** Text inside of double quotes: a backslash escapes only `$`, a backquote, a quote, itself and a newline. */
function unescapeQuoted(text: string): string {
  return text.replace(/\\([$`"\\\n])/g, (_, char: string) => (char === '\n' ? '' : char));
}

function partOf(part: WordPart | DoubleQuotedChild, context: Context): readonly Part[] {
  const { quoted } = context;
  switch (part.type) {
    case 'Literal':
      return quoted ? [{ kind: 'text', text: part.value, quoted }] : literalParts(part.text);
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion': {
      const edge = (text: string): Part => ({ kind: 'text', text, quoted });
      // Brackets stand around the parts of a set, braces around those of what only bash expands.
      if (part.parts)
        return [edge(part.text.charAt(0)), ...part.parts.flatMap((inner) => partOf(inner, context)), edge(part.text.slice(-1))];
      return quoted ? [{ kind: 'text', text: part.text, quoted }] : literalParts(part.text);
    }
    case 'SingleQuoted':
      // Between double quotes single ones are characters.
      return [{ kind: 'text', text: quoted ? part.text : part.value, quoted: true }];
    case 'AnsiCQuoted':
      return [{ kind: 'text', text: part.value, quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return [{ kind: 'text', text: '', quoted: true }];
      return part.parts.flatMap((inner) => partOf(inner, { ...context, quoted: true }));
    case 'SimpleExpansion':
      return [{ kind: 'parameter', name: part.text.slice(1), operation: undefined, quoted }];
    case 'ParameterExpansion':
      return [{ kind: 'parameter', name: nameOf(part), operation: operationOf(part, context), quoted }];
    case 'CommandExpansion':
      return [{ kind: 'command', body: context.script(part.script), quoted }];
    case 'ProcessSubstitution':
      return [{ kind: 'process', body: context.script(part.script), direction: part.operator, quoted }];
    case 'ArithmeticExpansion':
      return [{ kind: 'arithmetic', expression: expressionOf(part.text.slice(3, -2), context.script), quoted }];
  }
}

/** The text between `$((` and `))`, expanded like one between double quotes. */
function expressionOf(text: string, script: CompileScript): Word {
  if (!/[$`\\"]/.test(text)) return wordOf([{ kind: 'text', text, quoted: true }]);
  const body = parse(`:<<E\n${text.replaceAll('"', '')}\nE\n`).commands[0]?.command;
  const heredoc = body?.type === 'Command' ? body.redirects[0] : undefined;
  if (heredoc?.type !== 'HereDoc') return wordOf([{ kind: 'text', text, quoted: true }]);
  return compileBody(heredoc.body.parts, heredoc.body.text, true, script);
}

function nameOf(part: ParameterExpansionPart): string {
  return part.prefix === '!' ? `!${part.parameter}` : part.parameter;
}

function operationOf(part: ParameterExpansionPart, context: Context): Operation | undefined {
  if (part.prefix === '#') return { kind: 'length' };
  const { operation } = part;
  return operation ? compileOperation(operation, context) : undefined;
}

function compileOperation(operation: ParameterOperation, context: Context): Operation | undefined {
  // Patterns know their own quotes, whether or not the whole stands in quotes.
  const pattern = (written: Written): Word => wordOf(partsOf(written, { ...context, quoted: false }));
  const word = (written: Written): Word => {
    const parts = partsOf(written, context);
    return wordOf(context.quoted ? parts : withTildes(parts, false));
  };
  switch (operation.type) {
    case 'Default': {
      const colon = operation.operator.startsWith(':');
      const operator = operation.operator.slice(-1);
      if (operator !== '-' && operator !== '=' && operator !== '?' && operator !== '+') return undefined;
      return { kind: 'default', operator, colon, word: word(operation.operand) };
    }
    case 'Remove':
      return { kind: 'remove', operator: operation.operator, pattern: pattern(operation.operand) };
    case 'Replace': {
      // `/#` and `/%` anchor only in bash: to ash they are part of the pattern.
      const anchor = operation.operator.length === 2 && operation.operator !== '//' ? operation.operator.charAt(1) : '';
      const inner = pattern(operation.pattern);
      const whole = anchor === '' ? inner : wordOf([{ kind: 'text', text: anchor, quoted: false }, ...inner.parts]);
      return { kind: 'replace', all: operation.operator === '//', pattern: whole, replacement: pattern(operation.replacement) };
    }
    case 'Slice': {
      const number = (written: Written): Word => expressionOf(written.text, context.script);
      return { kind: 'slice', offset: number(operation.offset), length: operation.length && number(operation.length) };
    }
    default:
      return undefined;
  }
}

/** A leading `~` or `~name` becomes the parameter `~name`; in an assignment one behind a colon does as well. */
function withTildes(parts: readonly Part[], assignment: boolean): readonly Part[] {
  return parts.flatMap((part, index) => {
    if (part.kind !== 'text' || part.quoted || !part.text.includes('~')) return [part];
    const pieces = assignment ? part.text.split(/(?<=:)/) : [part.text];
    return pieces.flatMap((text, piece) => {
      const starts = piece > 0 || index === 0;
      const match = starts ? /^~([A-Za-z_][\w-]*)?(?=[/:]|$)/.exec(text) : null;
      if (!match || (match[0] === text && piece === pieces.length - 1 && index < parts.length - 1)) return textPart(text);
      return [{ kind: 'parameter' as const, name: match[0], operation: undefined, quoted: true }, ...textPart(text.slice(match[0].length))];
    });
  });
}

const textPart = (text: string): readonly Part[] => (text === '' ? [] : [{ kind: 'text', text, quoted: false }]);
