// What the cluster notes of itself: every decision, every thing that happens, with what a caption needs to tell it.
// A note's subject is the row it is about (a Pod's etcd key, a node's, a container's); its cause is whatever the step was caused by.
import type { Level, RecordId } from '../engine/records.ts';
import type { ClusterContext } from './component.ts';

/** A Pod in a note: `name` and `namespace` as in its metadata. */
interface OfPod {
  readonly namespace: string;
  readonly pod: string;
}

/** A container in a note. */
interface OfContainer extends OfPod {
  readonly node: string;
  readonly container: string;
  readonly kind: 'init' | 'sidecar' | 'app' | 'ephemeral';
}

/** Every kind of note, with the shape of its data. */
export interface Notes {
  /** A person did something: applied a file, typed a line. */
  input: { readonly what: 'apply' | 'create' | 'run' | 'type' | 'key'; readonly text: string; readonly terminal: string };
  /** A person broke something. */
  fault: {
    readonly kind: string;
    /** `web/nginx`, `node1`; empty where it is the cluster's. */
    readonly target: string;
    /** Of `memory`: how much. Of `condition`: which, and what it is now. */
    readonly detail?: string;
  };
  'command-started': { readonly terminal: string; readonly line: string };
  'command-ended': {
    readonly terminal: string;
    readonly line: string;
    readonly stdout: string;
    readonly stderr: string;
    readonly exit: number | null;
  };

  /** The API server's stages, one at a time: for the figure. */
  'request-stage': {
    readonly stage: 'decode' | 'default' | 'admit' | 'validate' | 'store' | 'notify';
    readonly method: string;
    readonly path: string;
  };
  'request-refused': {
    readonly method: string;
    readonly path: string;
    readonly code: number;
    readonly reason: string;
    readonly message: string;
  };
  'object-stored': {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly revision: number;
    readonly change: 'created' | 'updated' | 'deleted';
    /** Of a Pod whose STATUS column has changed: what it says now. */
    readonly status?: string;
  };
  /** An Event object was posted, or its count went up. */
  event: OfPod & {
    readonly kind: string;
    readonly type: string;
    readonly reason: string;
    readonly message: string;
    readonly count: number;
  };

  'pod-queued': OfPod & { readonly queue: 'active' | 'backoff' | 'unschedulable' | 'gated' };
  /** One attempt of the scheduler, whole: the fields of the runner's `schedule` record. */
  'scheduling-attempt': OfPod & {
    readonly attempt: number;
    readonly nodes: Readonly<Record<string, NodeVerdict>>;
    readonly chosen: string | null;
    readonly nominated: string | null;
    readonly victims: readonly string[];
    readonly message: string;
  };
  'pod-bound': OfPod & { readonly node: string };

  'pod-seen': OfPod & { readonly node: string };
  'pod-rejected': OfPod & { readonly node: string; readonly reason: string; readonly message: string };
  'sandbox-starting': OfPod & { readonly node: string; readonly attempt: number };
  'sandbox-ready': OfPod & { readonly node: string; readonly ip: string; readonly sandbox: string };
  'sandbox-stopped': OfPod & { readonly node: string; readonly sandbox: string };
  'image-pulling': OfContainer & { readonly image: string };
  'image-pulled': OfContainer & { readonly image: string; readonly tookMs: number; readonly present: boolean };
  'image-failed': OfContainer & { readonly image: string; readonly message: string };
  'image-backoff': OfContainer & { readonly image: string; readonly delayMs: number };
  'container-created': OfContainer & { readonly id: string; readonly attempt: number };
  'container-started': OfContainer & { readonly id: string; readonly attempt: number };
  'container-failed': OfContainer & { readonly reason: string; readonly message: string };
  /** Noted by the runtime at the instant at which process 1 ended. */
  'container-exited': OfContainer & { readonly id: string; readonly exitCode: number; readonly reason: string };
  /** The kernel kills a container: it holds more than its own limit allows, or its node has no memory left. */
  'out-of-memory': OfContainer & {
    readonly id: string;
    readonly of: 'limit' | 'node';
    readonly heldBytes: number;
    /** The limit, or what the node has. */
    readonly mostBytes: number;
  };
  /** The kubelet stops a container: `why` as its event says it. */
  'container-killing': OfContainer & { readonly why: string; readonly graceMs: number };
  'container-backoff': OfContainer & { readonly delayMs: number; readonly restarts: number };
  'probe-result': OfContainer & {
    readonly probe: 'liveness' | 'readiness' | 'startup';
    readonly ok: boolean;
    readonly output: string;
    /** How many in a row, of how many that decide. */
    readonly count: number;
    readonly threshold: number;
  };
  'pod-phase': OfPod & { readonly from: string; readonly to: string };
  'pod-ready': OfPod & { readonly ready: boolean };
  'pod-terminating': OfPod & { readonly graceMs: number };
  'pod-removed': OfPod;

  'node-ready': { readonly node: string; readonly ready: 'True' | 'False' | 'Unknown' };
  /** The process of a component has ended, or runs again. */
  'component-runs': { readonly component: string; readonly runs: boolean };
  'node-tainted': { readonly node: string; readonly taint: string; readonly added: boolean };
  'pod-evicted': OfPod & { readonly node: string; readonly reason: string };

  /** A request over the Pod network was served or refused. */
  'packet-served': { readonly from: string; readonly to: string; readonly outcome: string };
  /**
   * A container's program connected, or was refused, without leaving its machine: over the loopback device of its own network namespace, or
   * over a bridge. `from` and `server` are the keys of containers' rows.
   */
  connection: { readonly from: string; readonly to: string; readonly server: string | null; readonly outcome: 'connected' | 'refused' };
  /** On a laptop with Docker Engine. */
  'docker-image-pulled': { readonly image: string; readonly tookMs: number };
  'docker-container-started': { readonly id: string; readonly container: string; readonly image: string; readonly ip: string };
  'docker-container-exited': { readonly id: string; readonly container: string; readonly exitCode: number };
  /** A process takes steps without end and is parked. */
  'process-busy': OfContainer & { readonly id: string };
  /** Something is accepted and stored, but Podscope does not act on it (an unknown image's program, a field, a kind). */
  'not-simulated': { readonly what: string; readonly detail: string };
}

/** What the scheduler found of one node. */
export interface NodeVerdict {
  readonly reject: { readonly plugin: string; readonly reasons: readonly string[] } | null;
  /** Weighted score by plugin; empty where nothing was scored. */
  readonly scores: Readonly<Record<string, number>>;
  readonly total: number;
  /** For the scheduler view: per filter plugin, whether it passed, rejected, or was not asked. */
  readonly filters?: Readonly<Record<string, 'pass' | 'reject' | 'unasked'>>;
  /** Raw and normalised scores before the weight. */
  readonly raw?: Readonly<Record<string, number>>;
  readonly normalised?: Readonly<Record<string, number>>;
}

/** The name of a kind of note. */
export type NoteName = keyof Notes;

/** Notes that something happened. */
export function note<N extends NoteName>(context: ClusterContext, name: N, subject: string, data: Notes[N], level: Level): RecordId {
  return context.note(name, subject, data, level);
}
