// A machine that runs containers, with nothing on it yet: a node of the cluster, or a laptop with Docker Engine.
import { createAddresses } from './addresses.ts';
import { createDisk } from './host/disk.ts';
import { CATALOGUE } from './images/catalog.ts';
import type { ImageSpec } from './images/image.ts';
import { createRegistry, type Image } from './images/registry.ts';
import { type createScheduler, type Keeper, newId, type NodeOptions, type RuntimeNode } from './node.ts';

/** What a machine is made of. */
export interface MachineOptions extends NodeOptions {
  /** The component that it is. */
  readonly self: string;
  readonly keeper: Keeper;
  /** What the scenario says of images. */
  readonly images: readonly ImageSpec[];
}

/** A machine without images and containers. */
export function createNode(options: MachineOptions, scheduler: ReturnType<typeof createScheduler>): RuntimeNode {
  const random = () => scheduler.context().random('runtime-latency', options.node);
  return {
    options,
    self: options.self,
    keeper: options.keeper,
    context: scheduler.context,
    later: scheduler.later,
    around: (ms, spread) => Math.max(1, ms - spread + random().below(2 * spread + 1)),
    newId: (purpose, subject) => newId(scheduler.context(), purpose, subject),
    sandboxes: new Map(),
    containers: new Map(),
    disk: createDisk(() => options.files?.() ?? {}),
    volumes: new Map(),
    images: new Map<string, Image>(),
    registry: createRegistry(CATALOGUE, options.images),
    addresses: createAddresses(options.podCidr),
    hostNetwork: { ports: new Map() },
    outgoing: { dials: new Map(), names: new Map(), lastId: 0 },
    dirty: new Set(),
    isRegistryDown: false,
    registryCause: 0,
    kubeletStartedAt: -3_600_000,
    kubeletStoppedAt: undefined,
    isDown: false,
  };
}
