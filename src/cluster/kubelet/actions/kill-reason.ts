// Why a container that runs must go.
import type { Container } from '../../api/types.ts';
import type { RuntimeContainer } from '../../runtime/cri.ts';
import { canonicalImage } from '../image-name.ts';

/** What the probes have decided of a container, by its id; undefined where none has run. */
export interface ProbeVerdicts {
  liveness(containerId: string): ProbeVerdict | undefined;
  startup(containerId: string): ProbeVerdict | undefined;
}
/** `unknown`: a startup probe has not decided yet. */
export type ProbeVerdict = 'success' | 'failure' | 'unknown';

/** Why a container is killed: which grace it gets. */
export type KillReason = 'liveness' | 'startup' | 'hook' | 'other';

/** A container that must go. */
export interface Kill {
  readonly container: RuntimeContainer;
  /** The text of the event; empty: `Stopping container <name>`. */
  readonly message: string;
  readonly reason: KillReason;
}

/** Whether the spec names another image than the container was made of. Models containerChanged. */
export const hasChanged = (container: Container, status: RuntimeContainer): boolean =>
  canonicalImage(container.image ?? '') !== canonicalImage(status.image);
