// A node's containerd: answers the kubelet's calls, and runs what they ask for.
import { must } from '../../base/assert.ts';
import type { ClusterComponent } from '../component.ts';
import type { ClusterMessage, CriCallMessage } from '../messages.ts';
import { latencyBetween, runtimeOf } from '../names.ts';
import { createContainer, removeContainer, type Reply, startContainer, stopContainer, updateResources } from './containers.ts';
import type { CriAnswer, CriCall, RuntimeContainer, SandboxStatus } from './cri.ts';
import { createNode } from './create-node.ts';
import { dialAnswered, dialled, nameAnswered } from './dials.ts';
import { attach, exec, execSync } from './execs.ts';
import { kubeletTurned, powerOff, strike } from './faults.ts';
import { portForward } from './forwards.ts';
import { createHost } from './host/host.ts';
import { createManifests } from './host/manifests.ts';
import type { ImageSpec } from './images/image.ts';
import { fullName } from './images/registry.ts';
import { containerLogs } from './logs.ts';
import { relieve } from './kills.ts';
import { containerRow, createFlush, createScheduler, type NodeOptions, type RuntimeNode, type Sandbox, sandboxRow } from './node.ts';
import { POD_KEEPER } from './pod-keeper.ts';
import { imageStatus, pullImage } from './pulls.ts';
import { removeSandbox, runSandbox, stopSandbox } from './sandboxes.ts';
import { stand, type StandingPod } from './standing.ts';
import { createStreams, type Streams } from './streams.ts';

/** What a node's runtime starts with. */
export interface RuntimeOptions extends NodeOptions {
  /** What the scenario says of images. */
  readonly images: readonly ImageSpec[];
  /** Images that are on the node from the start. */
  readonly present: readonly string[];
  readonly standing: readonly StandingPod[];
}

/** The containerd of a node. Models containerd's CRI plugin, with runc and the CNI plugins below it. */
export function createRuntime(options: RuntimeOptions): ClusterComponent {
  const scheduler = createScheduler();
  const node = createNode({ ...options, self: runtimeOf(options.node), keeper: POD_KEEPER }, scheduler);
  const streams = createStreams(node);
  const host = createHost(node, streams);
  const manifests = createManifests(node);
  const flush = createFlush(node, () => relieve(node));

  const receive = (from: string, body: ClusterMessage) => {
    switch (body.type) {
      case 'start':
        return start(node, options);
      case 'wake':
        return scheduler.due(must(body.key, 'a wake-up says what for'));
      case 'cri-call':
        return call(node, streams, from, body);
      case 'stream':
        return streams.take(body.stream, body.data);
      case 'login':
        return host.login(body, from);
      case 'net-dial':
        return dialled(node, body);
      case 'net-answer':
        return dialAnswered(node, body);
      case 'net-resolved':
        return nameAnswered(node, body.id, body.ip);
      default:
    }
  };

  return {
    name: node.self,
    handle(context, { from, body }) {
      scheduler.enter(context);
      if (body.type === 'fault' && (body.kind === 'node-down' || body.kind === 'node-up')) {
        if (body.node !== options.node) return;
        node.isDown = body.kind === 'node-down';
        // The kubelet goes with the power, and comes with it.
        kubeletTurned(node, !node.isDown);
        if (node.isDown) {
          powerOff(node);
          host.powerOff();
          scheduler.clear();
          streams.clear();
        }
      } else if (body.type === 'fault' && (body.kind === 'static-add' || body.kind === 'static-remove')) manifests.strike(body);
      else if (body.type === 'fault') strike(node, body);
      else if (!node.isDown) receive(from, body);
      manifests.look();
      flush();
    },
  };
}

function start(node: RuntimeNode, options: RuntimeOptions) {
  for (const name of options.present) {
    const full = fullName(name);
    if (full === undefined) continue;
    const resolved = node.registry.resolve(name);
    if ('image' in resolved) node.images.set(full, resolved.image);
  }
  for (const pod of options.standing) stand(node, pod);
}

