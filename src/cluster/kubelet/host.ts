// What a kubelet acts through: calls to containerd, the API server and the network, and timers, each answered to whoever waits.
import type { Instant, Level, RecordId } from '../../engine/records.ts';
import { type ApiClient, createApiClient, type Shown } from '../api/client.ts';
import type { ApiRequest, ApiResponse } from '../api/request.ts';
import type { ClusterContext } from '../component.ts';
import type { ClusterMessage, NetAnswerMessage, NetDialMessage } from '../messages.ts';
import { latencyBetween, NETWORK, runtimeOf } from '../names.ts';
import type { CriAnswer, CriCall } from '../runtime/cri.ts';
import { type Task, wait } from './tasks.ts';

/** The effects of a kubelet. */
export interface Host {
  readonly node: string;
  /** The date of instant 0. */
  readonly startAtMs: number;
  readonly at: Instant;
  readonly context: ClusterContext;
  readonly api: ApiClient;
  /** Calls `act` after a while; answers how to cancel that. */
  after(inMs: number, act: () => void): () => void;
  sleep(inMs: number): Task<void>;
  /** Calls containerd; `container` is the name of the container it is about, for the label. */
  cri(call: CriCall, subject?: string, container?: string): Task<CriAnswer>;
  request(request: Omit<ApiRequest, 'userAgent'>, shown: Shown): Task<ApiResponse>;
  /** Opens a connection over the Pod network; without an answer it waits until given up. */
  dial(dial: Omit<NetDialMessage, 'type' | 'id'>, shown: { readonly label: string; readonly subject: string }): Task<NetAnswerMessage>;
  /** Takes a delivery; answers whether it was an answer or a timer of this host. */
  handle(context: ClusterContext, body: ClusterMessage): boolean;
  /** Acts outside a delivery's answer with this context. */
  enter(context: ClusterContext): void;
  /** Forgets everything that is under way: the process has died. */
  reset(): void;
}

const QUIET: ReadonlySet<string> = new Set([
  'PodStatus',
  'ImageStatus',
  'ExecSync',
  'ContainerLogs',
  'RemoveContainer',
  'RemovePodSandbox',
]);
/** What makes and ends what a Pod is made of. */
const TELLING: ReadonlySet<CriCall['call']> = new Set(['RunPodSandbox', 'PullImage', 'StartContainer', 'StopContainer', 'StopPodSandbox']);
const levelOf = ({ call }: CriCall): Level => (QUIET.has(call) ? 'all' : TELLING.has(call) ? 'story' : 'api');

/** The effects of the kubelet of a node; `life` tells its timers from those of a kubelet that died. */
export function createHost(node: string, startAtMs: number, life: number): Host {
  const api = createApiClient('kubelet');
  const timers = new Map<string, () => void>();
  const calls = new Map<number, (answer: CriAnswer) => void>();
  const dials = new Map<number, (answer: NetAnswerMessage) => void>();
  /** Dials to which no answer will come, with what lies behind that. */
  const silences = new Map<number, RecordId>();
  let entered: ClusterContext | undefined;
  let lastId = life * 1_000_000_000;
  const current = (): ClusterContext => {
    if (!entered) throw new Error('a kubelet acts only when something is delivered to it');
    return entered;
  };
  const after: Host['after'] = (inMs, act) => {
    lastId += 1;
    const key = `${life}/${lastId}`;
    timers.set(key, act);
    const context = current();
    const wake = context.wake(Math.max(0, Math.ceil(inMs)), { type: 'wake', wake: 'timer', key });
    return () => {
      if (timers.delete(key)) context.cancel(wake);
    };
  };
  const take = (body: ClusterMessage): boolean => {
    if (body.type === 'wake' && body.wake === 'timer' && body.key !== undefined) {
      const act = timers.get(body.key);
      timers.delete(body.key);
      act?.();
      return true;
    }
    if (body.type === 'cri-answer') {
      const done = calls.get(body.id);
      calls.delete(body.id);
      done?.(body.answer);
      return true;
    }
    if (body.type === 'net-answer') {
      const done = dials.get(body.id);
      dials.delete(body.id);
      silences.delete(body.id);
      done?.(body);
      return true;
    }
    if (body.type === 'net-silence') {
      if (dials.has(body.id)) silences.set(body.id, current().cause);
      return true;
    }
    return false;
  };
  return {
    node,
    startAtMs,
    api,
    after,
    get at() {
      return current().at;
    },
    get context() {
      return current();
    },
    sleep: (inMs) => wait<void>((resume) => after(inMs, () => resume())),
    cri: (call, subject, container) =>
      wait<CriAnswer>((resume) => {
        lastId += 1;
        const id = lastId;
        calls.set(id, resume);
        const context = current();
        const to = runtimeOf(node);
        const label = container === undefined ? call.call : `${call.call} ${container}`;
        const shown = { latencyMs: latencyBetween(context.self, to), kind: 'call', level: levelOf(call), label } as const;
        context.send(to, { type: 'cri-call', id, call }, subject === undefined ? shown : { ...shown, subject });
        return () => calls.delete(id);
      }),
    request: (request, shown) =>
      wait<ApiResponse>((resume) => {
        let isWanted = true;
        api.request(current(), request, shown, (_context, response) => {
          if (isWanted) resume(response);
        });
        return () => {
          isWanted = false;
        };
      }),
    dial: (dial, shown) =>
      wait<NetAnswerMessage>((resume) => {
        lastId += 1;
        const id = lastId;
        dials.set(id, resume);
        const context = current();
        const latencyMs = latencyBetween(context.self, NETWORK);
        context.send(NETWORK, { type: 'net-dial', id, ...dial }, { latencyMs, kind: 'packet', level: 'all', ...shown });
        return () => {
          dials.delete(id);
          const silence = silences.get(id);
          silences.delete(id);
          if (silence !== undefined) current().because(silence);
        };
      }),
    handle(context, body) {
      entered = context;
      return api.handle(context, body) || take(body);
    },
    enter(context) {
      entered = context;
    },
    reset() {
      timers.clear();
      calls.clear();
      dials.clear();
      silences.clear();
      api.reset();
    },
  };
}
