// What stands in the cluster, in words: each thing with its state, as one reads it aloud.
import { defineMessages, type Language, textOf } from '../../i18n/messages.ts';
import type { OutlineItem } from './outline.ts';

const messages = defineMessages(
  {
    node: 'node',
    'control-plane': 'control plane node',
    True: 'Ready',
    False: 'NotReady',
    Unknown: 'NotReady, no news',
    pods: (count: number) => (count === 1 ? '1 Pod' : `${count} Pods`),
    tainted: 'tainted',
    kubeletStopped: 'its kubelet is stopped',
    stopped: 'stopped',
    waiting: 'not placed yet',
    system: 'kube-system',
    pod: 'Pod',
    ready: (ready: string) => `${ready} ready`,
    on: (node: string) => `on ${node}`,
    nowhere: 'on no node yet',
    restarts: (count: number) => (count === 1 ? 'restarted once' : `restarted ${count} times`),
    init: 'init container',
    sidecar: 'sidecar',
    app: 'container',
    ephemeral: 'ephemeral container',
    exit: (code: number) => `exit code ${code}`,
    toCome: 'still to come',
  },
  {
    node: '노드',
    'control-plane': '컨트롤 플레인 노드',
    True: 'Ready',
    False: 'NotReady',
    Unknown: 'NotReady, 소식 없음',
    pods: (count) => `파드 ${count}개`,
    tainted: '테인트 있음',
    kubeletStopped: 'kubelet이 멈춤',
    stopped: '멈춤',
    waiting: '아직 노드 없음',
    system: 'kube-system',
    pod: '파드',
    ready: (ready) => `준비 ${ready}`,
    on: (node) => `${node} 노드`,
    nowhere: '아직 노드 없음',
    restarts: (count) => `재시작 ${count}번`,
    init: '초기화 컨테이너',
    sidecar: '사이드카 컨테이너',
    app: '컨테이너',
    ephemeral: '임시 컨테이너',
    exit: (code) => `종료 코드 ${code}`,
    toCome: '아직 만들어지지 않음',
  },
);

/** `web, Pod, Running, 1/1 ready, on node1`: the name first, so that it can be found by its letters. */
export function describeItem(item: OutlineItem, language: Language): readonly string[] {
  const t = textOf(messages, language);
  const some = (is: boolean, text: () => string): readonly string[] => (is ? [text()] : []);
  switch (item.kind) {
    case 'waiting':
    case 'system':
      return [t(item.kind), t('pods', item.children.length)];
    case 'node':
      return [
        item.name,
        t(item.isControlPlane ? 'control-plane' : 'node'),
        t(item.ready === 'True' || item.ready === 'False' ? item.ready : 'Unknown'),
        t('pods', countPods(item.children)),
        ...some(item.taints > 0, () => t('tainted')),
        ...some(item.isStopped, () => t('kubeletStopped')),
      ];
    case 'pod': {
      const { name, status, ready, node, restarts } = item.pod;
      return [
        name,
        t('pod'),
        status,
        t('ready', ready),
        node === undefined ? t('nowhere') : t('on', node),
        ...some(restarts > 0, () => t('restarts', restarts)),
        ...some(item.isStopped, () => t('stopped')),
      ];
    }
    case 'container': {
      const { name, kind, word, exitCode, restarts, exists } = item.cell;
      return [
        name,
        t(kind),
        word,
        ...some(exitCode !== undefined && word !== 'Running', () => t('exit', exitCode ?? 0)),
        ...some(restarts > 0, () => t('restarts', restarts)),
        ...some(!exists && restarts === 0, () => t('toCome')),
      ];
    }
  }
}

const countPods = (items: readonly OutlineItem[]): number =>
  items.reduce((sum, item) => sum + (item.kind === 'pod' ? 1 : item.children.length), 0);
