// The kubelet's own server: what the API server passes on of logs, exec, attach and port-forward. Models pkg/kubelet/server/server.go.
import type { ApiRequest, ApiResponse } from '../api/request.ts';
import { badRequest } from '../api/status.ts';
import type { Pod, Status } from '../api/types.ts';
import type { RequestMessage, StreamMessage } from '../messages.ts';
import { latencyBetween, runtimeOf } from '../names.ts';
import type { CriCall } from '../runtime/cri.ts';
import type { Kubelet } from './parts.ts';
import { keyOf, namespaceOf, uidOf } from './pods.ts';
import { newestOf } from './runtime-pod.ts';
import { run, type Task } from './tasks.ts';

/** The server of a kubelet. */
export interface KubeletServer {
  serve(message: RequestMessage, from: string): void;
  /** Passes a piece of a stream on, in either direction; answers whether it was one of these. */
  relay(message: StreamMessage, from: string): boolean;
  reset(): void;
}

/** A server without open streams. */
export function createKubeletServer(kubelet: Kubelet): KubeletServer {
  const { host } = kubelet;
  /** Streams keep their name on both sides: the runtime's is unique in the cluster. */
  const open = new Map<string, string>();
  const runtime = runtimeOf(host.node);

  const respond = (to: string, id: number, response: ApiResponse, pod: Pod | undefined): void => {
    const subject = pod ? { subject: keyOf(pod) } : {};
    const shown = {
      latencyMs: latencyBetween(host.context.self, to),
      kind: 'response',
      level: 'api',
      label: String(response.code),
    } as const;
    host.context.send(to, { type: 'response', id, response }, { ...shown, ...subject });
  };
  return {
    serve({ id, request }, from) {
      const [, verb = '', namespace = '', name = '', container = ''] = request.path.split('/').map(decodeURIComponent);
      const pod = findPod(kubelet, namespace, name);
      run(answer(kubelet, verb, pod, name, container, request), (response) => {
        if (response.stream !== undefined) open.set(response.stream, from);
        respond(from, id, response, pod);
      });
    },
    relay({ stream, data }, from) {
      const peer = open.get(stream);
      if (peer === undefined) return false;
      const to = from === runtime ? peer : runtime;
      if (data.end && from === runtime) open.delete(stream);
      const label = data.end ? 'end of stream' : 'stream';
      host.context.send(
        to,
        { type: 'stream', stream, data },
        { latencyMs: latencyBetween(host.context.self, to), kind: 'packet', level: 'all', label },
      );
      return true;
    },
    reset() {
      open.clear();
    },
  };
}

const findPod = (kubelet: Kubelet, namespace: string, name: string): Pod | undefined =>
  [...kubelet.pods.values()].find((each) => namespaceOf(each) === namespace && each.metadata.name === name);

const refused = (status: Status): ApiResponse => ({ code: status.code ?? 500, body: status, warnings: [] });

function* answer(
  kubelet: Kubelet,
  verb: string,
  pod: Pod | undefined,
  name: string,
  container: string,
  request: ApiRequest,
): Task<ApiResponse> {
  if (!pod) return refused({ ...badRequest(`pod "${name}" does not exist`), code: 404, reason: 'NotFound' });
  const query = request.query ?? {};
  if (verb === 'containerLogs') return yield* logs(kubelet, pod, container, query);
  if (verb === 'portForward') return yield* portForward(kubelet, pod, query);
  return yield* exec(kubelet, verb, pod, container, query);
}

function* callFor(kubelet: Kubelet, pod: Pod, call: CriCall): Task<ApiResponse> {
  const answered = yield* kubelet.host.cri(call, keyOf(pod));
  if ('error' in answered) return refused(internal(`Internal error occurred: ${answered.error.message}`));
  const { stream, text } = answered.ok;
  return { code: stream === undefined ? 200 : 101, body: text ?? '', warnings: [], ...(stream === undefined ? {} : { stream }) };
}

const internal = (message: string): Status => ({ ...badRequest(message), code: 500, reason: 'InternalError' });

type Query = Readonly<Record<string, string>>;

