// What an image is. One folder an image below this one, found by pattern: images/<name>/index.ts default-exports an ImageBehaviour,
// or several where tags of one repository differ: the first that has the tag counts.
import type { Program } from '../process/program.ts';

/** An image of the catalogue: how it is pulled and what stands in it. */
export interface ImageBehaviour {
  /** References it answers to, without registry defaults: `nginx`, `ghcr.io/subicura/echo`. */
  readonly repositories: readonly string[];
  /** Tags that exist; every other is missing in the registry. Undefined: any tag. */
  readonly tags?: readonly string[];
  /** Tags that exist, told by a rule, where they are too many to list. */
  hasTag?(tag: string): boolean;
  readonly sizeBytes: number;
  readonly pullMs: number;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly user?: string;
  /** The signal that stops it; TERM where it says nothing. */
  readonly stopSignal?: string;
  /** TCP ports that its Dockerfile exposes: documentation, no more. */
  readonly exposes?: readonly number[];
  readonly memoryBytes?: number;
  /** Programs by path. Those of busybox or a Debian base are added by naming the base. */
  readonly programs?: Readonly<Record<string, Program>>;
  readonly base?: 'busybox' | 'alpine' | 'debian' | 'ubuntu' | 'centos' | 'none';
  /** More files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Applets of the base that it has not (`debian` without curl), or has besides. */
  readonly without?: readonly string[];
  readonly with?: readonly string[];
}

/** What a scenario says of an image of its own (design.md section 5). */
export interface ImageSpec {
  readonly name: string;
  readonly sizeBytes?: number;
  readonly pullMs?: number;
  readonly command?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly missing?: boolean;
}
