// The one cursor of the page: a place in time, what is selected there, and the record of the trace that was picked, where one was.
// A selection is a path: the key of a stored object (`/registry/pods/default/web`, `/registry/minions/node1`), or one of a Pod's
// containers behind the Pod's key (`/registry/pods/default/web/nginx`).
import type { TraceRecord } from '../engine/records.ts';
import type { Trace } from '../engine/trace.ts';
import type { RuntimeContainer, SandboxStatus } from '../cluster/runtime/cri.ts';

const PODS = '/registry/pods/';
const NODES = '/registry/minions/';
/** `['', 'registry', 'pods', namespace, name]`; one more names a container. */
const POD_PARTS = 5;

/** The selection of a container of a Pod. */
export const containerSelection = (podKey: string, container: string): string => `${podKey}/${container}`;

/** The key of the Pod that is selected, or that the selected container belongs to. */
export function podOfSelection(selection: string | undefined): string | undefined {
  if (!selection?.startsWith(PODS)) return undefined;
  return selection.split('/').slice(0, POD_PARTS).join('/');
}

/** The name of the selected container. */
export function containerOfSelection(selection: string | undefined): string | undefined {
  return selection?.startsWith(PODS) ? selection.split('/')[POD_PARTS] : undefined;
}

/** The name of the selected node. */
export function nodeOfSelection(selection: string | undefined): string | undefined {
  return selection?.startsWith(NODES) ? selection.slice(NODES.length) : undefined;
}

/** A selection as a scenario file and a link write it: `pod/default/web`, `pod/default/web/nginx`, `node/node1`; other keys as they are. */
export function selectionText(selection: string): string {
  if (selection.startsWith(PODS)) return `pod/${selection.slice(PODS.length)}`;
  return selection.startsWith(NODES) ? `node/${selection.slice(NODES.length)}` : selection;
}

/** What such a text selects; nothing where there is none. */
export function selectionOfText(text: string | undefined): string | undefined {
  return text?.replace(/^pods?\//, PODS).replace(/^nodes?\//, NODES);
}

/** The selection of a Pod, and of a node. */
export const podSelection = (namespace: string, pod: string): string => `${PODS}${namespace}/${pod}`;
export const nodeSelection = (node: string): string => `${NODES}${node}`;

/** What a record is about, as something that can be selected; undefined where it is about nothing that has a place. */
export function subjectOf(trace: Trace, record: TraceRecord): string | undefined {
  if (record.type === 'row') return selectionOfKey(trace, record.key);
  if (record.type === 'log') return selectionOfKey(trace, record.stream.replace('/logs/', '/containers/'));
  return record.subject === undefined ? undefined : selectionOfKey(trace, record.subject);
}

/** A row's key as something that can be selected: a container of a runtime is a container of its Pod. */
export function selectionOfKey(trace: Trace, key: string): string | undefined {
  if (key.startsWith('/registry/')) return key;
  const [, run, node, folder, id] = key.split('/');
  if (run !== 'run' || id === undefined) return undefined;
  if (folder === 'sandboxes') return podOfSandbox(trace, key);
  const container = firstValue(trace, key) as RuntimeContainer | undefined;
  const pod = container && podOfSandbox(trace, `/run/${node}/sandboxes/${container.sandboxId}`);
  return container && pod && containerSelection(pod, container.name);
}

function podOfSandbox(trace: Trace, key: string): string | undefined {
  const sandbox = firstValue(trace, key) as SandboxStatus | undefined;
  return sandbox && `${PODS}${sandbox.namespace}/${sandbox.podName}`;
}

/** The first value of a row: what it is never changes afterwards, and it can be told of one that is gone. */
const firstValue = (trace: Trace, key: string): unknown => trace.history(key)[0]?.value;
