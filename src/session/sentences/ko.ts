// What happened, in Korean. A fixed noun follows every name, so that its particle does not depend on how the name ends.
import type { ContainerKind } from '../../cluster/runtime/cri.ts';
import { formatLength } from '../../i18n/time.ts';
import { faultInKorean } from './faults.ts';
import { name, short, size, type Sentences } from './sentence.ts';

const KIND: Readonly<Record<ContainerKind, string>> = {
  init: '초기화 컨테이너',
  sidecar: '사이드카 컨테이너',
  app: '컨테이너',
  ephemeral: '임시 컨테이너',
};
const container = (data: { readonly kind: ContainerKind; readonly container: string }): string =>
  `${name(data.container)} ${KIND[data.kind]}`;
const last = (ms: number): string => formatLength(ms, 'ko');

const STAGE = {
  decode: '요청을 해석하고, 모르는 필드가 있으면 거절한다',
  default: '매니페스트에 적지 않은 값을 기본값으로 채운다',
  admit: '승인(admission) 플러그인에게 묻는다',
  validate: '오브젝트가 올바른지 검사한다',
  store: '오브젝트를 etcd에 적는다',
  notify: '지켜보는 모두에게 알린다',
} as const;
const PROBE = { liveness: '활성 프로브', readiness: '준비성 프로브', startup: '스타트업 프로브' } as const;
const QUEUE = {
  active: '스케줄링 대기열에서 차례를 기다린다',
  backoff: '스케줄러가 다시 시도할 때까지 잠시 기다린다',
  unschedulable: '클러스터에 변화가 생길 때까지 따로 기다린다',
  gated: '스케줄링 게이트에 걸려 기다린다',
} as const;

