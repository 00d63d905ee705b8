// Label selectors: as text (`app=web,tier in (a, b),!canary`) and as a LabelSelector. Models k8s.io/apimachinery/pkg/labels/selector.go.
import { compareText } from '../../base/order.ts';
import { type FieldError, aggregate, invalidValue } from './field-error.ts';
import { labelValue, qualifiedKey } from './name-rules.ts';
import type { LabelSelector } from './types.ts';

/** What a requirement asks of one label. `Gt` and `Lt` compare whole numbers. */
export type SelectorOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

/** One requirement: all of a selector's hold together. */
export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** A selector that was read, or why it was not. */
export type ParsedSelector = { readonly requirements: readonly Requirement[] } | { readonly error: string };

/** Ends the parsing with the parser's own words. */
class Refusal extends Error {}

interface Token {
  readonly is: 'identifier' | 'end' | 'error' | ')' | ',' | '!' | '==' | '=' | '>' | 'in' | '<' | '!=' | 'notin' | '(';
  readonly text: string;
}

const SYMBOLS: ReadonlySet<string> = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);

/** Cuts a selector into tokens; the last one is the end. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^[ \t\r\n]+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const symbol = /^[=!(),><]+/.exec(rest)?.[0];
    const literal = symbol === undefined ? (/^[^=!(),>< \t\r\n]+/.exec(rest)?.[0] ?? '') : longestSymbol(symbol);
    tokens.push(tokenOf(literal, symbol));
    at += symbol !== undefined && literal === '' ? symbol.length : literal.length;
  }
  return [...tokens, { is: 'end', text: '' }];
}

function tokenOf(literal: string, symbol: string | undefined): Token {
  if (symbol === undefined) return { is: literal === 'in' || literal === 'notin' ? literal : 'identifier', text: literal };
  if (literal === '') return { is: 'error', text: `error expected: keyword found '${symbol}'` };
  return { is: literal as Token['is'], text: literal };
}

/** The scanner takes symbols as long as they make a longer operator. */
function longestSymbol(run: string): string {
  if (SYMBOLS.has(run.slice(0, 2)) && run.length > 1) return run.slice(0, 2);
  return SYMBOLS.has(run.slice(0, 1)) ? run.slice(0, 1) : '';
}

