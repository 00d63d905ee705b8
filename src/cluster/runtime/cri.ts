// The runtime interface between kubelet and containerd: calls, answers, and what the runtime says of its sandboxes and containers.
// Models k8s.io/cri-api/pkg/apis/runtime/v1.
import type { Instant } from '../../engine/records.ts';

/** What a container is in its Pod. */
export type ContainerKind = 'init' | 'sidecar' | 'app' | 'ephemeral';

/** A directory that is mounted into a container: the same `source` is the same directory. */
export interface Mount {
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** Files that stand in it from the start (ConfigMap, Secret, projected volumes), by path below the mount; `mode` is octal. */
  readonly files?: Readonly<Record<string, { readonly text: string; readonly mode: number }>>;
  /** Of a tmpfs or an emptyDir with a limit: bytes. */
  readonly sizeBytes?: number;
}

/** All that the runtime needs to make a container. */
export interface ContainerConfig {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly image: string;
  /** Overrides the image's entrypoint; `args` its command. $(VAR) is already expanded. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  /** In order; a later one of the same name wins. The image's own come before. */
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly mounts: readonly Mount[];
  /** restartCount of the container. */
  readonly attempt: number;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly cpuRequestMilli?: number;
  readonly cpuLimitMilli?: number;
  readonly memoryLimitBytes?: number;
  /** How willingly the kernel kills it where the node has no memory left: -1000 (never) to 1000. */
  readonly oomScoreAdj?: number;
  readonly runAsUser?: number;
  readonly readOnlyRootFilesystem?: boolean;
  /** Empty where the container has none (docker). */
  readonly terminationMessagePath: string;
  /** Of an ephemeral container that targets another: whose processes it sees. */
  readonly pidOf?: string;
}

/** A call of the kubelet. Image names are as the Pod's spec writes them. */
export type CriCall =
  | { readonly call: 'ImageStatus'; readonly image: string }
  | { readonly call: 'PullImage'; readonly image: string; readonly podUid: string }
  | {
      readonly call: 'RunPodSandbox';
      readonly pod: { readonly uid: string; readonly name: string; readonly namespace: string };
      readonly attempt: number;
      readonly hostname: string;
      readonly hostNetwork: boolean;
      readonly hostPid: boolean;
      readonly sharePid: boolean;
      readonly hostAliases: readonly { readonly ip: string; readonly hostnames: readonly string[] }[];
      readonly resolvConf: string;
      readonly hostPorts: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[];
    }
  | { readonly call: 'StopPodSandbox'; readonly sandboxId: string }
  | { readonly call: 'RemovePodSandbox'; readonly sandboxId: string }
  | { readonly call: 'CreateContainer'; readonly sandboxId: string; readonly config: ContainerConfig }
  | { readonly call: 'StartContainer'; readonly containerId: string }
  | { readonly call: 'StopContainer'; readonly containerId: string; readonly timeoutMs: number }
  | { readonly call: 'RemoveContainer'; readonly containerId: string }
  | {
      readonly call: 'UpdateContainerResources';
      readonly containerId: string;
      readonly cpuLimitMilli?: number;
      readonly memoryLimitBytes?: number;
    }
  | { readonly call: 'ExecSync'; readonly containerId: string; readonly command: readonly string[]; readonly timeoutMs: number }
  /** A process with streams: answered with a stream id; data follow as StreamMessage in both directions. */
  | {
      readonly call: 'Exec';
      readonly containerId: string;
      readonly command: readonly string[];
      readonly stdin: boolean;
      readonly tty: boolean;
    }
  /** The streams of process 1 itself: answered with a stream id; output from now on, and input if the container has `stdin`. */
  | { readonly call: 'Attach'; readonly containerId: string; readonly stdin: boolean; readonly tty: boolean }
  /** The log of a container; `follow` keeps a stream open until the container has ended. Answers with text, or with a stream id. */
  | {
      readonly call: 'ContainerLogs';
      readonly containerId: string;
      readonly follow: boolean;
      readonly tailLines?: number;
      readonly limitBytes?: number;
      readonly sinceMs?: number;
      readonly timestamps: boolean;
    }
  | { readonly call: 'PortForward'; readonly sandboxId: string; readonly port: number }
  /** What PLEG asks: every sandbox and container of one Pod, or of all. */
  | { readonly call: 'PodStatus'; readonly podUid?: string };

/** What is answered, by call. An error's message is the text that ends up in events and waiting messages. */
export type CriAnswer =
  | { readonly error: { readonly code: 'NotFound' | 'Unknown' | 'DeadlineExceeded' | 'InvalidName'; readonly message: string } }
  | { readonly ok: CriResult };

/** The fields that a successful call fills. */
export interface CriResult {
  readonly image?: ImageStatus;
  readonly sandboxId?: string;
  readonly containerId?: string;
  readonly exec?: { readonly exitCode: number; readonly output: string; readonly timedOut: boolean };
  readonly stream?: string;
  readonly text?: string;
  readonly pods?: readonly SandboxStatus[];
}

/** An image on a node. */
export interface ImageStatus {
  /** `docker.io/library/nginx@sha256:...` */
  readonly id: string;
  readonly sizeBytes: number;
  readonly user: string;
  readonly present: boolean;
}

/** A sandbox (the pause container and the namespaces it holds) with its containers. Row `/run/<node>/sandboxes/<id>` without `containers`. */
export interface SandboxStatus {
  readonly id: string;
  readonly podUid: string;
  readonly podName: string;
  readonly namespace: string;
  readonly attempt: number;
  readonly state: 'ready' | 'notready';
  /** Empty on the host's network or once it is not ready. */
  readonly ip: string;
  readonly hostname: string;
  readonly createdAt: Instant;
  readonly containers: readonly RuntimeContainer[];
}

/** A container as the runtime knows it. Row `/run/<node>/containers/<id>`. */
export interface RuntimeContainer {
  readonly id: string;
  readonly sandboxId: string;
  readonly podUid: string;
  readonly name: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly imageId: string;
  readonly attempt: number;
  readonly state: 'created' | 'running' | 'exited';
  readonly createdAt: Instant;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly exitCode?: number;
  /** `Completed`, `Error`, `OOMKilled`, `StartError`. */
  readonly reason?: string;
  /** Of a start that failed: why. */
  readonly message?: string;
  /** What the process wrote to its termination message file. */
  readonly terminationMessage?: string;
  /** What a fault has made of its program; only Podscope knows, the real runtime would not. */
  readonly app?: 'hung' | 'failing';
  readonly memoryBytes: number;
  /** The processes: pid in the container, and the command line. */
  readonly processes: readonly {
    readonly pid: number;
    readonly ppid: number;
    readonly command: string;
    readonly state: 'running' | 'sleeping' | 'busy';
  }[];
  /** TCP ports on which a process listens. */
  readonly ports: readonly number[];
}
