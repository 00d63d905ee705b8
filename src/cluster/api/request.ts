// The request interface of the API server, as an HTTP client sees it. kubectl, the scheduler, controllers and kubelets know nothing else.
import type { Status } from './types.ts';

/** A request as it travels. The body is a JSON value: kubectl has turned YAML into JSON before. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/namespaces/default/pods/web`, without the query. */
  readonly path: string;
  /**
   * `fieldManager`, `fieldValidation`, `dryRun`, `labelSelector`, `fieldSelector`, `watch`, `follow`, `container`, ... Of exec: `command`
   * is the argv as a JSON list, `stdin` and `tty` are `true`. Of a port-forward: `ports` is one port; its stream is one per port.
   */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of a PATCH: `application/strategic-merge-patch+json`, `application/merge-patch+json`, `application/json-patch+json`. */
  readonly contentType?: string;
  /** `table` asks for a meta.k8s.io/v1 Table, as `kubectl get` does. */
  readonly accept?: 'json' | 'table';
  /** `kubectl`, `kubelet`, `kube-scheduler`, `kube-controller-manager`. */
  readonly userAgent: string;
}

/** What the API server answers. */
export interface ApiResponse {
  readonly code: number;
  /** An object, a list, a Table, a Status (code 400 and above), or text (logs). */
  readonly body: unknown;
  /** Texts of `Warning: 299` headers. */
  readonly warnings: readonly string[];
  /** A stream that follows (watch, log -f, exec, port-forward), by the id that its data carries. */
  readonly stream?: string;
}

/** One event of a watch. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

/**
 * A piece of a stream: a watch event, or text on stdout (1), stderr (2) or stdin (0); `end` closes it. Empty text on stdin, with no
 * connection, is the end of the input alone: the stream goes on until the process has ended.
 */
export interface StreamData {
  readonly event?: WatchEvent;
  readonly fd?: 0 | 1 | 2;
  readonly text?: string;
  /** Of a port-forward: which of its connections. */
  readonly connection?: number;
  readonly end?: { readonly exitCode?: number; readonly error?: string };
}

/** Tells a Status (a refusal, or a bare success) from any other body. */
export function isStatus(body: unknown): body is Status {
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status';
}
