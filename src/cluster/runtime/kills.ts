// Killing what runs in a container, and the memory limit that does so.
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
  container.isOutOfMemory = true;
  killContainer(node, container);
}
