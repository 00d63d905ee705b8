// Lifecycle hooks. Models pkg/kubelet/lifecycle/handlers.go.
import type { LifecycleHandler, Pod } from '../api/types.ts';
import type { ContainerIn } from './pods.ts';
import { formatPod, keyOf } from './pods.ts';
import { nodeIpOf, type Kubelet } from './parts.ts';
import { resolvePort } from './probes/ports.ts';
import { type Task, within } from './tasks.ts';

/** Why a hook failed, in the words of a container's status; undefined where it succeeded. */
export type HookFailure = string | undefined;

const HTTP_HOOK_TIMEOUT_MS = 60_000;

/** Runs a hook in a container. */
export function* runHook(kubelet: Kubelet, pod: Pod, of: ContainerIn, containerId: string, hook: LifecycleHandler): Task<HookFailure> {
  const { host } = kubelet;
  if (hook.exec) {
    const command = hook.exec.command ?? [];
    const answer = yield* host.cri({ call: 'ExecSync', containerId, command, timeoutMs: 0 }, keyOf(pod));
    const said = (error: string, output: string): string =>
      `Exec lifecycle hook (${list(command)}) for Container "${of.container.name}" in Pod "${formatPod(pod)}" failed - error: ${error}, message: ${JSON.stringify(output)}`;
    if ('error' in answer) return said(answer.error.message, '');
    const { exitCode = 0, output = '' } = answer.ok.exec ?? {};
    return exitCode === 0 ? undefined : said(`command '${command.join(' ')}' exited with ${exitCode}: ${output}`, output);
  }
  if (hook.httpGet) {
    const failure = yield* getOnce(kubelet, pod, of, hook.httpGet);
    if (failure === undefined) return undefined;
    const { path = '' } = hook.httpGet;
    return `HTTP lifecycle hook (${path}) for Container "${of.container.name}" in Pod "${formatPod(pod)}" failed - error: ${failure}, message: ""`;
  }
  if (hook.sleep) {
    yield* host.sleep(hook.sleep.seconds * 1000);
    return undefined;
  }
  return `cannot run handler: no handler specified`;
}

/** As Go prints a slice of strings. */
const list = (words: readonly string[]): string => `[${words.join(' ')}]`;

/** An HTTP hook: any answer below 400 will do. */
function* getOnce(kubelet: Kubelet, pod: Pod, of: ContainerIn, get: NonNullable<LifecycleHandler['httpGet']>): Task<HookFailure> {
  const { host } = kubelet;
  const status = kubelet.statuses.get(pod.metadata.uid ?? '');
  const ip = get.host ?? kubelet.pleg.latest(pod.metadata.uid ?? '').ip ?? status?.podIP ?? '';
  const port = resolvePort(get.port, of.container);
  if (port === undefined) return `invalid port: ${get.port}`;
  const path = get.path ?? '/';
  const url = `${(get.scheme ?? 'HTTP').toLowerCase()}://${ip}:${port}${path.startsWith('/') ? path : `/${path}`}`;
  const headers = Object.fromEntries([
    ['User-Agent', 'kube-lifecycle/1.36'],
    ['Accept', '*/*'],
    ...(get.httpHeaders ?? []).map(({ name, value }) => [name, value]),
  ]);
  const http = { method: 'GET', path: path.startsWith('/') ? path : `/${path}`, host: `${ip}:${port}`, headers };
  const dial = host.dial({ sourceIp: nodeIpOf(kubelet), ip, port, http }, { label: `GET ${path}`, subject: keyOf(pod) });
  const answer = yield* within(dial, host.sleep(HTTP_HOOK_TIMEOUT_MS));
  if (!answer) return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
  if (answer.outcome === 'refused') return `Get "${url}": dial tcp ${ip}:${port}: connect: connection refused`;
  if (answer.outcome === 'unreachable') return `Get "${url}": dial tcp ${ip}:${port}: connect: no route to host`;
  if (answer.outcome === 'reset') return `Get "${url}": EOF`;
  const code = answer.response?.status ?? 0;
  return code >= 400 ? `HTTP probe failed with statuscode: ${code}` : undefined;
}
