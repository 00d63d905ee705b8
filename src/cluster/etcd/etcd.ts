// etcd: one row for each API object, one revision for each transaction. Whatever it stores is written to the trace, and told to the
// API server, its only client. Models go.etcd.io/etcd/server/v3/storage/mvcc, as far as the API server's storage layer uses it.
import { isObject } from '../../base/json.ts';
import type { Level, RecordId } from '../../engine/records.ts';
import type { ClusterComponent, ClusterContext } from '../component.ts';
import type { EtcdTxnMessage } from '../messages.ts';
import { API_SERVER, ETCD, latencyBetween } from '../names.ts';

/** A row as it stands: the object, and the revision at which it was last put. */
interface Row {
  readonly value: unknown;
  readonly revision: number;
}

/** An object to put. */
export interface Put {
  readonly key: string;
  readonly value: unknown;
}

/** etcd as the boot sees it. */
export interface Etcd extends ClusterComponent {
  /** Puts objects that stand before anything happens, each at its own revision; answers them as stored, with that revision. */
  stand(context: ClusterContext, puts: readonly Put[]): readonly (Put & { readonly revision: number })[];
}

/** An empty store. Its first revision is 1, as that of a new etcd. */
export function createEtcd(): Etcd {
  const rows = new Map<string, Row>();
  let revision = 1;

  const put = (context: ClusterContext, { key, value }: Put): { readonly value: unknown; readonly record: RecordId } => {
    const stored = withRevision(value, revision);
    const record = context.write(key, stored);
    rows.set(key, { value: stored, revision });
    return { value: stored, record };
  };

  const commit = (context: ClusterContext, txn: EtcdTxnMessage): void => {
    revision += 1;
    const events: { key: string; value?: unknown }[] = [];
    let last: RecordId = context.cause;
    for (const asked of txn.puts) {
      const { value, record } = put(context, asked);
      events.push({ key: asked.key, value });
      last = record;
    }
    for (const key of txn.deletes) {
      if (!rows.delete(key)) continue;
      last = context.write(key, undefined);
      events.push({ key });
    }
    context.because(last);
    if (events.length === 0) return;
    const subject = events[0]?.key;
    context.send(
      API_SERVER,
      { type: 'etcd-events', revision, events },
      {
        latencyMs: latencyBetween(ETCD, API_SERVER),
        kind: 'watch',
        level: 'all',
        label: `revision ${revision}`,
        ...(subject && { subject }),
      },
    );
  };

  return {
    name: ETCD,
    stand(context, puts) {
      return puts.map((asked) => {
        revision += 1;
        return { key: asked.key, value: put(context, asked).value, revision };
      });
    },
    handle(context, { body }) {
      if (body.type !== 'etcd-txn') return;
      const succeeded = body.compare.every(({ key, revision: expected }) => (rows.get(key)?.revision ?? 0) === expected);
      if (succeeded) commit(context, body);
      // The event goes first: by the time the API server answers its client, its cache holds what it answers.
      const subject = body.puts[0]?.key ?? body.deletes[0] ?? '';
      context.send(
        API_SERVER,
        { type: 'etcd-answer', id: body.id, succeeded, revision },
        {
          latencyMs: latencyBetween(ETCD, API_SERVER),
          kind: 'answer',
          level: answerLevel(subject),
          label: succeeded ? `revision ${revision}` : 'compare failed',
          subject,
        },
      );
    },
  };
}

const answerLevel = (key: string): Level => (/^\/registry\/(events|leases)\//.test(key) ? 'all' : 'api');

/** The object with its mod revision in metadata.resourceVersion: the API server's storage layer sets it on everything that it reads. */
function withRevision(value: unknown, revision: number): unknown {
  if (!isObject(value) || !isObject(value.metadata)) return value;
  return { ...value, metadata: { ...value.metadata, resourceVersion: String(revision) } };
}
