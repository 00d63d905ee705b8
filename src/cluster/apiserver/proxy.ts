// Logs, exec and port-forward: checked here, then passed on to the kubelet of the Pod's node; streams are relayed both ways.
// Models pkg/registry/core/pod/strategy.go (LogLocation, streamLocation, PortForwardLocation) and rest/log.go.
import type { ApiResponse } from '../api/request.ts';
import { type FieldError, invalidValue } from '../api/field-error.ts';
import { nodeKey, podKey } from '../api/resources.ts';
import { badRequest, internalError, invalid, notFound } from '../api/status.ts';
import type { Node, Pod, Status } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { StreamMessage } from '../messages.ts';
import { API_SERVER, kubeletOf, latencyBetween } from '../names.ts';
import type { Stored } from './cache.ts';
import { type Ask, type Server, refuse, respond } from './server.ts';

/** One end of a stream. */
interface End {
  readonly component: string;
  readonly stream: string;
}

/** Requests that were passed on, and the streams that came of them. */
export interface Proxy {
  serve(server: Server, context: ClusterContext, ask: Ask): void;
  /** A kubelet's answer; false where it is none of ours. */
  answered(server: Server, context: ClusterContext, from: string, id: number, response: ApiResponse): boolean;
  /** A piece of a stream from either end; false where the stream is none of ours. */
  relay(context: ClusterContext, from: string, message: StreamMessage): boolean;
  /** A kubelet has stopped, or its node is gone: its requests fail, its streams break. */
  lost(context: ClusterContext, node: string): void;
}

/** How long a connection to a node that does not answer is tried. */
export const DIAL_TIMEOUT_MS = 30_000;

/** Nothing passed on yet. */
export function createProxy(): Proxy {
  const waiting = new Map<number, { readonly ask: Ask; readonly kubelet: string }>();
  const peers = new Map<string, End>();
  let lastId = 0;
  const endKey = ({ component, stream }: End): string => `${component} ${stream}`;
  const cut = (a: End): void => {
    const b = peers.get(endKey(a));
    peers.delete(endKey(a));
    if (b) peers.delete(endKey(b));
  };

  return {
    serve(server, context, ask) {
      const located = locate(server, ask);
      if ('refusal' in located) return refuse(context, ask, located.refusal);
      if ('text' in located) return respond(context, ask, 200, located.text);
      const { node, path } = located;
      const down = server.down.get(node);
      if (down !== undefined) return refuseDown(server, context, ask, node, path, down);
      lastId += 1;
      const kubelet = kubeletOf(node);
      waiting.set(lastId, { ask, kubelet });
      const { userAgent: _, ...request } = ask.request;
      context.send(
        kubelet,
        { type: 'request', id: lastId, request: { ...request, path, userAgent: 'kube-apiserver' } },
        {
          latencyMs: latencyBetween(API_SERVER, kubelet),
          kind: 'request',
          level: 'api',
          label: `${ask.request.method} ${path}`,
          subject: podKey(ask.target.namespace, ask.target.name),
        },
      );
    },
    answered(server, context, from, id, response) {
      const asked = waiting.get(id);
      if (asked?.kubelet !== from) return false;
      waiting.delete(id);
      const { stream, code, body, warnings } = response;
      if (stream === undefined) {
        respond(context, asked.ask, code, body, { warnings });
        return true;
      }
      const near: End = { component: asked.ask.from, stream: server.newStream() };
      const far: End = { component: from, stream };
      peers.set(endKey(far), near);
      peers.set(endKey(near), far);
      respond(context, asked.ask, code, body, { warnings, stream: near.stream });
      return true;
    },
    relay(context, from, { stream, data }) {
      const here: End = { component: from, stream };
      const there = peers.get(endKey(here));
      if (!there) return false;
      if (data.end) cut(here);
      context.send(
        there.component,
        { type: 'stream', stream: there.stream, data },
        { latencyMs: latencyBetween(API_SERVER, there.component), kind: 'packet', level: 'all', label: data.end ? 'END' : 'DATA' },
      );
      return true;
    },
    lost(context, node) {
      const kubelet = kubeletOf(node);
      for (const [id, { ask, kubelet: asked }] of [...waiting]) {
        if (asked !== kubelet) continue;
        waiting.delete(id);
        refuse(context, ask, internalError('error dialing backend: EOF'));
      }
      for (const near of [...peers.values()]) {
        const far = peers.get(endKey(near));
        if (far?.component !== kubelet) continue;
        cut(near);
        context.send(
          near.component,
          { type: 'stream', stream: near.stream, data: { end: { error: 'unexpected EOF' } } },
          { latencyMs: latencyBetween(API_SERVER, near.component), kind: 'packet', level: 'all', label: 'END' },
        );
      }
    },
  };
}

