// The containers in a Pod's description. Models k8s.io/kubectl/pkg/describe describeContainers.
import { compareText, sortedKeys } from '../../../base/order.ts';
import type { Container, ContainerState, ContainerStatus, EnvVar, Pod, Probe } from '../../../cluster/api/types.ts';
import { type DescribeWriter, rfc1123 } from './writer.ts';

/** Writes a heading and every container under it. */
export function describeContainers(
  out: DescribeWriter,
  heading: string,
  pod: Pod,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[] | undefined,
): void {
  out.line(0, containers.length === 0 ? `${heading}: <none>` : `${heading}:`);
  for (const container of containers) {
    const status = statuses?.find((item) => item.name === container.name);
    describeBasics(out, container, status);
    describeList(out, 'Command', container.command);
    describeList(out, 'Args', container.args);
    if (status) describeStatus(out, status);
    describeResources(out, 2, container.resources);
    describeProbes(out, container);
    describeEnvironment(out, pod, container);
    describeMounts(out, container);
  }
}

function describeBasics(out: DescribeWriter, container: Container, status: ContainerStatus | undefined): void {
  out.line(1, `${container.name}:`);
  if (status) out.line(2, `Container ID:\t${status.containerID ?? ''}`);
  out.line(2, `Image:\t${container.image ?? ''}`);
  if (status) out.line(2, `Image ID:\t${status.imageID}`);
  const ports = container.ports ?? [];
  const protocol = (port: { readonly protocol?: string }) => port.protocol ?? 'TCP';
  const portText = ports.map((port) => `${port.containerPort}/${protocol(port)}${port.name ? ` (${port.name})` : ''}`).join(', ');
  const hostText = ports.map((port) => `${port.hostPort ?? 0}/${protocol(port)}${port.name ? ` (${port.name})` : ''}`).join(', ');
  out.line(2, portText.includes(',') ? `Ports:\t${portText}` : `Port:\t${portText || '<none>'}`);
  out.line(2, hostText.includes(',') ? `Host Ports:\t${hostText}` : `Host Port:\t${hostText || '<none>'}`);
  const seccomp = container.securityContext?.seccompProfile;
  if (!seccomp) return;
  out.line(2, `SeccompProfile:\t${seccomp.type}`);
  if (seccomp.type === 'Localhost') out.line(3, `LocalhostProfile:\t${seccomp.localhostProfile ?? ''}`);
}

function describeList(out: DescribeWriter, title: string, words: readonly string[] | undefined): void {
  if (!words || words.length === 0) return;
  out.line(2, `${title}:`);
  for (const line of words.flatMap((word) => word.split('\n'))) out.line(3, line);
}

function describeStatus(out: DescribeWriter, status: ContainerStatus): void {
  describeState(out, 'State', status.state);
  if (status.lastState?.terminated) describeState(out, 'Last State', status.lastState);
  out.line(2, `Ready:\t${status.ready ? 'True' : 'False'}`);
  out.line(2, `Restart Count:\t${status.restartCount}`);
}

function describeState(out: DescribeWriter, title: string, state: ContainerState | undefined): void {
  const { running, waiting, terminated } = state ?? {};
  if (running) {
    out.line(2, `${title}:\tRunning`);
    out.line(3, `Started:\t${rfc1123(running.startedAt)}`);
  } else if (!terminated || waiting) {
    out.line(2, `${title}:\tWaiting`);
    if (waiting?.reason) out.line(3, `Reason:\t${waiting.reason}`);
  } else {
    out.line(2, `${title}:\tTerminated`);
    if (terminated.reason) out.line(3, `Reason:\t${terminated.reason}`);
    if (terminated.message) out.line(3, `Message:\t${terminated.message}`);
    out.line(3, `Exit Code:\t${terminated.exitCode}`);
    if (terminated.signal) out.line(3, `Signal:\t${terminated.signal}`);
    out.line(3, `Started:\t${rfc1123(terminated.startedAt)}`);
    out.line(3, `Finished:\t${rfc1123(terminated.finishedAt)}`);
  }
}

/** Writes limits and requests, where there are any. */
export function describeResources(out: DescribeWriter, level: number, resources: Container['resources']): void {
  for (const [title, list = {}] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const names = sortedKeys(list);
    if (names.length > 0) out.line(level, `${title}:`);
    for (const name of names) out.line(level + 1, `${name}:\t${list[name]}`);
  }
}

