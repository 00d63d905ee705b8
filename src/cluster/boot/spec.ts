// What a cluster is built from: the boot's own type, to which a scenario is mapped.
import type { ImageSpec } from '../runtime/images/image.ts';
import type { Instant } from '../../engine/records.ts';

/** A node in the short form: it has a kubelet. */
export interface NodeSpec {
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  /** Images that are on it from the start. */
  readonly images: readonly string[];
}

/** A whole cluster. */
export interface ClusterSpec {
  readonly seed: number;
  readonly preset: 'three-node' | 'minikube' | 'none';
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: Instant;
  /** Added to the preset's. */
  readonly nodes: readonly NodeSpec[];
  /** Whole Node manifests: they stand as given, without a kubelet; no controller touches them or the Pods on them. */
  readonly nodeManifests: readonly unknown[];
  readonly images: readonly ImageSpec[];
  /** API objects that stand at instant 0, of any kind: defaulted and admitted, not validated; given uid, times, status stay. */
  readonly objects: readonly unknown[];
}
