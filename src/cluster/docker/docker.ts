// The Docker Engine on a learner's laptop: dockerd, with containerd and runc below it, in one component. It runs containers with the same
// processes, shells, images and sockets as a node's containerd does for Pods; what it has not is a Pod. Models the Docker Engine API.
import { must } from '../../base/assert.ts';
import type { ClusterComponent } from '../component.ts';
import type { ClusterMessage, NetAnswerMessage, NetDialMessage } from '../messages.ts';
import { DOCKER, latencyBetween } from '../names.ts';
import { createNode } from '../runtime/create-node.ts';
import { connectTo, networkAt } from '../runtime/dials.ts';
import type { ImageSpec } from '../runtime/images/image.ts';
import { relieve } from '../runtime/kills.ts';
import { createFlush, createScheduler, type Dialled } from '../runtime/node.ts';
import { createStreams } from '../runtime/streams.ts';
import type { DockerEngine } from './engine.ts';
import { createDockerKeeper } from './keeper.ts';
import { DockerRefusal } from './refusal.ts';
import { createRoutes, type Answer } from './routes.ts';
import { DOCKER_BRIDGE } from './row.ts';

/** What a Docker Engine starts with: nothing but what registries have. */
export interface DockerOptions {
  readonly startAtMs: number;
  readonly images: readonly ImageSpec[];
}

const CPU_MILLI = 4000;
const MEMORY_BYTES = 8 * 1024 ** 3;

/** The component `docker`. It does nothing until a client asks. */
export function createDocker({ startAtMs, images }: DockerOptions): ClusterComponent {
  const scheduler = createScheduler();
  let engine: DockerEngine | undefined;
  const own = (): DockerEngine => must(engine, 'the engine stands');
  const { ip: hostIp, range: podCidr } = DOCKER_BRIDGE;
  const node = createNode(
    {
      node: DOCKER,
      self: DOCKER,
      startAtMs,
      hostIp,
      podCidr,
      images,
      cpuMilli: CPU_MILLI,
      memoryBytes: MEMORY_BYTES,
      keeper: createDockerKeeper(own),
    },
    scheduler,
  );
  const streams = createStreams(node);
  engine = { node, streams, containers: new Map(), execs: new Map(), count: 0 };
  const routes = createRoutes(engine);
  const flush = createFlush(node, () => relieve(node));

  const asked = (from: string, { id, request }: Extract<ClusterMessage, { type: 'request' }>): void => {
    const answer = ({ code, body, stream }: Answer): void => {
      const response = { code, body, warnings: [], ...(stream !== undefined && { stream }) };
      const sending = { latencyMs: latencyBetween(DOCKER, from), kind: 'response', level: 'all', label: String(code) } as const;
      node.context().send(from, { type: 'response', id, response }, sending);
    };
    try {
      routes(request, from, answer);
    } catch (error) {
      if (!(error instanceof DockerRefusal)) throw error;
      answer({ code: error.code, body: { message: error.message } });
    }
  };
  /** A program on the laptop itself connects: to a port that is published, or over the bridge. */
  const dialled = (from: string, { id, ip, port, http }: NetDialMessage): void => {
    const found = networkAt(node, ip, port);
    const answer = (result: Dialled): void => {
      const body: NetAnswerMessage = { type: 'net-answer', id, ...result };
      const label = result.response ? String(result.response.status) : result.outcome;
      node.context().send(from, body, { latencyMs: 1, kind: 'packet', level: 'api', label });
    };
    if (found) connectTo(node, found.network, found.port, DOCKER_BRIDGE.ip, http, answer);
  };

  return {
    name: DOCKER,
    handle(context, { from, body }) {
      scheduler.enter(context);
      if (body.type === 'wake') scheduler.due(must(body.key, 'a wake-up says what for'));
      else if (body.type === 'request') asked(from, body);
      else if (body.type === 'stream') streams.take(body.stream, body.data);
      else if (body.type === 'net-dial') dialled(from, body);
      flush();
    },
  };
}
