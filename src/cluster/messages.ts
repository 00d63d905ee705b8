// Everything that one part of the cluster can hand to another.
import type { ApiRequest, ApiResponse, StreamData } from './api/request.ts';
import type { HttpRequest, HttpResponse } from './api/http.ts';
import type { CriAnswer, CriCall } from './runtime/cri.ts';

/** A request to the API server, or from it to a kubelet (logs, exec, port-forward); `id` is the sender's. */
export interface RequestMessage {
  readonly type: 'request';
  readonly id: number;
  readonly request: ApiRequest;
}

/** The answer to the request with this id. */
export interface ResponseMessage {
  readonly type: 'response';
  readonly id: number;
  readonly response: ApiResponse;
}

/** A piece of an open stream, in either direction. */
export interface StreamMessage {
  readonly type: 'stream';
  readonly stream: string;
  readonly data: StreamData;
}

/** A compare of an etcd transaction: the key's mod revision must be this (0: the key must not exist). */
export interface EtcdCompare {
  readonly key: string;
  readonly revision: number;
}

/** The API server to etcd: all compares hold, then all puts and deletes happen at one new revision. */
export interface EtcdTxnMessage {
  readonly type: 'etcd-txn';
  readonly id: number;
  readonly compare: readonly EtcdCompare[];
  readonly puts: readonly { readonly key: string; readonly value: unknown }[];
  readonly deletes: readonly string[];
}

/** etcd's answer; the revision is the store's. */
export interface EtcdAnswerMessage {
  readonly type: 'etcd-answer';
  readonly id: number;
  readonly succeeded: boolean;
  readonly revision: number;
}

/** What changed at a revision, from etcd to the API server's watch cache. */
export interface EtcdEventsMessage {
  readonly type: 'etcd-events';
  readonly revision: number;
  readonly events: readonly { readonly key: string; readonly value?: unknown }[];
}

/** kubelet to containerd. */
export interface CriCallMessage {
  readonly type: 'cri-call';
  readonly id: number;
  readonly call: CriCall;
}

/** containerd to kubelet. */
export interface CriAnswerMessage {
  readonly type: 'cri-answer';
  readonly id: number;
  readonly answer: CriAnswer;
}

/** containerd to its kubelet, signalled without delay: something about this Pod's containers changed; PLEG sees it at its next look. */
export interface RuntimeChangedMessage {
  readonly type: 'runtime-changed';
  readonly podUid: string;
}

/** A node's kernel log, signalled to its kubelet: the node had no memory left, and a process was killed. */
export interface SystemOomMessage {
  readonly type: 'system-oom';
  readonly program: string;
  /** As the node numbers it. */
  readonly pid: number;
}

/** A TCP or HTTP exchange over the Pod network, sent to `network`; answered with NetAnswerMessage. Of TCP alone, `http` is absent. */
export interface NetDialMessage {
  readonly type: 'net-dial';
  readonly id: number;
  /** Who dials: an address, for the server's access log. */
  readonly sourceIp: string;
  readonly ip: string;
  readonly port: number;
  readonly http?: HttpRequest;
}

/** How a dial ended. No answer at all comes from what hangs or drops packets: the dialler keeps its own time limit. */
export interface NetAnswerMessage {
  readonly type: 'net-answer';
  readonly id: number;
  readonly outcome: 'connected' | 'refused' | 'unreachable' | 'reset';
  readonly response?: HttpResponse;
}

/**
 * No answer will come: signalled to `network` and on to the dialler, for what follows from the silence to be caused by what lies behind
 * it. It says nothing to what waits: that keeps its own time limit.
 */
export interface NetSilenceMessage {
  readonly type: 'net-silence';
  readonly id: number;
}

/** A look-up of a name by a container, sent to `network`: the full names to try, in order. */
export interface NetResolveMessage {
  readonly type: 'net-resolve';
  readonly id: number;
  readonly names: readonly string[];
}

/** The address of the first name that has one. */
export interface NetResolvedMessage {
  readonly type: 'net-resolved';
  readonly id: number;
  readonly ip?: string;
}

/** A fault of design.md section 5, handed to the component it strikes. */
export interface FaultMessage {
  readonly type: 'fault';
  readonly kind: string;
  readonly pod?: string;
  readonly container?: string;
  readonly node?: string;
  readonly signal?: number;
  readonly to?: string;
  readonly manifest?: string;
  readonly condition?: { readonly type: string; readonly status: string };
}

/** What a person does at a terminal. */
export interface TerminalMessage {
  readonly type: 'terminal';
  readonly input:
    | { readonly run: string }
    | { readonly type: string }
    | { readonly key: string }
    | { readonly verb: 'apply' | 'create'; readonly text: string; readonly file: string };
}

/** Somebody logs in to a node, by ssh: answered with a ResponseMessage that names a stream. Without a command a shell is opened. */
export interface LoginMessage {
  readonly type: 'login';
  readonly id: number;
  readonly command: string;
  readonly tty: boolean;
}

/** A node's disk to its kubelet, signalled without delay: the texts of manifests that have come into its folder, or gone. */
export interface ManifestsChangedMessage {
  readonly type: 'manifests-changed';
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** A component's own wake-up; each component gives its own meaning to `wake` and what rides along. */
export interface WakeMessage {
  readonly type: 'wake';
  readonly wake: string;
  readonly key?: string;
  readonly value?: unknown;
}

/** The first delivery of every component, when the cluster has been built. */
export interface StartMessage {
  readonly type: 'start';
}

/** Everything that can be delivered in a cluster. */
export type ClusterMessage =
  | RequestMessage
  | ResponseMessage
  | StreamMessage
  | EtcdTxnMessage
  | EtcdAnswerMessage
  | EtcdEventsMessage
  | CriCallMessage
  | CriAnswerMessage
  | RuntimeChangedMessage
  | SystemOomMessage
  | NetDialMessage
  | NetAnswerMessage
  | NetSilenceMessage
  | NetResolveMessage
  | NetResolvedMessage
  | FaultMessage
  | TerminalMessage
  | LoginMessage
  | ManifestsChangedMessage
  | WakeMessage
  | StartMessage;

export type { HttpRequest, HttpResponse };
