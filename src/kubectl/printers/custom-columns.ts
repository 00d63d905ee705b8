// `-o custom-columns=NAME:.metadata.name,...`. Models k8s.io/kubectl/pkg/cmd/get/customcolumn.go.
import { fail } from '../failure.ts';
import { findValues, valueText } from './jsonpath/evaluate.ts';
import { type PathNode, parseTemplate } from './jsonpath/parse.ts';
import { alignTabs, TABLE_TABS } from './tab-writer.ts';

interface Column {
  readonly header: string;
  readonly path: readonly PathNode[];
}

/** Prints objects in the columns of a specification. */
export function printCustomColumns(spec: string, objects: readonly unknown[], noHeaders: boolean): string {
  const columns = readColumns(spec);
  const rows = objects.map((object) => columns.map(({ path }) => cellText(findValues(path, object, { allowMissing: true }))));
  const lines = noHeaders ? rows : [columns.map(({ header }) => header), ...rows];
  return alignTabs(lines.map((line) => `${line.join('\t')}\n`).join(''), TABLE_TABS);
}

function readColumns(spec: string): Column[] {
  if (spec === '') throw fail('custom-columns format specified but no custom columns given');
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw fail(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: parseTemplate(relaxed(part.slice(colon + 1))) };
  });
}

/** `metadata.name`, `.metadata.name` and `{.metadata.name}` all mean the same. Models RelaxedJSONPathExpression. */
export function relaxed(path: string): string {
  if (path === '') return path;
  const parts = /^\{?\.?([^{}]+)\}?$/.exec(path);
  if (!parts) throw fail(`unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`);
  return `{.${parts[1]}}`;
}

const cellText = (values: readonly unknown[]): string => (values.length === 0 ? '<none>' : values.map(shown).join(','));
const shown = (value: unknown): string => (value === null ? '<nil>' : isComposite(value) ? goText(value) : valueText(value));
const isComposite = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** A list or map as Go's %v prints it. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `map[${Object.entries(value)
    .map(([key, inner]) => `${key}:${goText(inner)}`)
    .join(' ')}]`;
}