export const ko: Sentences = {
  input: ({ what, text }) =>
    what === 'apply' || what === 'create'
      ? `매니페스트를 kubectl ${what} 명령에 건넸다. kubectl이 읽고 API 서버에 부탁한다.`
      : what === 'run'
        ? `${name(short(text))} 명령을 실행했다.`
        : what === 'type'
          ? `터미널에 ${name(short(text))} 줄을 입력했다.`
          : `${name(text)} 키를 눌렀다.`,
  fault: faultInKorean,
  'command-started': ({ line }) => `${name(short(line))} 명령이 시작된다.`,
  'command-ended': ({ line, stdout, stderr, exit }) =>
    exit === 0
      ? `${name(short(line, 60))} 명령이 끝났다: ${short(stdout) || '출력 없음'}`
      : exit === null
        ? `${name(short(line, 60))} 명령이 끝나기 전에 끊겼다.`
        : `${name(short(line, 60))} 명령이 실패했다(종료 코드 ${exit}): ${short(stderr || stdout) || '출력 없음'}`,

  'request-stage': ({ stage, method, path }) => `API 서버가 ${STAGE[stage]} (${method} ${path}).`,
  'request-refused': ({ code, message }) => `API 서버가 ${name(code)} 코드로 거절한다: ${short(message, 200)}`,
  'object-stored': ({ kind, name: object, revision, change, status }) => {
    const what = `${name(object)} ${kind === 'Pod' ? '파드' : `${kind} 오브젝트`}`;
    if (change === 'created') return `${what}가 etcd에 처음 적혔다(리비전 ${revision}).`;
    if (status !== undefined)
      return `${what}의 새 모습이 etcd에 적혔다(리비전 ${revision}). 이제 kubectl get pods의 STATUS 칸에 ${name(status)} 값이 보인다.`;
    return change === 'updated'
      ? `etcd에 적힌 ${what}가 바뀌었다(리비전 ${revision}).`
      : `${what}가 etcd에서 지워졌다(리비전 ${revision}).`;
  },
  event: ({ pod, kind, reason, message, count }) =>
    `${name(pod)} 오브젝트(${kind})에 ${name(reason)} 이벤트가 기록되었다: ${short(message, 160)}${count > 1 ? ` (${count}번째)` : ''}`,

  'pod-queued': ({ pod, queue }) => `${name(pod)} 파드가 ${QUEUE[queue]}.`,
  'scheduling-attempt': ({ pod, chosen, nodes, message }) => {
    const totals = Object.entries(nodes).filter(([, verdict]) => verdict.reject === null);
    const rejected = Object.keys(nodes).length - totals.length;
    if (chosen === null) return `스케줄러가 ${name(pod)} 파드를 둘 노드를 찾지 못했다: ${short(message, 200)}`;
    const scores = totals.map(([node, verdict]) => `${node} ${verdict.total}점`).join(', ');
    const best = Math.max(...totals.map(([, verdict]) => verdict.total));
    const isTie = totals.filter(([, verdict]) => verdict.total === best).length > 1;
    const because = totals.length < 2 ? '' : isTie ? ` 점수가 같아서 뽑기로 정했다(${scores}).` : ` 점수가 가장 높다(${scores}).`;
    return `스케줄러가 ${name(pod)} 파드를 둘 곳으로 ${name(chosen)} 노드를 골랐다.${because}${rejected > 0 ? ` 노드 ${rejected}개는 걸러졌다.` : ''}`;
  },
  'pod-bound': ({ pod, node }) => `${name(pod)} 파드가 ${name(node)} 노드에 배정되었다(바인딩). spec.nodeName이 채워졌다.`,

  'pod-seen': ({ pod, node }) => `${name(node)} 노드의 kubelet이 새로 맡을 ${name(pod)} 파드를 발견한다.`,
  'pod-rejected': ({ pod, node, reason, message }) =>
    `${name(node)} 노드의 kubelet이 ${name(pod)} 파드를 받지 않는다: ${name(reason)}, ${short(message, 160)}`,
  'sandbox-starting': ({ pod, node, attempt }) =>
    `${name(node)} 노드의 kubelet이 containerd에 ${name(pod)} 파드의 샌드박스(pause와 네트워크)를 ${attempt > 0 ? '다시 ' : ''}만들어 달라고 한다.`,
  'sandbox-ready': ({ pod, ip }) =>
    ip === ''
      ? `pause가 돌기 시작했다. ${name(pod)} 파드는 노드의 네트워크를 그대로 쓴다.`
      : `pause가 돌며 네트워크를 붙들고 있다. ${name(pod)} 파드가 ${name(ip)} 주소를 받았다.`,
  'sandbox-stopped': ({ pod, node }) => `${name(node)} 노드에서 ${name(pod)} 파드의 샌드박스가 멈추고 주소를 돌려주었다.`,
  'image-pulling': ({ image, node }) => `${name(node)} 노드의 containerd가 ${name(image)} 이미지를 받는다.`,
  'image-pulled': ({ image, tookMs, present, node }) =>
    present
      ? `${name(image)} 이미지가 ${name(node)} 노드에 이미 있다. 받을 것이 없다.`
      : `${name(image)} 이미지를 ${last(tookMs)} 만에 다 받았다.`,
  'image-failed': ({ image, message }) => `${name(image)} 이미지를 받지 못했다: ${short(message, 160)}`,
  'image-backoff': ({ image, delayMs }) =>
    `kubelet이 ${name(image)} 이미지를 다시 받기 전에 ${last(delayMs)} 동안 기다린다. ImagePullBackOff 상태다.`,
  'container-created': (data) => `containerd가 ${container(data)}를 만들었다. 프로세스는 아직 돌지 않는다.`,
  'container-started': (data) =>
    `${container(data)}의 프로세스가 돌기 시작했다.${data.attempt > 0 ? ` 이번이 ${data.attempt + 1}번째다.` : ''}`,
  'container-failed': (data) => `${container(data)}를 시작하지 못했다: ${name(data.reason)}, ${short(data.message, 160)}`,
  'container-exited': (data) => `${container(data)}의 프로세스가 끝났다. 종료 코드는 ${name(data.exitCode)} (${data.reason}).`,
  'out-of-memory': (data) =>
    data.of === 'limit'
      ? `커널이 ${container(data)}를 죽인다. ${size(data.heldBytes)} 크기를 쥐었는데 상한은 ${name(size(data.mostBytes))}이다. 노드에는 메모리가 남아 있다.`
      : `커널이 ${container(data)}를 죽인다. ${name(data.node)} 노드에 메모리가 남아 있지 않고(모두 ${size(data.mostBytes)}), 이 컨테이너의 점수가 가장 높다.`,
  'container-killing': (data) =>
    `kubelet이 ${container(data)}를 멈춘다. 스스로 끝낼 유예 기간은 ${last(data.graceMs)}이다. 이유: ${short(data.why, 120)}`,
  'container-backoff': (data) =>
    `kubelet이 ${container(data)}를 다시 시작하기 전에 ${last(data.delayMs)} 동안 기다린다. 지금까지 재시작 ${data.restarts}번, CrashLoopBackOff 상태다.`,
  'probe-result': (data) =>
    data.ok
      ? `${container(data)}의 ${PROBE[data.probe]}가 성공했다.`
      : `${container(data)}의 ${PROBE[data.probe]}가 ${data.threshold}번 중 ${data.count}번 실패했다: ${short(data.output, 120)}`,
  'pod-phase': ({ pod, from, to }) => `${name(pod)} 파드의 단계(phase)가 ${from}에서 ${name(to)} 단계로 바뀌었다.`,
  'pod-ready': ({ pod, ready }) =>
    ready
      ? `${name(pod)} 파드가 ${name('Ready')} 상태다. 이제 트래픽을 받을 수 있다.`
      : `${name(pod)} 파드가 준비되지 않은 상태가 되었다. 트래픽을 받지 않는다.`,
  'pod-terminating': ({ pod, graceMs }) => `${name(pod)} 파드를 없애기로 했다. 컨테이너가 끝낼 유예 기간은 ${last(graceMs)}이다.`,
  'pod-removed': ({ pod }) => `${name(pod)} 파드가 API 서버에서 사라졌다.`,

  'node-ready': ({ node, ready }) =>
    ready === 'True'
      ? `${name(node)} 노드가 Ready 상태다.`
      : ready === 'False'
        ? `${name(node)} 노드가 준비되지 않았다고 스스로 알린다.`
        : `${name(node)} 노드에서 소식이 끊겼다. 준비 상태는 Unknown이다.`,
  'component-runs': ({ component, runs }) => `${name(component)} 프로세스가 ${runs ? '다시 돈다' : '끝났다'}.`,
  'node-tainted': ({ node, taint, added }) => `${name(node)} 노드에 ${name(taint)} 테인트가 ${added ? '붙었다' : '떨어졌다'}.`,
  'pod-evicted': ({ pod, node, reason }) => `${name(pod)} 파드가 ${name(node)} 노드에서 축출된다: ${short(reason, 160)}`,

  'packet-served': ({ from, to, outcome }) => `${name(from)} 쪽에서 ${name(to)} 쪽으로 요청을 보냈다: ${short(outcome)}`,
  connection: ({ to, outcome }) =>
    outcome === 'connected'
      ? `프로그램이 같은 컴퓨터 안의 ${name(to)} 쪽에 연결했다. 거기서 듣는 프로그램이 있다.`
      : `프로그램이 같은 컴퓨터 안의 ${name(to)} 쪽에 연결하려 했지만 듣는 이가 없어서 거절되었다.`,
  'docker-image-pulled': ({ image, tookMs }) => `Docker가 ${name(image)} 이미지를 ${last(tookMs)} 만에 받았다.`,
  'docker-container-started': ({ container: own, ip }) =>
    ip === ''
      ? `Docker가 ${name(own)} 컨테이너를 시작한다.`
      : `Docker가 ${name(own)} 컨테이너를 시작한다. 주소는 ${name(ip)}이다. 둘러싼 파드는 없다.`,
  'docker-container-exited': ({ container: own, exitCode }) =>
    `Docker 컨테이너 ${name(own)}의 프로세스가 끝났다. 종료 코드: ${name(exitCode)}`,
  'process-busy': (data) => `${container(data)}의 프로세스가 쉬지 않고 계산만 한다. CPU 상한까지 쓴다.`,
  'not-simulated': ({ what, detail }) => `시뮬레이션하지 않는 것: ${name(what)}. ${short(detail, 200)}`,
};
