// The sentence of any record of a trace: a note has its own; a message says who asks or tells whom what; a row says what it holds now, a
// log line who wrote it.
import type { Event, Pod } from '../../cluster/api/types.ts';
import { podStatus } from '../../cluster/apiserver/tables/pod-status.ts';
import type { Notes } from '../../cluster/notes.ts';
import type { RuntimeContainer, SandboxStatus } from '../../cluster/runtime/cri.ts';
import type { LogRecord, MessageKind, MessageRecord, RowRecord, TraceRecord } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Language } from '../../i18n/messages.ts';
import { sentenceOf } from './index.ts';
import { name, short } from './sentence.ts';

/** What a record tells; names stand between double asterisks. */
export function sentenceOfRecord(trace: Trace, record: TraceRecord, language: Language): string {
  switch (record.type) {
    case 'note':
      return sentenceOf(record, language);
    case 'message':
      return messageSentence(record, language);
    case 'row':
      return record.key.startsWith('/registry/') ? storedSentence(trace, record, language) : runtimeSentence(record, language);
    case 'log':
      return logSentence(trace, record, language);
  }
}

/** What a chain ends with that nobody did. */
export const startSentence = (language: Language): string =>
  language === 'ko' ? '처음부터 이런 상태였다.' : 'So it stood from the start.';

const FIXED: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  apiserver: { en: 'The API server', ko: 'API 서버' },
  etcd: { en: 'etcd', ko: 'etcd 저장소' },
  scheduler: { en: 'The scheduler', ko: '스케줄러' },
  network: { en: 'The Pod network', ko: '파드 네트워크' },
  terminal: { en: 'kubectl', ko: 'kubectl 명령' },
};

/** A part of the cluster as the subject of a sentence. Its Korean name ends in a noun that takes 가 or 이 as `subject` knows. */
function part(component: string, language: Language): string {
  const [kind = '', of = ''] = component.split('/');
  if (kind === 'kubelet') return language === 'ko' ? `${of} 노드의 kubelet 에이전트` : `The kubelet on ${of}`;
  if (kind === 'runtime') return language === 'ko' ? `${of} 노드의 containerd 런타임` : `containerd on ${of}`;
  if (kind === 'controller') return language === 'ko' ? `${of} 컨트롤러` : `The ${of} controller`;
  return FIXED[kind]?.[language] ?? component;
}

/** Within a sentence. */
const inner = (text: string): string => text.replace(/^The /, 'the ');

const VERBS: Readonly<
  Record<MessageKind, { readonly en: (from: string, to: string) => string; readonly ko: (from: string, to: string) => string }>
> = {
  request: { en: (from, to) => `${from} asks ${to}`, ko: (from, to) => `${from} → ${to}, 요청` },
  response: { en: (from, to) => `${from} answers ${to}`, ko: (from, to) => `${from} → ${to}, 응답` },
  watch: { en: (from, to) => `${from} tells ${to}, who watches`, ko: (from, to) => `${from} → ${to}, 지켜보던 것에 알림` },
  call: { en: (from, to) => `${from} calls ${to}`, ko: (from, to) => `${from} → ${to}, 호출` },
  answer: { en: (from, to) => `${from} answers ${to}`, ko: (from, to) => `${from} → ${to}, 대답` },
  packet: { en: (from, to) => `${from} sends ${to} a packet`, ko: (from, to) => `${from} → ${to}, 패킷` },
};

function messageSentence({ from, to, kind, label }: MessageRecord, language: Language): string {
  const [sender, taker] = [part(from, language), part(to, language)];
  return `${VERBS[kind][language](sender, language === 'en' ? inner(taker) : taker)}: ${name(label)}.`;
}

interface Stored {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly resourceVersion?: string };
}

/** What its `object-stored` note says, told of the row itself. */
function storedSentence(trace: Trace, { id, key, value }: RowRecord, language: Language): string {
  const history = trace.history(key);
  const index = history.findIndex((each) => each.id === id);
  const before = history[index - 1]?.value as Stored | undefined;
  const object = (value ?? before ?? {}) as Stored;
  if (object.kind === 'Event' && value !== undefined) return eventSentence(value as Event, language);
  const status = value !== undefined && before !== undefined && object.kind === 'Pod' ? { status: podStatus(value as Pod).status } : {};
  const data: Notes['object-stored'] = {
    kind: object.kind ?? key.split('/')[2] ?? '',
    namespace: object.metadata?.namespace ?? '',
    name: object.metadata?.name ?? key.split('/').at(-1) ?? '',
    revision: Number(object.metadata?.resourceVersion ?? 0),
    change: value === undefined ? 'deleted' : before === undefined ? 'created' : 'updated',
    ...status,
  };
  return sentenceOf({ name: 'object-stored', data }, language);
}

function eventSentence({ involvedObject, type, reason, message, count }: Event, language: Language): string {
  const { kind = '', namespace = '', name: pod = '' } = involvedObject;
  const data: Notes['event'] = { namespace, pod, kind, type: type ?? '', reason: reason ?? '', message: message ?? '', count: count ?? 1 };
  return sentenceOf({ name: 'event', data }, language);
}

/** What a node says of its own: containers, sandboxes, the counters of the kubelet. */
function runtimeSentence({ key, value }: RowRecord, language: Language): string {
  const [, , node = '', folder, ...rest] = key.split('/');
  const isKorean = language === 'ko';
  if (folder === 'containers' && value !== undefined) {
    const { name: container, state } = value as RuntimeContainer;
    return isKorean
      ? `${node} 노드의 containerd에 따르면 ${name(container)} 컨테이너의 상태는 ${name(state)}.`
      : `containerd on ${node} says of container ${name(container)}: ${name(state)}.`;
  }
  if (folder === 'sandboxes' && value !== undefined) {
    const { podName, state } = value as SandboxStatus;
    return isKorean
      ? `${node} 노드의 containerd에 따르면 ${name(podName)} 파드의 샌드박스 상태는 ${name(state)}.`
      : `containerd on ${node} says of the sandbox of Pod ${name(podName)}: ${name(state)}.`;
  }
  const what = `${folder ?? ''} ${rest.slice(1).join(' ')}`.trim();
  return isKorean ? `${node} 노드의 장부가 바뀌었다: ${name(what)}.` : `The books of ${node} change: ${name(what)}.`;
}

function logSentence(trace: Trace, { stream, text }: LogRecord, language: Language): string {
  const key = stream.replace('/logs/', '/containers/');
  const container = (trace.history(key)[0]?.value as RuntimeContainer | undefined)?.name;
  const line = short(text) || '…';
  if (container === undefined) return language === 'ko' ? `터미널 출력: ${line}` : `The terminal shows: ${line}`;
  return language === 'ko' ? `${name(container)} 컨테이너가 적었다: ${line}` : `Container ${name(container)} writes: ${line}`;
}
