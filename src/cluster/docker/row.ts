// A container of a Docker Engine as the trace has it. Row `/docker/containers/<id>`; its log is the stream `/docker/logs/<id>`.
import type { Instant } from '../../engine/records.ts';
import type { RuntimeContainer } from '../runtime/cri.ts';

/** The folder of the rows. */
export const DOCKER_CONTAINERS = '/docker/containers/';
/** The bridge on which containers are put, and the range of their addresses. */
export const DOCKER_BRIDGE = { name: 'docker0', ip: '172.17.0.1', range: '172.17.0', length: 16 } as const;

/** A port of the laptop that leads to a port of a container. */
export interface PublishedPort {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
}

/** Which namespace of each kind its processes are in: named after the container that brought it, or `host`. */
export interface Namespaces {
  readonly net: string;
  readonly uts: string;
  readonly ipc: string;
  readonly pid: string;
  readonly mnt: string;
}

/** A container. */
export interface DockerRow extends Pick<RuntimeContainer, 'processes' | 'ports' | 'memoryBytes'> {
  readonly id: string;
  readonly name: string;
  /** As it was asked for. */
  readonly image: string;
  readonly command: readonly string[];
  readonly hostname: string;
  /** Empty where it has no address of its own, or none any more. */
  readonly ip: string;
  readonly published: readonly PublishedPort[];
  readonly namespaces: Namespaces;
  readonly createdAt: Instant;
  readonly state: 'created' | 'running' | 'exited';
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly exitCode?: number;
}
