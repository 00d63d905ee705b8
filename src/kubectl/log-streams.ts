// The logs of one container or of several at once: what `kubectl logs` prints, and `run` where it cannot attach.
import { isStatus } from '../cluster/api/request.ts';
import type { Pod } from '../cluster/api/types.ts';
import type { Kubectl } from './ask.ts';
import { type CommandContext, print } from './command.ts';
import { fail, refused } from './failure.ts';
import { requireResource } from './resource-names.ts';

/** A container whose log is wanted. `prefix` comes before each of its lines. */
export interface LogSource {
  readonly pod: Pod;
  readonly container: string;
  readonly prefix: string;
}

/** Asks for a log: prints it, or answers the stream that goes on. A refusal is thrown. */
export function* openLog(context: CommandContext, source: LogSource, query: Readonly<Record<string, string>>): Kubectl<string | undefined> {
  const { pod, container, prefix } = source;
  const response = yield* context.client.ask({
    method: 'GET',
    resource: requireResource('pods'),
    namespace: pod.metadata.namespace,
    name: pod.metadata.name,
    subresource: 'log',
    query: { ...query, container },
  });
  if (response.code >= 400) throw isStatus(response.body) ? refused(response.body) : fail(String(response.body));
  if (response.stream === undefined) yield* print(prefixed(String(response.body ?? ''), prefix));
  return response.stream;
}

/** Prints what comes over these streams, line by line where lines have prefixes, until all have ended. */
export function* followLogs(streams: ReadonlyMap<string, LogSource>): Kubectl<void> {
  const open = new Map(streams);
  const halves = new Map<string, string>();
  while (open.size > 0) {
    const { stream = '', data } = yield { ask: 'next', streams: [...open.keys()] };
    const prefix = open.get(stream)?.prefix ?? '';
    if (data?.text) {
      if (prefix === '') yield* print(data.text);
      else {
        const text = (halves.get(stream) ?? '') + data.text;
        const end = text.lastIndexOf('\n') + 1;
        halves.set(stream, text.slice(end));
        yield* print(prefixed(text.slice(0, end), prefix));
      }
    }
    if (!data?.end) continue;
    yield* print(prefixed(halves.get(stream) ?? '', prefix));
    open.delete(stream);
    if (data.end.error !== undefined) throw fail(data.end.error);
  }
}

const prefixed = (text: string, prefix: string): string =>
  prefix === '' ? text : text.replaceAll(/[^\n]*\n|[^\n]+$/g, (line) => prefix + line);
