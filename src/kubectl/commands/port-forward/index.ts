// `kubectl port-forward`: ports of this computer that lead into a Pod. Models k8s.io/kubectl/pkg/cmd/portforward and
// k8s.io/client-go/tools/portforward. Simplified: the stream of a port carries each connection's HTTP exchange as one text each way.
import { isObject } from '../../../base/json.ts';
import type { HttpResponse } from '../../../cluster/api/http.ts';
import type { Pod, Service } from '../../../cluster/api/types.ts';
import type { Kubectl, LocalConnection } from '../../ask.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { podOf } from '../../pod-of.ts';
import { requireResource } from '../../resource-names.ts';
import { upgradeError } from '../../streaming.ts';

interface Forward {
  readonly local: number;
  readonly remote: number;
}

const FIRST_FREE_PORT = 40_000;

const portForward: Command = {
  name: 'port-forward',
  usage: 'port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  about: 'Forward one or more local ports to a pod.',
  flags: [
    { name: 'address', type: 'list' },
    { name: 'pod-running-timeout', type: 'duration', default: '1m0s' },
  ],
  *run(context) {
    const { args } = context;
    const [name = '', ...ports] = args;
    if (args.length < 2) throw usageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
    const pod = yield* podOf(context, name);
    const forwards = yield* forwardsOf(context, name, pod, ports);
    if (pod.status.phase !== 'Running') {
      throw fail(`unable to forward port because pod is not running. Current status=${pod.status.phase}`);
    }
    const streams = new Map<number, string>();
    for (const { local, remote } of forwards) streams.set(local, yield* open(context, pod, remote));
    for (const { local, remote } of forwards) {
      const { error } = yield { ask: 'listen', port: local };
      if (error !== undefined) {
        yield* complain(
          `Unable to listen on port ${local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:${local}: bind: address already in use unable to create listener: Error listen tcp6 [::1]:${local}: bind: address already in use]\n`,
        );
        throw fail(`unable to listen on any of the requested ports: [{${local} ${remote}}]`);
      }
      yield* print(`Forwarding from 127.0.0.1:${local} -> ${remote}\nForwarding from [::1]:${local} -> ${remote}\n`);
    }
    return yield* serve(streams);
  },
};

/** `8888:80`, `80`, `:80`, `8888:http`; of a Service its target ports. */
function* forwardsOf(context: CommandContext, name: string, pod: Pod, ports: readonly string[]): Kubectl<Forward[]> {
  const { client, namespace } = context;
  const [kind = '', serviceName = ''] = name.split('/');
  const isService = name.includes('/') && requireResource(kind).kind === 'Service';
  const service = isService
    ? ((yield* client.object({ method: 'GET', resource: requireResource('services'), namespace, name: serviceName })) as unknown as Service)
    : undefined;
  return ports.map((text, i) => {
    const parts = text.split(':');
    if (parts.length > 2) throw fail(`invalid port format '${text}'`);
    const remoteText = parts.at(-1) ?? '';
    const remote = remotePort(pod, service, remoteText);
    const local = parts.length === 1 ? Number(remoteText) || remote : parts[0] === '' ? FIRST_FREE_PORT + i : Number(parts[0]);
    if (!Number.isInteger(local) || local < 0 || local > 65_535) {
      throw fail(`error parsing local port '${parts[0]}': strconv.ParseUint: parsing ${JSON.stringify(parts[0])}: invalid syntax`);
    }
    return { local, remote };
  });
}

function remotePort(pod: Pod, service: Service | undefined, text: string): number {
  const named = (name: string) => pod.spec.containers.flatMap(({ ports = [] }) => ports).find((port) => port.name === name)?.containerPort;
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  if (service) {
    const port = (service.spec?.ports ?? []).find((item) => (number === undefined ? item.name === text : item.port === number));
    if (!port) throw fail(`Service ${service.metadata.name} does not have a service port ${text}`);
    const target = port.targetPort ?? port.port;
    return typeof target === 'number' ? target : (named(target) ?? port.port);
  }
  const found = number ?? named(text);
  if (found === undefined) throw fail(`Pod '${pod.metadata.name}' does not have a named port '${text}'`);
  if (found < 1 || found > 65_535) throw fail('remote port must be > 0');
  return found;
}

function* open({ client }: CommandContext, { metadata }: Pod, port: number): Kubectl<string> {
  const { namespace, name } = metadata;
  const query = { ports: String(port) };
  const response = yield* client.ask({
    method: 'POST',
    resource: requireResource('pods'),
    namespace,
    name,
    subresource: 'portforward',
    query,
  });
  if (response.code >= 400 || response.stream === undefined) throw upgradeError(response);
  return response.stream;
}

/** Passes connections on until the other side is lost. */
function* serve(streams: ReadonlyMap<number, string>): Kubectl<number> {
  const waiting = new Map<number, LocalConnection>();
  let last = 0;
  for (;;) {
    const { connection, data } = yield { ask: 'next', streams: [...streams.values()], connections: true };
    if (connection) {
      last += 1;
      waiting.set(last, connection);
      yield* print(`Handling connection for ${connection.port}\n`);
      const text = connection.http ? JSON.stringify(connection.http) : '';
      yield { ask: 'send', stream: streams.get(connection.port) ?? '', data: { fd: 0, text, connection: last } };
    }
    if (data?.text !== undefined && data.connection !== undefined) {
      const response = responseIn(data.text);
      if (response) waiting.get(data.connection)?.respond(response);
      else throw fail('lost connection to pod');
      waiting.delete(data.connection);
    }
    if (data?.end) throw fail(data.end.error ?? 'lost connection to pod');
  }
}

/** What the process answered, or undefined where nobody listens or it did not answer. */
function responseIn(text: string): HttpResponse | undefined {
  const answer: unknown = JSON.parse(text);
  if (!isObject(answer) || !isObject(answer.response)) return undefined;
  const { status, headers, body } = answer.response;
  const shown = isObject(headers) ? Object.entries(headers).map(([key, value]) => [key, String(value)] as const) : [];
  return { status: Number(status), headers: Object.fromEntries(shown), body: String(body ?? '') };
}

export default portForward;