/** Where a request goes: to a node's kubelet, or it is answered at once. */
type Location = { readonly node: string; readonly path: string } | { readonly refusal: Status } | { readonly text: string };

function locate(server: Server, { target, query }: Ask): Location {
  const { namespace, name, subresource } = target;
  const pod = server.cache.get(podKey(namespace, name))?.object as (Stored & Pod) | undefined;
  if (!pod) return { refusal: notFound({ group: '', name: 'pods' }, name) };
  const node = pod.spec.nodeName ?? '';
  if (subresource === 'portforward') {
    if (node === '') return { refusal: badRequest(`pod ${name} does not have a host assigned`) };
    return { node, path: `/portForward/${namespace}/${name}` };
  }
  if (subresource === 'log') {
    const errors = checkLogOptions(query);
    if (errors.length > 0) return { refusal: invalid({ group: '', name: 'PodLogOptions' }, name, errors) };
  }
  const container = chooseContainer(pod, query.container ?? '');
  if (typeof container !== 'string') return { refusal: container };
  if (subresource === 'log') {
    // Nothing runs anywhere: there is no text, and no error.
    return node === '' ? { text: '' } : { node, path: `/containerLogs/${namespace}/${name}/${container}` };
  }
  if (node === '') return { refusal: badRequest(`pod ${name} does not have a host assigned`) };
  return { node, path: `/${subresource}/${namespace}/${name}/${container}` };
}

/** The container that is meant: the only one, where none is named. */
function chooseContainer({ metadata, spec }: Pod, asked: string): string | Status {
  const names = (list: readonly { readonly name: string }[] | undefined): string[] => (list ?? []).map(({ name }) => name);
  const [regular, init, ephemeral] = [names(spec.containers), names(spec.initContainers), names(spec.ephemeralContainers)];
  if (asked !== '') {
    if ([...regular, ...init, ...ephemeral].includes(asked)) return asked;
    return badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  }
  if (regular.length === 1 && regular[0] !== undefined) return regular[0];
  let text = `a container name must be specified for pod ${metadata.name}`;
  if (regular.length > 0) text += `, choose one of: [${regular.join(' ')}]`;
  if (init.length > 0) text += ` or one of the init containers: [${init.join(' ')}]`;
  if (ephemeral.length > 0) text += ` or one of the ephemeral containers: [${ephemeral.join(' ')}]`;
  return badRequest(text);
}

/** Models ValidatePodLogOptions. */
function checkLogOptions(query: Readonly<Record<string, string>>): FieldError[] {
  const errors: FieldError[] = [];
  const { tailLines, limitBytes, sinceSeconds, sinceTime } = query;
  if (tailLines !== undefined && Number(tailLines) < 0) {
    errors.push(invalidValue('tailLines', Number(tailLines), 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && Number(limitBytes) < 1)
    errors.push(invalidValue('limitBytes', Number(limitBytes), 'must be greater than 0'));
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    errors.push({ type: 'FieldValueForbidden', field: '', detail: 'at most one of `sinceTime` or `sinceSeconds` may be specified' });
  } else if (sinceSeconds !== undefined && Number(sinceSeconds) < 1) {
    errors.push(invalidValue('sinceSeconds', Number(sinceSeconds), 'must be greater than 0'));
  }
  return errors;
}

/** A kubelet that has stopped refuses at once; a node that is gone lets the dial run into its time limit. */
function refuseDown(server: Server, context: ClusterContext, ask: Ask, node: string, path: string, how: 'kubelet' | 'node') {
  const addresses = (server.cache.get(nodeKey(node))?.object as (Stored & Node) | undefined)?.status?.addresses ?? [];
  const address = `${addresses.find(({ type }) => type === 'InternalIP')?.address ?? node}:10250`;
  const cause = how === 'kubelet' ? 'connect: connection refused' : 'i/o timeout';
  const dial = `dial tcp ${address}: ${cause}`;
  const isLog = ask.target.subresource === 'log';
  const status: Status = isLog
    ? { ...internalError(''), reason: '', message: `Get "https://${address}${path}": ${dial}` }
    : { ...internalError(''), reason: '', message: `error dialing backend: ${dial}` };
  if (how === 'kubelet') return refuse(context, ask, status);
  server.later(context, DIAL_TIMEOUT_MS, (then) => refuse(then, ask, status));
}
