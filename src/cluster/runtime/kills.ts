// Killing what runs in a container, and the memory that makes the kernel do so: the container's own limit, or the node's end.
import { type Container, memoryOf, type RuntimeNode } from './node.ts';

/** Whether it holds more memory than it may. */
export const isOverLimit = (container: Container): boolean =>
  container.memoryLimitBytes !== undefined && memoryOf(container) > container.memoryLimitBytes;

/** Kills whatever runs in a container, as the kernel does. */
export function killContainer(node: RuntimeNode, container: Container) {
  if (container.state !== 'running') return;
  container.machine?.signal(container.pid, 'KILL');
  container.machine?.step();
  node.dirty.add(container);
}

/** Ends a container that holds more memory than it may. */
export function checkMemory(node: RuntimeNode, container: Container) {
  if (container.state !== 'running' || !isOverLimit(container)) return;
  outOfMemory(node, container, 'limit');
  killContainer(node, container);
}

/** The kernel's out-of-memory killer has chosen a container: what follows is caused by that. */
export function outOfMemory(node: RuntimeNode, container: Container, of: 'limit' | 'node') {
  if (container.isOutOfMemory) return;
  container.isOutOfMemory = true;
  node.keeper.outOfMemory(node, container, of);
}

/** Numbers of processes as the node counts them: far above those in a container. */
const HOST_PIDS = { from: 2000, among: 60_000 };

/**
 * Where the containers of a node together hold more memory than it has, the kernel kills the one whose process has the highest score:
 * its share of the memory in thousandths, and what the kubelet has added for its class. Models oom_badness of mm/oom_kill.c.
 * Answers whether it did.
 */
export function relieve(node: RuntimeNode): boolean {
  const most = node.options.memoryBytes;
  const running = [...node.containers.values()].filter(({ state, finishedAt }) => state === 'running' && finishedAt === undefined);
  let held = 0;
  let victim: Container | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const container of running) {
    const bytes = memoryOf(container);
    held += bytes;
    const score = (bytes * 1000) / most + (container.config.oomScoreAdj ?? 0);
    if (score <= highest) continue;
    highest = score;
    victim = container;
  }
  if (held <= most || !victim) return false;
  outOfMemory(node, victim, 'node');
  const { command = '' } = victim.machine?.processes()[0] ?? {};
  const program = command.split(' ')[0]?.split('/').at(-1)?.replace(/:$/, '').slice(0, 15) ?? '';
  const pid = HOST_PIDS.from + node.context().random('host-pid', victim.id).below(HOST_PIDS.among);
  node.keeper.systemOutOfMemory(node, { program, pid });
  killContainer(node, victim);
  return true;
}
