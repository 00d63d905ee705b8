// What comes of it when the process of a container is killed: asked at the end of the first walk.
import type { ContainerStatus, Pod } from '../cluster/api/types.ts';
import type { Trace } from '../engine/trace.ts';
import type { Fact, Finding, Prediction } from './prediction.ts';

interface OfContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** The question, and how its answer is read. */
export function whatIfKilled({ namespace, pod, container }: OfContainer): Prediction {
  return {
    id: 'what-if-killed',
    question: { en: `What if this container’s process is killed?`, ko: '이 컨테이너의 프로세스를 죽이면?' },
    options: [
      {
        id: 'in-place',
        words: { en: 'It restarts in place', ko: '제자리에서 다시 시작한다' },
        because: {
          en: 'The kubelet started the container again, in the same Pod.',
          ko: 'kubelet이 같은 파드 안에서 컨테이너만 다시 시작했다.',
        },
      },
      {
        id: 'new-pod',
        words: { en: 'A new Pod is made', ko: '새 파드가 만들어진다' },
        because: { en: 'Another Pod took its place.', ko: '다른 파드가 그 자리를 이었다.' },
      },
      {
        id: 'other-node',
        words: { en: 'It moves to another node', ko: '다른 노드로 옮겨 간다' },
        because: { en: 'It runs on another node now.', ko: '이제 다른 노드에서 돈다.' },
      },
    ],
    action: { fault: { kind: 'kill-container', pod: namespace === 'default' ? pod : `${namespace}/${pod}`, container } },
    read(trace, since, step) {
      const before = trace.row(`/registry/pods/${namespace}/${pod}`, since) as Pod | undefined;
      const after = before && runningAgain(trace, step, before, namespace, container);
      return after && compare(before, after, container);
    },
  };
}

/** The Pod in which the container runs again: the same one after a restart, or one that was not there before. */
function runningAgain(trace: Trace, step: number, before: Pod, namespace: string, container: string): Pod | undefined {
  const restartsBefore = statusOf(before, container)?.restartCount ?? 0;
  const madeAt = before.metadata.creationTimestamp ?? '';
  for (const [, value] of trace.rowsUnder(`/registry/pods/${namespace}/`, step)) {
    const pod = value as Pod;
    const status = statusOf(pod, container);
    if (status?.state?.running === undefined) continue;
    const isSame = pod.metadata.uid === before.metadata.uid;
    if (isSame ? status.restartCount > restartsBefore : (pod.metadata.creationTimestamp ?? '') > madeAt) return pod;
  }
  return undefined;
}

function compare(before: Pod, after: Pod, container: string): Finding {
  const isSamePod = before.metadata.uid === after.metadata.uid;
  const isSameNode = before.spec.nodeName === after.spec.nodeName;
  const status = statusOf(after, container);
  const ended = status?.lastState?.terminated;
  const facts: Fact[] = [
    {
      name: { en: 'RESTARTS', ko: 'RESTARTS' },
      was: String(statusOf(before, container)?.restartCount ?? 0),
      is: String(status?.restartCount ?? 0),
    },
    { name: { en: 'Pod', ko: '파드' }, was: shortUid(before), is: shortUid(after) },
    { name: { en: 'IP', ko: 'IP' }, was: before.status.podIP, is: after.status.podIP ?? '' },
    { name: { en: 'node', ko: '노드' }, was: before.spec.nodeName, is: after.spec.nodeName ?? '' },
  ];
  if (ended) facts.push({ name: { en: 'exit code', ko: '종료 코드' }, was: undefined, is: String(ended.exitCode) });
  const cameTrue = [
    ...(isSamePod && isSameNode ? ['in-place'] : []),
    ...(isSamePod ? [] : ['new-pod']),
    ...(isSameNode ? [] : ['other-node']),
  ];
  return { cameTrue, facts };
}

/** A Pod's name, with as much of its uid as tells it from another of that name. */
const shortUid = ({ metadata }: Pod): string => `${metadata.name} (uid ${(metadata.uid ?? '').slice(0, 8)})`;

const statusOf = (pod: Pod, container: string): ContainerStatus | undefined =>
  pod.status.containerStatuses?.find(({ name }) => name === container);
