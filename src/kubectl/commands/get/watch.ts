// `kubectl get -w`: what stands, then every change, until it is interrupted.
import { isStatus } from '../../../cluster/api/request.ts';
import { isTable, type Table } from '../../../cluster/api/table.ts';
import type { Kubectl } from '../../ask.ts';
import { isApiObject } from '../../client.ts';
import { type CommandContext, print } from '../../command.ts';
import { fail, refused } from '../../failure.ts';
import { type OutputFormat, printObjects } from '../../printers/output.ts';
import { createTablePrinter } from '../../printers/table-printer.ts';
import { listNamespace, selectorQuery } from '../../selectors.ts';
import type { Targets } from '../../targets.ts';
import { tableOptions } from './tables.ts';

/** Watches one kind; answers only when the stream ends. */
export function* watchTargets(context: CommandContext, { targets }: Targets, format: OutputFormat): Kubectl<number> {
  const { client, flags, namespace } = context;
  const [target] = targets;
  if (!target || targets.length > 1) throw fail('you may only specify a single resource type');
  const { resource, name } = target;
  const isTableFormat = format.name === '' || format.name === 'wide';
  const byName: Record<string, string> = name === undefined ? {} : { fieldSelector: `metadata.name=${name}` };
  const scope = name === undefined ? listNamespace(context) : namespace;
  // A name that is not there is refused before anything is watched.
  if (name !== undefined) yield* client.send({ method: 'GET', resource, namespace, name });
  const query: Record<string, string> = { ...selectorQuery(context), ...byName, watch: 'true' };
  const { stream } = yield* client.send({
    method: 'GET',
    resource,
    namespace: scope,
    query,
    accept: isTableFormat ? 'table' : 'json',
  });
  if (stream === undefined) throw fail('the server does not allow this method on the requested resource');
  const printer = createTablePrinter(tableOptions(context, target, false));
  const withEvents = flags.isOn('output-watch-events');
  for (;;) {
    const { data } = yield { ask: 'next', streams: [stream] };
    const event = data?.event;
    if (event?.type === 'ERROR') throw isStatus(event.object) ? refused(event.object) : fail('the watch has ended');
    if (event && event.type !== 'BOOKMARK') {
      if (isTable(event.object)) yield* print(printer.print(withEvents ? withEventColumn(event.type, event.object) : event.object));
      else if (isApiObject(event.object)) yield* print(printObjects(format, [event.object], true));
    }
    if (data?.end) return 0;
  }
}

function withEventColumn(type: string, table: Table): Table {
  return {
    ...table,
    columnDefinitions: [{ name: 'Event', type: 'string' as const, priority: 0 }, ...table.columnDefinitions],
    rows: table.rows.map((row) => ({ ...row, cells: [type, ...row.cells] })),
  };
}