function describeProbes(out: DescribeWriter, container: Container): void {
  for (const [title, probe] of [
    ['Liveness', container.livenessProbe],
    ['Readiness', container.readinessProbe],
    ['Startup', container.startupProbe],
  ] as const) {
    if (probe) out.line(2, `${title}:\t${probeText(probe)}`);
  }
}

/** A probe in one line. Models DescribeProbe. */
function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0, successThreshold = 0, failureThreshold = 0 } = probe;
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  const { exec, httpGet, tcpSocket, grpc } = probe;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`;
  if (httpGet) {
    const path = httpGet.path ?? '';
    const port = httpGet.port === undefined || httpGet.port === '' ? '' : `:${httpGet.port}`;
    const url = `${(httpGet.scheme ?? '').toLowerCase()}://${httpGet.host ?? ''}${port}${path.startsWith('/') ? '' : '/'}${path}`;
    return `http-get ${url} ${attributes}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function describeEnvironment(out: DescribeWriter, pod: Pod, container: Container): void {
  const from = container.envFrom ?? [];
  if (from.length > 0) out.line(2, 'Environment Variables from:');
  for (const { configMapRef, secretRef, prefix } of from) {
    const kind = configMapRef ? 'ConfigMap' : 'Secret';
    const source = configMapRef ?? secretRef;
    out.line(3, `${source?.name ?? ''}\t${prefix ? `${kind} with prefix '${prefix}'` : kind}\tOptional: ${source?.optional ?? false}`);
  }
  const variables = container.env ?? [];
  out.line(2, variables.length === 0 ? 'Environment:\t<none>' : 'Environment:');
  for (const variable of variables) describeVariable(out, pod, container, variable);
}

function describeVariable(out: DescribeWriter, pod: Pod, container: Container, { name, value, valueFrom }: EnvVar): void {
  if (!valueFrom) {
    for (const [i, line] of (value ?? '').split('\n').entries()) out.line(3, i === 0 ? `${name}:\t${line}` : `\t${line}`);
    return;
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) out.line(3, `${name}:\t${fieldValue(pod, fieldRef.fieldPath)} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`);
  else if (resourceFieldRef) {
    out.line(3, `${name}:\t${resourceValue(container, resourceFieldRef.resource)} (${resourceFieldRef.resource})`);
  } else if (secretKeyRef) {
    const { key, name: secret = '', optional = false } = secretKeyRef;
    out.line(3, `${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}`);
  } else if (configMapKeyRef) {
    const { key, name: map = '', optional = false } = configMapKeyRef;
    out.line(3, `${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}`);
  }
}

/** Only metadata can be read by kubectl; of other fields the value stays empty. Models pkg/fieldpath. */
function fieldValue(pod: Pod, path: string): string {
  const { metadata } = pod;
  const key = /^metadata\.(annotations|labels)\['([^']*)'\]$/.exec(path);
  if (key) return (key[1] === 'labels' ? metadata.labels : metadata.annotations)?.[key[2] ?? ''] ?? '';
  const values: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
  };
  return values[path] ?? '';
}

function resourceValue(container: Container, resource: string): string {
  const dot = resource.indexOf('.');
  const list = resource.slice(0, dot) === 'limits' ? container.resources?.limits : container.resources?.requests;
  const value = list?.[resource.slice(dot + 1)] ?? '0';
  return value === '0' && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : value;
}

function describeMounts(out: DescribeWriter, container: Container): void {
  const mounts = (container.volumeMounts ?? []).toSorted((a, b) => compareText(a.mountPath, b.mountPath));
  out.line(2, mounts.length === 0 ? 'Mounts:\t<none>' : 'Mounts:');
  for (const mount of mounts) {
    const flags = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path=${JSON.stringify(mount.subPath)}`] : [])];
    out.line(3, `${mount.mountPath} from ${mount.name} (${flags.join(',')})`);
  }
  const devices = (container.volumeDevices ?? []).toSorted((a, b) => compareText(a.devicePath, b.devicePath));
  if (devices.length > 0) out.line(2, 'Devices:');
  for (const device of devices) out.line(3, `${device.devicePath} from ${device.name}`);
}
