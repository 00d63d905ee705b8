// The Docker Engine API, as far as its client asks for it: method and path to what is done.
import type { ApiRequest } from '../api/request.ts';
import { attach, exec } from '../runtime/execs.ts';
import { containerLogs } from '../runtime/logs.ts';
import { type CreateBody, create } from './create.ts';
import { type DockerContainer, type DockerEngine, findContainer } from './engine.ts';
import { kill, remove, start, stop } from './life.ts';
import { pull, resolve } from './pull.ts';
import { conflict, DockerRefusal, noSuchContainer } from './refusal.ts';
import { imageSummary, inspect, summaryOf } from './views.ts';
import type { CriAnswer } from '../runtime/cri.ts';

/** An answer of the engine. */
export interface Answer {
  readonly code: number;
  readonly body?: unknown;
  readonly stream?: string;
}

type Reply = (answer: Answer) => void;
type Routes = (request: ApiRequest, from: string, reply: Reply) => void;

const CREATE_MS = 45;
const STOP_MS = 10_000;
const DONE: Answer = { code: 204 };

/** What a client has said of a command. */
export interface ExecBody {
  readonly Cmd: readonly string[];
  readonly AttachStdin: boolean;
  readonly Tty: boolean;
}

/** The routes of an engine. A refusal is thrown, or answered later. */
export function createRoutes(engine: DockerEngine): Routes {
  const { node } = engine;
  const find = (reference: string): DockerContainer => {
    const found = findContainer(engine, reference);
    if (!found) throw noSuchContainer(reference);
    return found;
  };
  const refuse = (reply: Reply, { code, message }: DockerRefusal): void => reply({ code, body: { message } });

  const createOne = (request: ApiRequest, reply: Reply): void => {
    node.later(node.around(CREATE_MS, 12), () => {
      try {
        // The client is ours, and sends nothing else.
        const one = create(engine, request.query?.name ?? '', request.body as CreateBody);
        if (one.isRemovedAtEnd) one.container.onEnd.add(() => remove(engine, one, true, () => {}));
        reply({ code: 201, body: { Id: one.container.id } });
      } catch (error) {
        if (!(error instanceof DockerRefusal)) throw error;
        refuse(reply, error);
      }
    });
  };
  const pullOne = ({ query = {} }: ApiRequest, from: string, reply: Reply): void => {
    const name = query.fromImage ?? '';
    const resolved = resolve(engine, name);
    if ('refusal' in resolved && resolved.refusal.code === 400) throw resolved.refusal;
    const stream = engine.streams.open(from, () => {});
    reply({ code: 200, stream: stream.id });
    pull(engine, name, stream);
  };
  const startExec = (id: string, from: string, reply: Reply): void => {
    const pending = engine.execs.get(id);
    if (!pending) throw new DockerRefusal(404, `No such exec instance: ${id}`);
    engine.execs.delete(id);
    const { of, command, stdin, tty } = pending;
    exec(node, engine.streams, of.container, command, { stdin, tty }, from, streamReply(of, reply), ociPart);
  };
  const onContainer = (one: DockerContainer, verb: string, request: ApiRequest, from: string, reply: Reply) => {
    const { query = {}, body } = request;
    switch (verb) {
      case 'json':
        return reply({ code: 200, body: inspect(engine, one) });
      case 'start':
        return start(engine, one, (refusal) => (refusal ? refuse(reply, refusal) : reply(DONE)));
      case 'stop':
        return stop(engine, one, query.t === undefined ? STOP_MS : Number(query.t) * 1000, () => reply(DONE));
      case 'kill':
        kill(engine, one, query.signal ?? 'KILL');
        return reply(DONE);
      case 'attach': {
        const { stdin, tty } = one.container.config;
        return attach(engine.streams, one.container, { stdin, tty }, from, streamReply(one, reply), true);
      }
      case 'logs':
        return containerLogs(node, engine.streams, one.container, logsCall(one, query), from, streamReply(one, reply));
      case 'exec':
        return announceExec(engine, one, body as ExecBody, reply);
      default:
        throw new DockerRefusal(404, 'page not found');
    }
  };

  return (request, from, reply) => {
    const [, kind, id = '', verb = ''] = request.path.split('/');
    const { method, query = {} } = request;
    const route = `${method} ${kind}`;
    if (route === 'POST containers' && id === 'create') return createOne(request, reply);
    if (route === 'GET containers' && id === 'json') {
      const all = [...engine.containers.values()].filter(({ container }) => query.all === '1' || container.state === 'running');
      return reply({ code: 200, body: all.reverse().map((one) => summaryOf(engine, one)) });
    }
    if (route === 'DELETE containers') return remove(engine, find(id), query.force === '1', () => reply(DONE));
    if (kind === 'containers') return onContainer(find(id), verb, request, from, reply);
    if (route === 'POST exec') return startExec(id, from, reply);
    if (route === 'POST images') return pullOne(request, from, reply);
    if (route === 'GET images') return reply({ code: 200, body: [...node.images.values()].reverse().map(imageSummary) });
    throw new DockerRefusal(404, 'page not found');
  };
}

const streamReply =
  (one: DockerContainer, reply: Reply) =>
  (answer: CriAnswer): void => {
    if ('error' in answer) reply({ code: 409, body: { message: `container ${one.container.id} is not running` } });
    else reply({ code: 200, body: answer.ok.text, ...(answer.ok.stream !== undefined && { stream: answer.ok.stream }) });
  };

/** Of what containerd says, what its runtime said. */
const ociPart = (error: string): string => `${error.slice(Math.max(0, error.indexOf('OCI runtime')))}: unknown`;

const logsCall = ({ container }: DockerContainer, { follow, tail, timestamps }: Readonly<Record<string, string>>) =>
  ({
    call: 'ContainerLogs',
    containerId: container.id,
    follow: follow === '1',
    timestamps: timestamps === '1',
    ...(tail !== undefined && tail !== 'all' && { tailLines: Number(tail) }),
  }) as const;

function announceExec(engine: DockerEngine, of: DockerContainer, { Cmd, AttachStdin, Tty }: ExecBody, reply: Reply): void {
  if (of.container.state !== 'running') throw conflict(`container ${of.container.id} is not running`);
  engine.count += 1;
  const id = engine.node.newId('docker-exec', `${of.container.id}/${engine.count}`);
  engine.execs.set(id, { of, command: Cmd, stdin: AttachStdin, tty: Tty });
  reply({ code: 201, body: { Id: id } });
}