function* logs(kubelet: Kubelet, pod: Pod, container: string, query: Query): Task<ApiResponse> {
  const { host } = kubelet;
  const found = logOf(kubelet, pod, container, query.previous === 'true');
  if ('refusal' in found) return refused(badRequest(found.refusal));
  const { tailLines, limitBytes, sinceSeconds, sinceTime } = query;
  const sinceMs =
    sinceSeconds !== undefined
      ? Number(sinceSeconds) * 1000
      : sinceTime !== undefined
        ? Math.max(0, host.startAtMs + host.at - Date.parse(sinceTime))
        : undefined;
  return yield* callFor(kubelet, pod, {
    call: 'ContainerLogs',
    containerId: found.id,
    follow: query.follow === 'true',
    timestamps: query.timestamps === 'true',
    ...(tailLines === undefined ? {} : { tailLines: Number(tailLines) }),
    ...(limitBytes === undefined ? {} : { limitBytes: Number(limitBytes) }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
  });
}

/** The container whose log is meant: that which runs, or ran last. Models validateContainerLogStatus of pkg/kubelet/kubelet_pods.go. */
function logOf(kubelet: Kubelet, pod: Pod, name: string, previous: boolean): { readonly id: string } | { readonly refusal: string } {
  const status = kubelet.statuses.get(uidOf(pod)) ?? pod.status;
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])];
  const of = all.find((each) => each.name === name);
  const what = `container "${name}" in pod "${pod.metadata.name}"`;
  if (!of) return { refusal: `${what} is not available` };
  const bare = (id: string | undefined): string => (id ?? '').replace(/^containerd:\/\//, '');
  const { waiting, running, terminated } = of.state ?? {};
  const last = of.lastState?.terminated;
  const lastId = bare(last?.containerID);
  if (previous) return lastId === '' ? { refusal: `previous terminated ${what} not found` } : { id: lastId };
  if (running) return { id: bare(of.containerID) };
  if (terminated) {
    const id = bare(terminated.containerID) || lastId;
    return id === '' ? { refusal: `${what} is terminated` } : { id };
  }
  if (last) return lastId === '' ? { refusal: `${what} is terminated` } : { id: lastId };
  if (!waiting) return { refusal: `${what} is waiting to start - no logs yet` };
  const { reason } = waiting;
  if (reason === 'ErrImagePull') return { refusal: `${what} is waiting to start: image can't be pulled` };
  if (reason === 'ImagePullBackOff') return { refusal: `${what} is waiting to start: trying and failing to pull image` };
  return { refusal: `${what} is waiting to start: ${reason ?? ''}` };
}

function* exec(kubelet: Kubelet, verb: string, pod: Pod, name: string, query: Query): Task<ApiResponse> {
  // The kubelet asks the runtime, whose picture is newer than that of the last look.
  const runtime = yield* kubelet.pleg.inspect(uidOf(pod), kubelet.pleg.latest(uidOf(pod)));
  const running = newestOf(runtime, name);
  if (running?.state !== 'running') return refused(internal(`unable to upgrade connection: container not found ("${name}")`));
  const io = { containerId: running.id, stdin: query.stdin === 'true', tty: query.tty === 'true' };
  if (verb === 'attach') return yield* callFor(kubelet, pod, { call: 'Attach', ...io });
  const command = commandIn(query.command ?? '');
  return yield* callFor(kubelet, pod, { call: 'Exec', ...io, command });
}

/** A command is one text in a query: a list in JSON. */
function commandIn(text: string): readonly string[] {
  if (!text.startsWith('[')) return [text];
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [text];
}

function* portForward(kubelet: Kubelet, pod: Pod, query: Query): Task<ApiResponse> {
  const sandbox = kubelet.pleg.latest(uidOf(pod)).sandboxes.find((each) => each.state === 'ready');
  if (!sandbox) return refused(internal(`unable to upgrade connection: pod does not exist`));
  return yield* callFor(kubelet, pod, { call: 'PortForward', sandboxId: sandbox.id, port: Number(query.ports ?? query.port ?? '0') });
}
