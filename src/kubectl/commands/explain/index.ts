// `kubectl explain`: the API's own documentation. Models k8s.io/kubectl/pkg/explain/v2 with its template plaintext.tmpl.
import type { Kubectl } from '../../ask.ts';
import { type Command, complain, print } from '../../command.ts';
import { exitWith, fail, usageError } from '../../failure.ts';
import { requireResource } from '../../resource-names.ts';
import data from './docs.gen.json' with { type: 'json' };
import { wrapWords } from './wrap-words.ts';

/** A type: its text, its fields (type, text, values), and which of them are required. `t`: what it is in JSON, where that is no object. */
interface Type {
  readonly d?: string;
  readonly t?: string;
  readonly r?: readonly string[];
  readonly f?: Readonly<Record<string, Field>>;
}
type Field = readonly [string, string, (readonly string[])?];

// JSON has no tuples: the file is made with fields of this shape.
const TYPES = data.types as unknown as Readonly<Record<string, Type>>;
const KINDS: Readonly<Record<string, string>> = data.kinds;
const WIDTH = 76;
const SHOWN_VALUES = 4;

const explain: Command = {
  name: 'explain',
  usage: 'explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2] [options]',
  about: 'Get documentation for a resource.',
  flags: [
    { name: 'recursive', type: 'bool' },
    { name: 'api-version', type: 'string' },
    { name: 'output', short: 'o', type: 'string', default: 'plaintext' },
  ],
  *run({ args, flags }) {
    if (args.length === 0) {
      yield* complain(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      );
      throw exitWith(1);
    }
    if (args.length > 1) throw usageError('explain', 'We accept only this format: explain RESOURCE');
    const [word = '', ...path] = (args[0] ?? '').split('.');
    const { group, version, kind } = requireResource(word);
    const type = KINDS[`${group}/${version}/${kind}`];
    if (type === undefined) throw fail(`Podscope has no documentation of ${kind}`);
    yield* print(`${group ? `GROUP:      ${group}\n` : ''}KIND:       ${kind}\nVERSION:    ${version}\n\n`);
    yield* printPath(type, path, flags.isOn('recursive'));
    return 0;
  },
};

function* printPath(kind: string, path: readonly string[], isRecursive: boolean): Kubectl<void> {
  let here = `#${kind}`;
  let field: Field | undefined;
  for (const name of path) {
    field = TYPES[elementOf(here)]?.f?.[name];
    if (!field) throw fail(`field ${JSON.stringify(path.at(-1))} does not exist`);
    here = field[0];
  }
  if (field) yield* print(`FIELD: ${path.at(-1)} <${typeText(here)}>\n${longValues(field)}\n\n`);
  const own = field?.[1] ? `${field[1]}\n` : '';
  const type = TYPES[elementOf(here)];
  const text = `${own}${type?.d ? `${type.d}\n` : ''}` || '<empty>';
  yield* print(`DESCRIPTION:\n${indent(wrapWords(text, WIDTH), 4)}\n`);
  const list = fieldList(elementOf(here), 1, isRecursive, []);
  yield* print(list === '' ? '\n' : `FIELDS:\n${list}\n`);
}

/** The type of which a list or map is made. */
const elementOf = (type: string): string => type.replaceAll(/\[\]|map\[string\]|^#|#/g, '');

/** A type as people read it: `[]Container`, `map[string]string`, `Probe`. */
function typeText(type: string): string {
  const [, wrapper = '', name = ''] = /^((?:\[\]|map\[string\])*)(.*)$/.exec(type) ?? [];
  if (!name.startsWith('#')) return wrapper + name;
  return wrapper + (TYPES[name.slice(1)]?.t ?? name.split('.').at(-1) ?? 'Object');
}

function longValues([, , values]: Field): string {
  return values ? `ENUM:${values.map((value) => `\n    ${value === '' ? '""' : value}`).join('')}` : '';
}

function shortValues([, , values]: Field, amount: number): string {
  if (!values) return '';
  const shown = values.slice(0, SHOWN_VALUES).map((value) => (value === '' ? '""' : value));
  return `\n${' '.repeat(amount)}enum: ${shown.join(', ')}${values.length > SHOWN_VALUES ? ', ....' : ''}`;
}

/** Every field with its text; recursive: names and types alone, with what is below. */
function fieldList(name: string, level: number, isRecursive: boolean, seen: readonly string[]): string {
  const type = TYPES[name];
  if (!type?.f || seen.includes(name)) return '';
  const amount = 2 * level;
  return Object.entries(type.f)
    .map(([key, field]) => {
      const required = type.r?.includes(key) ? ' -required-' : '';
      const line = `${' '.repeat(amount)}${key}\t<${typeText(field[0])}>${required}${shortValues(field, amount)}\n`;
      if (isRecursive) return line + fieldList(elementOf(field[0]), level + 1, true, [...seen, name]);
      return `${line}${indent(wrapWords(field[1] || '<no description>', 78 - amount), amount + 2)}\n\n`;
    })
    .join('');
}

function indent(text: string, amount: number): string {
  const pad = ' '.repeat(amount);
  return pad + text.replaceAll('\n', `\n${pad}`);
}

export default explain;