/** Answers are drawn for calls that change something; questions only at the finest level. */
const QUESTIONS = new Set<CriCall['call']>(['ImageStatus', 'PodStatus', 'ExecSync', 'ContainerLogs']);

function call(node: RuntimeNode, streams: Streams, from: string, { id, call: asked }: CriCallMessage) {
  const reply: Reply = (answer) => {
    const label = 'error' in answer ? `${asked.call}: ${answer.error.code}` : asked.call;
    const level = QUESTIONS.has(asked.call) ? 'all' : 'api';
    const sending = { latencyMs: latencyBetween(node.self, from), kind: 'answer', level, label } as const;
    node.context().send(from, { type: 'cri-answer', id, answer }, sending);
  };
  perform(node, streams, from, asked, reply);
}

const notFound = (what: string, id: string): CriAnswer => ({
  error: { code: 'NotFound', message: `rpc error: code = NotFound desc = an error occurred when try to find ${what} "${id}": not found` },
});

function perform(node: RuntimeNode, streams: Streams, from: string, asked: CriCall, reply: Reply) {
  switch (asked.call) {
    case 'ImageStatus':
      return reply(imageStatus(node, asked.image));
    case 'PullImage':
      return pullImage(node, asked.image, reply);
    case 'PodStatus':
      return reply({ ok: { pods: podStatus(node, asked.podUid) } });
    case 'RunPodSandbox':
      return runSandbox(node, asked, reply);
    case 'StopPodSandbox':
      return stopSandbox(node, asked.sandboxId, reply);
    case 'RemovePodSandbox':
      return removeSandbox(node, asked.sandboxId, reply);
    case 'CreateContainer': {
      const sandbox = node.sandboxes.get(asked.sandboxId);
      return sandbox ? createContainer(node, sandbox, asked.config, reply) : reply(notFound('sandbox', asked.sandboxId));
    }
    case 'PortForward': {
      const sandbox = node.sandboxes.get(asked.sandboxId);
      return sandbox ? portForward(node, streams, sandbox, asked.port, from, reply) : reply(notFound('sandbox', asked.sandboxId));
    }
    default:
      return performOn(node, streams, from, asked, reply);
  }
}

type ContainerCall = Extract<CriCall, { containerId: string }>;

/** Calls that name a container. */
function performOn(node: RuntimeNode, streams: Streams, from: string, asked: ContainerCall, reply: Reply) {
  const container = node.containers.get(asked.containerId);
  if (!container) return reply(asked.call === 'RemoveContainer' ? { ok: {} } : notFound('container', asked.containerId));
  switch (asked.call) {
    case 'StartContainer':
      return startContainer(node, container, reply);
    case 'StopContainer':
      return stopContainer(node, container, asked.timeoutMs, reply);
    case 'RemoveContainer':
      removeContainer(node, container);
      return reply({ ok: {} });
    case 'UpdateContainerResources':
      updateResources(node, container, asked.cpuLimitMilli, asked.memoryLimitBytes);
      return reply({ ok: {} });
    case 'ExecSync':
      return execSync(node, container, asked.command, asked.timeoutMs, reply);
    case 'Exec':
      return exec(node, streams, container, asked.command, asked, from, reply);
    case 'Attach':
      return attach(streams, container, asked, from, reply);
    case 'ContainerLogs':
      return containerLogs(node, streams, container, asked, from, reply);
  }
}

/** Every sandbox (of one Pod, or all) with its containers, in the order in which they were made. */
function podStatus(node: RuntimeNode, podUid: string | undefined): readonly SandboxStatus[] {
  const found = new Map<Sandbox, RuntimeContainer[]>();
  for (const sandbox of node.sandboxes.values()) if (podUid === undefined || sandbox.pod.uid === podUid) found.set(sandbox, []);
  for (const container of node.containers.values()) found.get(container.sandbox)?.push(containerRow(container));
  return [...found].map(([sandbox, containers]) => ({ ...sandboxRow(sandbox), containers }));
}