/** Reads a selector as text; the requirements come in order of their keys. */
export function parseSelector(text: string): ParsedSelector {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): Token => tokens[at] ?? { is: 'end', text: '' };
  const asValue = (token: Token): Token => (token.is === 'in' || token.is === 'notin' ? { is: 'identifier', text: token.text } : token);
  const take = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const requirements: Requirement[] = [];
  try {
    for (;;) {
      const token = asValue(peek());
      if (token.is === 'end') break;
      if (token.is !== 'identifier' && token.is !== '!') {
        throw new Refusal(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(readRequirement(take, peek, asValue));
      const next = asValue(take());
      if (next.is === 'end') break;
      if (next.is !== ',') throw new Refusal(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = asValue(peek());
      if (after.is !== 'identifier' && after.is !== '!') throw new Refusal(`found '${after.text}', expected: identifier after ','`);
    }
  } catch (refusal) {
    if (refusal instanceof Refusal) return { error: refusal.message };
    throw refusal;
  }
  return { requirements: requirements.sort((a, b) => compareText(a.key, b.key)) };
}

const OPERATORS: Readonly<Partial<Record<Token['is'], SelectorOperator>>> = {
  in: 'in',
  '=': '=',
  '==': '==',
  '>': 'gt',
  '<': 'lt',
  notin: 'notin',
  '!=': '!=',
};

function readRequirement(take: () => Token, peek: () => Token, asValue: (token: Token) => Token): Requirement {
  const refuse = (text: string): never => {
    throw new Refusal(`unable to parse requirement: ${text}`);
  };
  let first = asValue(take());
  const absent = first.is === '!';
  if (absent) first = asValue(take());
  if (first.is !== 'identifier') refuse(`found '${first.text}', expected: identifier`);
  const key = first.text;
  const wrongKey = qualifiedKey(key);
  if (wrongKey.length > 0) refuse(aggregate([invalidValue('<nil>', key, wrongKey.join('; '))]));
  const ends = ['end', ','].includes(asValue(peek()).is);
  if (absent || ends) return { key, operator: absent ? '!' : 'exists', values: [] };
  const symbol = take();
  const operator = OPERATORS[symbol.is];
  if (operator === undefined) return refuse(`found '${symbol.text}', expected: in, notin, =, ==, !=, gt, lt`);
  const values =
    operator === 'in' || operator === 'notin' ? readValues(take, peek, asValue, refuse) : [readValue(take, peek, asValue, refuse)];
  const errors = requirementErrors({ key, operator, values });
  if (errors.length > 0) refuse(aggregate(errors));
  return { key, operator, values };
}

type Refuse = (text: string) => never;

function readValue(take: () => Token, peek: () => Token, asValue: (token: Token) => Token, refuse: Refuse): string {
  const next = asValue(peek());
  if (next.is === 'end' || next.is === ',') return '';
  const token = asValue(take());
  return token.is === 'identifier' ? token.text : refuse(`found '${token.text}', expected: identifier`);
}

function readValues(take: () => Token, peek: () => Token, asValue: (token: Token) => Token, refuse: Refuse): string[] {
  const open = asValue(take());
  if (open.is !== '(') refuse(`found '${open.text}' expected: '('`);
  const values = new Set<string>();
  const first = asValue(peek());
  if (first.is !== 'identifier' && first.is !== ',' && first.is !== ')') {
    refuse(`found '${first.text}', expected: ',', ')' or identifier`);
  }
  let expectValue = true;
  for (;;) {
    const token = asValue(take());
    if (token.is === ')') {
      if (expectValue) values.add('');
      return [...values].sort(compareText);
    }
    if (token.is === ',') {
      if (expectValue) values.add('');
      expectValue = true;
    } else if (token.is === 'identifier') {
      values.add(token.text);
      expectValue = false;
      const next = asValue(peek());
      if (next.is !== ',' && next.is !== ')') refuse(`found '${next.text}', expected: ',' or ')'`);
    } else {
      refuse(`found '${token.text}', expected: ',', or identifier`);
    }
  }
}

/** What is wrong with a requirement's values. Models labels.NewRequirement. */
function requirementErrors({ key, operator, values }: Requirement): FieldError[] {
  const errors: FieldError[] = [];
  if (operator === 'gt' || operator === 'lt') {
    values.forEach((value, i) => {
      if (!/^[+-]?\d+$/.test(value)) {
        errors.push(invalidValue(`values[${i}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
      }
    });
  }
  values.forEach((value, i) => {
    const wrong = labelValue(value);
    if (wrong.length > 0) errors.push(invalidValue(`values[${i}][${key}]`, value, wrong.join('; ')));
  });
  return errors;
}

/** Whether labels meet every requirement. */
export function matchesSelector(requirements: readonly Requirement[], labels: Labels): boolean {
  return requirements.every((requirement) => matchesRequirement(requirement, labels));
}

function matchesRequirement({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value);
    case 'gt':
    case 'lt':
      return value !== undefined && comparesAs(operator, value, values[0] ?? '');
    default:
      return value !== undefined && values.includes(value);
  }
}

function comparesAs(operator: 'gt' | 'lt', value: string, bound: string): boolean {
  if (!/^[+-]?\d+$/.test(value) || !/^[+-]?\d+$/.test(bound)) return false;
  return operator === 'gt' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound);
}

const EXPRESSION_OPERATORS: Readonly<Record<string, SelectorOperator>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' };

/** The requirements of a LabelSelector: none at all match everything; of an absent selector, use `undefined`, which matches nothing. */
export function selectorRequirements(selector: LabelSelector): Requirement[] {
  const exact = Object.entries(selector.matchLabels ?? {}).map(([key, value]): Requirement => ({ key, operator: '=', values: [value] }));
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values }): Requirement => ({ key, operator: EXPRESSION_OPERATORS[operator] ?? 'in', values: values ?? [] }),
  );
  return [...exact, ...expressions].sort((a, b) => compareText(a.key, b.key));
}

/** Whether labels match a LabelSelector; an absent one matches nothing, an empty one everything. */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: Labels): boolean {
  return selector !== undefined && matchesSelector(selectorRequirements(selector), labels);
}

/** A selector as text, as `kubectl describe` prints it. Models Requirement.String. */
export function formatSelector(requirements: readonly Requirement[]): string {
  return requirements.map(formatRequirement).join(',');
}

function formatRequirement({ key, operator, values }: Requirement): string {
  const list = [...values].sort(compareText).join(',');
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${list})`;
    case 'gt':
      return `${key}>${list}`;
    case 'lt':
      return `${key}<${list}`;
    default:
      return `${key}${operator}${list}`;
  }
}
