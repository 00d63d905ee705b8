// `--sort-by`: orders objects by what a JSONPath finds in them. Models k8s.io/kubectl/pkg/cmd/get/sorter.go.
import { compareText } from '../../../base/order.ts';
import { parseQuantity } from '../../../cluster/api/quantity.ts';
import { fail } from '../../failure.ts';
import { relaxed } from '../../printers/custom-columns.ts';
import { findValues, valueText } from '../../printers/jsonpath/evaluate.ts';
import { parseTemplate } from '../../printers/jsonpath/parse.ts';

/** The items in order of `path`; those without the field come first. An empty path leaves them as they are. */
export function sortObjects<T>(items: readonly T[], path: string, objectOf: (item: T) => unknown): readonly T[] {
  if (path === '' || items.length === 0) return items;
  const template = parseTemplate(relaxed(path));
  const keyed = items.map((item) => ({ item, value: findValues(template, objectOf(item), { allowMissing: true })[0] }));
  if (keyed.every(({ value }) => value === undefined)) {
    throw fail(`couldn't find any field with path ${JSON.stringify(relaxed(path))} in the list of objects`);
  }
  return keyed.toSorted((a, b) => compareValues(a.value, b.value)).map(({ item }) => item);
}

function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [valueText(a), valueText(b)];
  const [left, right] = [parseQuantity(x), parseQuantity(y)];
  if ('nanos' in left && 'nanos' in right) return left.nanos < right.nanos ? -1 : left.nanos > right.nanos ? 1 : 0;
  return compareText(x, y);
}
