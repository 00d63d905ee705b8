// Probes and lifecycle hooks. Models validateProbe, validateHandler and validateLifecycle in pkg/apis/core/validation/validation.go.
import { type FieldError, forbiddenField, invalidValue, notSupported, required } from '../field-error.ts';
import { headerName, portName, portNumber } from '../name-rules.ts';
import type { GRPCAction, HTTPGetAction, IntOrString, Lifecycle, LifecycleHandler, PodOS, Probe } from '../types.ts';
import { nonNegative } from './meta.ts';
import { LINUX_STOP_SIGNALS, WINDOWS_STOP_SIGNALS } from './stop-signals.ts';

type Handler = LifecycleHandler & { readonly grpc?: GRPCAction };

const SCHEMES = ['HTTP', 'HTTPS'];

/** A port by number or by name. */
export function validatePort(port: IntOrString | undefined, field: string): FieldError[] {
  const value = port ?? 0;
  const texts = typeof value === 'number' ? portNumber(value) : portName(value);
  return texts.map((text) => invalidValue(field, value, text));
}

function validateHttpGet(http: HTTPGetAction, field: string): FieldError[] {
  const scheme = http.scheme ?? '';
  return [
    ...(http.path ? [] : [required(`${field}.path`)]),
    ...validatePort(http.port, `${field}.port`),
    ...(SCHEMES.includes(scheme) ? [] : [notSupported(`${field}.scheme`, scheme, SCHEMES)]),
    ...(http.httpHeaders ?? []).flatMap((header) =>
      headerName(header.name).map((text) => invalidValue(`${field}.httpHeaders`, header.name, text)),
    ),
  ];
}

/** What runs, asks or waits: exactly one kind of it. `graceSeconds` bounds how long a hook may sleep. */
function validateHandler(handler: Handler, graceSeconds: number | undefined, field: string): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const checks: readonly (readonly [string, FieldError[] | undefined])[] = [
    ['exec', exec && (exec.command && exec.command.length > 0 ? [] : [required(`${field}.exec.command`)])],
    ['httpGet', httpGet && validateHttpGet(httpGet, `${field}.httpGet`)],
    ['tcpSocket', tcpSocket && validatePort(tcpSocket.port, `${field}.tcpSocket.port`)],
    ['grpc', grpc && validatePort(grpc.port, `${field}.grpc.port`)],
    ['sleep', sleep && validateSleep(sleep.seconds, graceSeconds, `${field}.sleep`)],
  ];
  const given = checks.filter(([, errors]) => errors !== undefined);
  if (given.length === 0) return [required(field, 'must specify a handler type')];
  return given.flatMap(([name, errors], i) =>
    i === 0 ? (errors ?? []) : [forbiddenField(`${field}.${name}`, 'may not specify more than 1 handler type')],
  );
}

function validateSleep(seconds: number, graceSeconds: number | undefined, field: string): FieldError[] {
  if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return [];
  return [invalidValue(field, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`)];
}

const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;

function validateProbe(probe: Probe, graceSeconds: number | undefined, field: string): FieldError[] {
  const own = probe.terminationGracePeriodSeconds;
  return [
    ...validateHandler(probe, graceSeconds, field),
    ...COUNTS.flatMap((count) => ((probe[count] ?? 0) < 0 ? [nonNegative(`${field}.${count}`, probe[count] ?? 0)] : [])),
    ...(own !== undefined && own <= 0 ? [invalidValue(`${field}.terminationGracePeriodSeconds`, own, 'must be greater than 0')] : []),
  ];
}

/** The three probes of a container; liveness and startup succeed at the first success. */
export function validateProbes(
  container: { readonly livenessProbe?: Probe; readonly readinessProbe?: Probe; readonly startupProbe?: Probe },
  graceSeconds: number | undefined,
  field: string,
): FieldError[] {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  const once = (probe: Probe, at: string): FieldError[] =>
    probe.successThreshold === 1 ? [] : [invalidValue(`${at}.successThreshold`, probe.successThreshold ?? 0, 'must be 1')];
  const ungraced = (probe: Probe, at: string): FieldError[] =>
    probe.terminationGracePeriodSeconds === undefined
      ? []
      : [invalidValue(`${at}.terminationGracePeriodSeconds`, probe.terminationGracePeriodSeconds, 'must not be set for readinessProbes')];
  const all = (probe: Probe | undefined, name: string, rest: (probe: Probe, at: string) => FieldError[]): FieldError[] =>
    probe === undefined ? [] : [...validateProbe(probe, graceSeconds, `${field}.${name}`), ...rest(probe, `${field}.${name}`)];
  return [
    ...all(livenessProbe, 'livenessProbe', once),
    ...all(readinessProbe, 'readinessProbe', ungraced),
    ...all(startupProbe, 'startupProbe', once),
  ];
}

/** A container's hooks and its stop signal. */
export function validateLifecycle(
  lifecycle: Lifecycle | undefined,
  graceSeconds: number | undefined,
  os: PodOS | undefined,
  field: string,
): FieldError[] {
  if (lifecycle === undefined) return [];
  const { postStart, preStop, stopSignal } = lifecycle;
  return [
    ...(postStart ? validateHandler(postStart, graceSeconds, `${field}.postStart`) : []),
    ...(preStop ? validateHandler(preStop, graceSeconds, `${field}.preStop`) : []),
    ...(stopSignal === undefined ? [] : validateStopSignal(stopSignal, os, `${field}.stopSignal`)),
  ];
}

function validateStopSignal(signal: string, os: PodOS | undefined, field: string): FieldError[] {
  if (os === undefined) return [forbiddenField(field, 'may not be set for containers with empty `spec.os.name`')];
  const supported = os.name === 'windows' ? WINDOWS_STOP_SIGNALS : LINUX_STOP_SIGNALS;
  return supported.includes(signal) ? [] : [notSupported(field, signal, supported)];
}
