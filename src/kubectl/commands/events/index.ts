// `kubectl events`. Models k8s.io/kubectl/pkg/cmd/events.
import { age, humanDuration } from '../../../cluster/api/human-duration.ts';
import type { Event } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import { isApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { fail } from '../../failure.ts';
import { OUTPUT_FLAGS, outputFormat, printObjects } from '../../printers/output.ts';
import { alignTabs, TABLE_TABS } from '../../printers/tab-writer.ts';
import { requireResource } from '../../resource-names.ts';
import { ALL_NAMESPACES_FLAG } from '../../selectors.ts';

const events: Command = {
  name: 'events',
  usage: 'events [(-o|--output=)json|yaml|name|jsonpath] [--for TYPE/NAME] [--watch] [--types=Normal,Warning] [options]',
  about: 'Display events.',
  flags: [
    ...OUTPUT_FLAGS,
    ALL_NAMESPACES_FLAG,
    { name: 'watch', short: 'w', type: 'bool' },
    { name: 'for', type: 'string' },
    { name: 'types', type: 'list' },
    { name: 'no-headers', type: 'bool' },
    { name: 'chunk-size', type: 'int', default: '500' },
  ],
  *run(context) {
    const { flags, client, namespace, environment } = context;
    const types = flags.list('types').map((type) => type.toLowerCase());
    for (const type of types) if (type !== 'normal' && type !== 'warning') throw fail(`valid --types are Normal or Warning`);
    const query = selectorOf(context);
    const resource = requireResource('events');
    const scope = flags.isOn('all-namespaces') ? undefined : namespace;
    const isWanted = (event: Event) => types.length === 0 || types.includes((event.type ?? '').toLowerCase());
    if (flags.isOn('watch')) return yield* watch(context, scope, query, isWanted);
    const items = ((yield* client.list({ method: 'GET', resource, namespace: scope, query })) as unknown as Event[]).filter(isWanted);
    if (items.length === 0) {
      yield* complain(scope === undefined ? 'No events found.\n' : `No events found in ${scope} namespace.\n`);
      return 0;
    }
    const sorted = items.toSorted((a, b) => timeOf(a) - timeOf(b));
    const format = outputFormat(flags.text('output'));
    const isTable = format.name === '' || format.name === 'wide';
    const headers = flags.isOn('no-headers') ? '' : headerLine(context);
    const rows = sorted.map((event) => rowOf(context, event, environment.now())).join('');
    yield* print(isTable ? alignTabs(headers + rows, TABLE_TABS) : printObjects(format, sorted as never[], false));
    return 0;
  },
};

function selectorOf({ flags }: CommandContext): Record<string, string> {
  const about = flags.text('for');
  if (about === '') return {};
  const [type = '', name = ''] = about.split('/');
  if (type === '' || name === '') throw fail(`--for must be in resource/name form`);
  return { fieldSelector: `involvedObject.kind=${requireResource(type).kind},involvedObject.name=${name}` };
}

const timeOf = (event: Event): number => {
  const time = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp;
  return time ? Date.parse(time) : 0;
};

const headerLine = ({ flags }: CommandContext): string =>
  `${flags.isOn('all-namespaces') ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`;

function rowOf({ flags }: CommandContext, event: Event, nowMs: number): string {
  const about = `${event.involvedObject.kind}/${event.involvedObject.name}`;
  const cells = [intervalOf(event, nowMs), event.type ?? '', event.reason ?? '', about, (event.message ?? '').trim()];
  const namespace = flags.isOn('all-namespaces') ? [event.metadata.namespace ?? ''] : [];
  return `${[...namespace, ...cells].join('\t')}\n`;
}

function intervalOf(event: Event, nowMs: number): string {
  const first = event.eventTime ? humanDuration(nowMs - Date.parse(event.eventTime)) : age(event.firstTimestamp, nowMs);
  if (event.series) return `${age(event.series.lastObservedTime, nowMs)} (x${event.series.count} over ${first})`;
  return (event.count ?? 0) > 1 ? `${age(event.lastTimestamp, nowMs)} (x${event.count} over ${first})` : first;
}

function* watch(
  context: CommandContext,
  namespace: string | undefined,
  query: Record<string, string>,
  isWanted: (event: Event) => boolean,
): Kubectl<number> {
  const { client, environment } = context;
  const resource = requireResource('events');
  const { stream } = yield* client.send({ method: 'GET', resource, namespace, query: { ...query, watch: 'true' } });
  if (stream === undefined) return 0;
  yield* print(alignTabs(headerLine(context), TABLE_TABS));
  for (;;) {
    const { data } = yield { ask: 'next', streams: [stream] };
    const object = data?.event?.type === 'DELETED' ? undefined : data?.event?.object;
    if (isApiObject(object) && isWanted(object as unknown as Event)) {
      yield* print(alignTabs(rowOf(context, object as unknown as Event, environment.now()), TABLE_TABS));
    }
    if (data?.end) return 0;
  }
}

export default events;
