// What a docker command is: how it is called, and what it does.
import type { Sys } from '../../../cluster/runtime/process/program.ts';
import type { Docker } from './client.ts';
import type { DockerFlag, DockerLine } from './flags.ts';

/** A command of docker. */
export interface DockerCommand {
  /** Without `docker`: `run [OPTIONS] IMAGE [COMMAND] [ARG...]`. */
  readonly usage: string;
  readonly about: string;
  readonly flags: readonly DockerFlag[];
  readonly least: number;
  readonly most?: number;
  /** What comes after the first argument is the container's. */
  readonly stopsEarly?: boolean;
  run(sys: Sys, line: DockerLine): Docker;
}
