// One run of a probe. Models pkg/kubelet/prober/prober.go and pkg/probe/{exec,http,tcp,grpc}.
import type { Container, Pod, Probe } from '../../api/types.ts';
import type { HttpRequest, NetAnswerMessage } from '../../messages.ts';
import { type Kubelet, nodeIpOf } from '../parts.ts';
import { keyOf } from '../pods.ts';
import { type Task, within } from '../tasks.ts';
import { resolvePort } from './ports.ts';

/** What a run found: `errored` where nothing can be said of the container. */
export interface ProbeOutcome {
  readonly result: 'success' | 'warning' | 'failure' | 'errored';
  readonly output: string;
}

/** What is probed. */
export interface Probed {
  readonly pod: Pod;
  readonly container: Container;
  readonly containerId: string;
  readonly podIp: string;
}

const MOST_OUTPUT = 10 * 1024;
const failure = (output: string): ProbeOutcome => ({ result: 'failure', output });

/** Runs a probe once. */
export function* runProbe(kubelet: Kubelet, probe: Probe, probed: Probed): Task<ProbeOutcome> {
  const timeoutS = probe.timeoutSeconds ?? 1;
  if (probe.exec) return yield* exec(kubelet, probe.exec.command ?? [], timeoutS, probed);
  if (probe.httpGet) return yield* httpGet(kubelet, probe.httpGet, timeoutS, probed);
  if (probe.tcpSocket) {
    const { host, port } = probe.tcpSocket;
    return yield* tcpSocket(kubelet, host ?? probed.podIp, resolvePort(port, probed.container), timeoutS, probed.pod);
  }
  if (probe.grpc) return yield* grpc(kubelet, probe.grpc.port, probe.grpc.service ?? '', timeoutS, probed);
  return { result: 'errored', output: 'missing probe handler for container' };
}

function* exec(kubelet: Kubelet, command: readonly string[], timeoutS: number, probed: Probed): Task<ProbeOutcome> {
  const { pod, containerId } = probed;
  const answer = yield* kubelet.host.cri({ call: 'ExecSync', containerId, command, timeoutMs: timeoutS * 1000 }, keyOf(pod));
  if ('error' in answer) {
    const { code, message } = answer.error;
    return { result: 'errored', output: message.startsWith('rpc error') ? message : `rpc error: code = ${code} desc = ${message}` };
  }
  const { exitCode = 0, output = '', timedOut = false } = answer.ok.exec ?? {};
  if (timedOut) return failure(`command timed out: "${command.join(' ')}" timed out after ${timeoutS}s`);
  return { result: exitCode === 0 ? 'success' : 'failure', output: output.slice(0, MOST_OUTPUT) };
}

function* httpGet(kubelet: Kubelet, get: NonNullable<Probe['httpGet']>, timeoutS: number, probed: Probed): Task<ProbeOutcome> {
  const { pod, container, podIp } = probed;
  const port = resolvePort(get.port, container);
  if (port === undefined) return { result: 'errored', output: `invalid port number: ${get.port}` };
  const ip = get.host || podIp;
  const asked = get.path ?? '/';
  const path = asked.startsWith('/') ? asked : `/${asked}`;
  const url = `${(get.scheme ?? 'HTTP').toLowerCase()}://${ip}:${port}${path}`;
  const own = new Map((get.httpHeaders ?? []).map(({ name, value }) => [canonicalHeader(name), value]));
  const headers: Record<string, string> = { 'User-Agent': 'kube-probe/1.36', Accept: '*/*' };
  for (const [name, value] of own) headers[name] = value;
  const http: HttpRequest = { method: 'GET', path, host: own.get('Host') ?? `${ip}:${port}`, headers };
  const answer = yield* dial(kubelet, ip, port, timeoutS, pod, `GET ${path}`, http);
  const got = (why: string): ProbeOutcome => failure(`Get "${url}": ${why}`);
  if (!answer) return got('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
  const { outcome, response } = answer;
  if (outcome === 'refused' || outcome === 'unreachable') return got(`dial tcp ${ip}:${port}: ${DIAL_ERRORS[outcome]}`);
  if (outcome === 'reset') return got('EOF');
  if (!response) return got('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
  const { status, body } = response;
  if (status >= 300 && status < 400) return redirected(response.headers, ip, body);
  if (status >= 200 && status < 400) return { result: 'success', output: body.slice(0, MOST_OUTPUT) };
  return failure(`HTTP probe failed with statuscode: ${status}`);
}

const DIAL_ERRORS = { refused: 'connect: connection refused', unreachable: 'connect: no route to host' } as const;

/** A redirection to another host is not followed, and warned of. */
function redirected(headers: Readonly<Record<string, string>>, ip: string, body: string): ProbeOutcome {
  const location = Object.entries(headers).find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
  const elsewhere = /^https?:\/\/([^/:]+)/.exec(location)?.[1];
  if (elsewhere === undefined || elsewhere === ip) return { result: 'success', output: body };
  return { result: 'warning', output: `Probe terminated redirects, Response body: ${body}` };
}

const canonicalHeader = (name: string): string =>
  name
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase())
    .join('-');

function* tcpSocket(kubelet: Kubelet, ip: string, port: number | undefined, timeoutS: number, pod: Pod): Task<ProbeOutcome> {
  if (port === undefined) return { result: 'errored', output: 'invalid port number: 0' };
  const answer = yield* dial(kubelet, ip, port, timeoutS, pod, `TCP ${port}`);
  if (!answer) return failure(`dial tcp ${ip}:${port}: i/o timeout`);
  if (answer.outcome === 'refused' || answer.outcome === 'unreachable')
    return failure(`dial tcp ${ip}:${port}: ${DIAL_ERRORS[answer.outcome]}`);
  return { result: 'success', output: '' };
}

/** A gRPC client keeps trying to connect until its time is up. */
function* grpc(kubelet: Kubelet, port: number, service: string, timeoutS: number, probed: Probed): Task<ProbeOutcome> {
  const { podIp, pod } = probed;
  const startedAt = kubelet.host.at;
  const headers = { 'Content-Type': 'application/grpc', 'User-Agent': 'kube-probe/1.36' };
  const http: HttpRequest = {
    method: 'POST',
    path: '/grpc.health.v1.Health/Check',
    host: `${podIp}:${port}`,
    headers,
    body: JSON.stringify({ service }),
  };
  const answer = yield* dial(kubelet, podIp, port, timeoutS, pod, 'GRPC Health/Check', http);
  const type = Object.entries(answer?.response?.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (answer?.outcome === 'connected' && type.startsWith('application/grpc')) {
    const said = answer.response?.body ?? '';
    if (said.includes('NOT_SERVING')) return failure('service unhealthy (responded with "NOT_SERVING")');
    return { result: 'success', output: 'service healthy' };
  }
  const leftMs = timeoutS * 1000 - (kubelet.host.at - startedAt);
  if (leftMs > 0) yield* kubelet.host.sleep(leftMs);
  return failure(`timeout: failed to connect service "${podIp}:${port}" within ${timeoutS}s: context deadline exceeded`);
}

function dial(
  kubelet: Kubelet,
  ip: string,
  port: number,
  timeoutS: number,
  pod: Pod,
  label: string,
  http?: HttpRequest,
): Task<NetAnswerMessage | undefined> {
  const { host } = kubelet;
  const asked = { sourceIp: nodeIpOf(kubelet), ip, port, ...(http ? { http } : {}) };
  return within(host.dial(asked, { label, subject: keyOf(pod) }), host.sleep(timeoutS * 1000));
}
