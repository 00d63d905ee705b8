// `kubectl get` as people read it: the server's tables, one after another.
import { isTable, type Table, type TableRow } from '../../../cluster/api/table.ts';
import type { Kubectl } from '../../ask.ts';
import { type CommandContext, complain, print } from '../../command.ts';
import { type Failure, KubectlError, throwAll } from '../../failure.ts';
import { createTablePrinter, type TableOptions } from '../../printers/table-printer.ts';
import { listNamespace, selectorQuery } from '../../selectors.ts';
import type { Target, Targets } from '../../targets.ts';
import { objectName } from '../../resource-names.ts';
import { sortObjects } from './sort-by.ts';

/** The table of a target; a refusal is thrown. */
export function* tableOfTarget(context: CommandContext, { resource, name }: Target): Kubectl<Table | undefined> {
  const { client, flags } = context;
  const query = { ...(name === undefined && selectorQuery(context)), ...(flags.text('sort-by') && { includeObject: 'Object' }) };
  const namespace = name === undefined ? listNamespace(context) : context.namespace;
  const { body } = yield* client.send({ method: 'GET', resource, namespace, name, query, accept: 'table' });
  return isTable(body) ? body : undefined;
}

/** How tables are printed, by the command's flags. `withKind`: where several kinds are printed. */
export function tableOptions({ flags }: CommandContext, target: Target, isMany: boolean): TableOptions {
  const { resource } = target;
  const withKind = isMany || flags.isOn('show-kind') ? objectName(resource, '').replace(/\/$/, '') : undefined;
  return {
    wide: flags.text('output') === 'wide',
    withNamespace: flags.isOn('all-namespaces') && resource.namespaced,
    showLabels: flags.isOn('show-labels'),
    labelColumns: flags.list('label-columns'),
    noHeaders: flags.isOn('no-headers'),
    ...(withKind && { withKind }),
  };
}

/** Prints the tables of all targets; rows of one kind stand in one table. */
export function* printTables(context: CommandContext, { targets }: Targets): Kubectl<number> {
  const { flags } = context;
  const failures: Failure[] = [];
  const groups = new Map<string, { target: Target; tables: Table[] }>();
  for (const target of targets) {
    try {
      const table = yield* tableOfTarget(context, target);
      const key = target.resource.resource;
      if (table) groups.set(key, { target, tables: [...(groups.get(key)?.tables ?? []), table] });
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      const isMissing = error.failure.is === 'status' && error.failure.status.reason === 'NotFound';
      if (!(isMissing && flags.isOn('ignore-not-found'))) failures.push(error.failure);
    }
  }
  const kinds = new Set(targets.map(({ resource }) => resource.resource));
  const shown = [...groups.values()].filter(({ tables }) => tables.some(({ rows }) => rows.length > 0));
  for (const [i, { target, tables }] of shown.entries()) {
    if (i > 0) yield* print('\n');
    const printer = createTablePrinter(tableOptions(context, target, kinds.size > 1));
    yield* print(printer.print(sorted(mergeTables(tables), flags.text('sort-by'))));
  }
  if (shown.length === 0 && failures.length === 0 && !flags.isOn('ignore-not-found')) yield* sayNothingFound(context, targets);
  throwAll(failures);
  return 0;
}

/** What is said where a list is empty. */
export function* sayNothingFound(context: CommandContext, targets: readonly Target[]): Kubectl<void> {
  const isNamespaced = targets.some(({ resource }) => resource.namespaced) && !context.flags.isOn('all-namespaces');
  yield* complain(isNamespaced ? `No resources found in ${context.namespace} namespace.\n` : 'No resources found\n');
}

function mergeTables(tables: readonly Table[]): Table {
  const [first, ...rest] = tables;
  if (!first) throw new Error('a group without a table');
  return { ...first, rows: [...first.rows, ...rest.flatMap(({ rows }) => rows)] };
}

const sorted = (table: Table, path: string): Table => ({
  ...table,
  rows: sortObjects<TableRow>(table.rows, path, (row) => row.object),
});
