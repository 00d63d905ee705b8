// Port-forwards: connections that come from a learner's machine over a stream, into a sandbox's network.
import { isObject } from '../../base/json.ts';
import type { StreamData } from '../api/request.ts';
import type { HttpRequest } from '../messages.ts';
import type { Reply } from './containers.ts';
import { connectTo } from './dials.ts';
import type { RuntimeNode, Sandbox } from './node.ts';
import type { Streams } from './streams.ts';

/** Handles PortForward. Over the stream, each connection's request is one text (an HttpRequest as JSON, or empty for TCP alone), and so
 * is its answer: an object of `outcome` and `response` as JSON. */
export function portForward(node: RuntimeNode, streams: Streams, sandbox: Sandbox, port: number, to: string, reply: Reply) {
  const stream = streams.open(to, (data: StreamData) => {
    if (data.end) return stream.end({});
    if (data.text === undefined) return;
    const { connection } = data;
    connectTo(node, sandbox.network, port, '127.0.0.1', requestIn(data.text), (answer) => {
      stream.send({ fd: 1, text: JSON.stringify(answer), ...(connection !== undefined && { connection }) });
    });
  });
  reply({ ok: { stream: stream.id } });
}

function requestIn(text: string): HttpRequest | undefined {
  if (text === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || typeof value.method !== 'string' || typeof value.path !== 'string') return undefined;
  const headers = isObject(value.headers) ? Object.entries(value.headers).map(([name, header]) => [name, String(header)] as const) : [];
  return {
    method: value.method,
    path: value.path,
    host: String(value.host ?? ''),
    headers: Object.fromEntries(headers),
    ...(typeof value.body === 'string' && { body: value.body }),
  };
}
