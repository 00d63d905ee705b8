// Scripts that a real busybox ran as the first process of a container: what they wrote, how they ended, how long they took.
import type { Pod } from '../../cluster/api/types.ts';
import { revisionsOf, simulate, terminalsOf } from './simulate.ts';
import { lineDifference } from './text.ts';

/** A recorded case. */
export interface ShellCase {
  readonly id: string;
  readonly script: string;
  /** What its image has besides. */
  readonly files?: Readonly<Record<string, string>>;
  /** Both streams as one, as a container's log has them. */
  readonly output: string;
  readonly exit: number;
  readonly seconds: number;
}

const SECONDS_APART = 1.5;

/** What differs first; undefined where nothing does. */
export function shellDifference({ script, files, output, exit, seconds }: ShellCase): string | undefined {
  const container = { name: 'script', image: 'busybox:1.28', command: ['sh', '-c', script] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { restartPolicy: 'Never', containers: [container] } };
  const records = simulate({
    cluster: {
      preset: 'none',
      nodes: [{ name: 'worker-1', cpu: '2', memory: '8Gi', pods: 20 }],
      images: [{ name: 'busybox:1.28', pull: '30ms', files: files ?? {} }],
    },
    files: { 'pod.json': JSON.stringify(pod) },
    inputs: [
      { at: '0s', run: 'kubectl create -f pod.json' },
      { at: '40s', run: 'kubectl logs web' },
    ],
    until: '41s',
  });
  const log = terminalsOf(records).find(({ t }) => t >= 40_000);
  if (!log) return 'no log was printed';
  const revisions = revisionsOf<Pod>(records, 'Pod');
  const first = (state: 'running' | 'terminated') =>
    revisions.find(({ object }) => object.status?.containerStatuses?.[0]?.state?.[state] !== undefined);
  const ended = first('terminated');
  if (!ended) return `it never ended; so far it wrote ${JSON.stringify(log.stdout.slice(0, 200))}`;
  const written = lineDifference('output', output, log.stdout);
  if (written !== undefined) return written;
  const code = ended.object.status?.containerStatuses?.[0]?.state?.terminated?.exitCode;
  if (code !== exit) return `exit: the real one ${exit}, ours ${code}`;
  const took = (ended.t - (first('running') ?? ended).t) / 1000;
  return Math.abs(took - seconds) > SECONDS_APART ? `it took ${took} s, the real one ${seconds} s` : undefined;
}
