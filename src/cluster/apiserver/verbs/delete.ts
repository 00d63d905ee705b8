// DELETE of an object or of a collection. Models k8s.io/apiserver/pkg/registry/rest/delete.go (BeforeDelete), Store.Delete of
// registry/generic/registry/store.go, and CheckGracefulDelete of pkg/registry/core/pod/strategy.go.
import { isObject } from '../../../base/json.ts';
import { MODIFIED, conflict, notFound, success, uidConflict } from '../../api/status.ts';
import type { Namespace, Pod, Status } from '../../api/types.ts';
import type { ClusterContext } from '../../component.ts';
import type { Entry, Stored } from '../cache.ts';
import { admitDeletion } from '../pipeline.ts';
import { readSelection } from '../selection.ts';
import { type Ask, type Edit, type Server, editStored, groupResource, keyOf, refuse, respond, timeNow } from '../server.ts';
import { bumpGeneration } from '../strategy.ts';
import { selected } from './read.ts';

/** How something is to be deleted. */
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly isDryRun: boolean;
}

/** Kinds whose deletion answers the object; the others answer a Status. */
const ANSWERS_OBJECT: ReadonlySet<string> = new Set([
  'Pod',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'ServiceAccount',
  'StorageClass',
  'Service',
]);

/** What a deletion came to. */
export type Deleted = { readonly object: Stored; readonly isGone: boolean } | { readonly refusal: Status };

/** Serves a DELETE of one object. */
export function remove(server: Server, context: ClusterContext, ask: Ask) {
  const { resource, name } = ask.target;
  deleteStored(server, context, ask, keyOf(ask.target), readOptions(ask), (later, result) => {
    if ('refusal' in result) return refuse(later, ask, result.refusal);
    const { object, isGone } = result;
    const answersStatus = isGone && !ANSWERS_OBJECT.has(resource.kind);
    respond(later, ask, 200, answersStatus ? success(groupResource(ask.target), name, object.metadata.uid ?? '') : object);
  });
}

/** Serves a DELETE of a collection: each object that is selected, as if one by one. */
export function removeCollection(server: Server, context: ClusterContext, ask: Ask) {
  const { resource } = ask.target;
  const read = readSelection(resource.kind, ask.query, '');
  if ('refusal' in read) return refuse(context, ask, read.refusal);
  const entries = selected(server, ask, read.selection);
  const options = readOptions(ask);
  const items: Stored[] = [];
  let left = entries.length;
  const answer = (later: ClusterContext) => {
    const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
    const metadata = { resourceVersion: String(server.cache.revision) };
    respond(later, ask, 200, { kind: `${resource.kind}List`, apiVersion, metadata, items });
  };
  if (left === 0) return answer(context);
  for (const { key, object } of entries) {
    const one: Ask = { ...ask, target: { ...ask.target, name: object.metadata.name, namespace: object.metadata.namespace ?? '' } };
    deleteStored(server, context, one, key, options, (later, result) => {
      if ('object' in result) items.push(result.object);
      left -= 1;
      if (left === 0) answer(later);
    });
  }
}

function readOptions({ request, query }: Ask): DeleteOptions {
  const body = isObject(request.body) ? request.body : {};
  const given = body.gracePeriodSeconds ?? (query.gracePeriodSeconds === undefined ? undefined : Number(query.gracePeriodSeconds));
  const preconditions = isObject(body.preconditions) ? (body.preconditions as DeleteOptions['preconditions']) : undefined;
  const isDryRun = query.dryRun === 'All' || (Array.isArray(body.dryRun) && body.dryRun.includes('All'));
  return { ...(typeof given === 'number' && { gracePeriodSeconds: given }), ...(preconditions && { preconditions }), isDryRun };
}

/** Deletes a stored object, or marks it as being deleted. */
export function deleteStored(
  server: Server,
  context: ClusterContext,
  ask: Ask,
  key: string,
  options: DeleteOptions,
  done: (context: ClusterContext, result: Deleted) => void,
): void {
  let plan: Plan = { isGone: false, goesNext: false };
  const edit = (entry: Entry | undefined, now: ClusterContext): Edit => {
    if (!entry) return { refusal: notFound(groupResource(ask.target), ask.target.name) };
    const refused = checkPreconditions(ask, entry, options) ?? admitDeletion(server, now, ask, entry.object);
    if (refused) return { refusal: refused };
    const decided = decide(server, now, entry.object, options);
    plan = decided;
    return options.isDryRun ? { same: entry.object } : decided.edit;
  };
  editStored(server, context, ask, key, edit, (later, result) => {
    if ('refusal' in result) return done(later, result);
    if (!plan.goesNext || options.isDryRun) return done(later, { object: result.object, isGone: plan.isGone });
    // Its grace is over from the start: what has just been marked goes at the next revision.
    const last = result.object;
    editStored(
      server,
      later,
      ask,
      key,
      (entry) => (entry && entry.object.metadata.uid === last.metadata.uid ? { remove: entry.object } : { same: last }),
      (end) => done(end, { object: last, isGone: true }),
    );
  });
}

interface Plan {
  readonly isGone: boolean;
  /** Marked now, removed at the next revision. */
  readonly goesNext: boolean;
}

function checkPreconditions(ask: Ask, entry: Entry, { preconditions }: DeleteOptions): Status | undefined {
  const { uid = '', resourceVersion = '' } = preconditions ?? {};
  const of = groupResource(ask.target);
  const stored = entry.object.metadata.uid ?? '';
  if (uid !== '' && uid !== stored) return uidConflict(of, ask.target.name, uid, stored);
  if (resourceVersion !== '' && resourceVersion !== String(entry.revision)) return conflict(of, ask.target.name, MODIFIED);
  return undefined;
}

/** What a deletion does to an object as it stands. */
function decide(server: Server, context: ClusterContext, object: Stored, options: DeleteOptions): Plan & { readonly edit: Edit } {
  if (object.kind === 'Pod') return decidePod(server, context, object as Stored & Pod, options);
  if (object.kind === 'Namespace') return decideNamespace(server, context, object as Stored & Namespace);
  const { finalizers = [], deletionTimestamp } = object.metadata;
  if (finalizers.length === 0) return { isGone: true, goesNext: false, edit: { remove: object } };
  const waits = { isGone: false, goesNext: false };
  if (deletionTimestamp !== undefined) return { ...waits, edit: { same: object } };
  return { ...waits, edit: { put: bumped(marked(object, timeNow(server, context), 0)) } };
}

function decidePod(server: Server, context: ClusterContext, pod: Stored & Pod, options: DeleteOptions): Plan & { readonly edit: Edit } {
  const { deletionTimestamp, deletionGracePeriodSeconds: before, finalizers = [] } = pod.metadata;
  const waits = { isGone: false, goesNext: false };
  if (deletionTimestamp === undefined) {
    const grace = graceOf(pod, options.gracePeriodSeconds);
    const edit: Edit = { put: bumped(marked(pod, timeNow(server, context, grace * 1000), grace)) };
    return { ...waits, goesNext: grace === 0 && finalizers.length === 0, edit };
  }
  const asked = options.gracePeriodSeconds;
  // Deletion is under way: a person can only shorten the grace.
  if (asked === undefined || before === undefined || graceFrom(asked) >= before) {
    if (before === 0 && finalizers.length === 0) return { isGone: true, goesNext: false, edit: { remove: pod } };
    return { ...waits, edit: { same: pod } };
  }
  const grace = shortened(server, context, deletionTimestamp, before, graceFrom(asked));
  const edit: Edit = { put: marked(pod, grace.timestamp, grace.seconds) };
  return { ...waits, goesNext: grace.seconds === 0 && finalizers.length === 0, edit };
}

const graceFrom = (seconds: number): number => (seconds < 0 ? 1 : seconds);

/** The grace of a first deletion: none for a Pod that nobody runs. */
function graceOf({ spec, status }: Pod, asked: number | undefined): number {
  if ((spec.nodeName ?? '') === '' || status.phase === 'Succeeded' || status.phase === 'Failed') return 0;
  return graceFrom(asked ?? spec.terminationGracePeriodSeconds ?? 30);
}

/** The end of a grace that is made shorter: never in the past. */
function shortened(
  server: Server,
  context: ClusterContext,
  timestamp: string,
  before: number,
  asked: number,
): { timestamp: string; seconds: number } {
  const end = Date.parse(timestamp) - before * 1000 + asked * 1000;
  const now = server.startAtMs + context.at;
  if (asked === 0 || end > now) return { timestamp: `${new Date(end).toISOString().slice(0, 19)}Z`, seconds: asked };
  return { timestamp: timeNow(server, context, 1000), seconds: 1 };
}

function decideNamespace(server: Server, context: ClusterContext, namespace: Stored & Namespace): Plan & { readonly edit: Edit } {
  const { finalizers = [], deletionTimestamp } = namespace.metadata;
  if ((namespace.spec?.finalizers ?? []).length === 0 && finalizers.length === 0) {
    return { isGone: true, goesNext: false, edit: { remove: namespace } };
  }
  const waits = { isGone: false, goesNext: false };
  if (deletionTimestamp !== undefined) return { ...waits, edit: { same: namespace } };
  const dying = { ...namespace, status: { ...namespace.status, phase: 'Terminating' } };
  const metadata = { ...dying.metadata, deletionTimestamp: timeNow(server, context) };
  return { ...waits, edit: { put: { ...dying, metadata } } };
}

function marked(object: Stored, deletionTimestamp: string, deletionGracePeriodSeconds: number): Stored {
  return { ...object, metadata: { ...object.metadata, deletionTimestamp, deletionGracePeriodSeconds } };
}

/** The first deletion counts as a change of what is wanted, where that is counted. */
const bumped = (object: Stored): Stored => ((object.metadata.generation ?? 0) > 0 ? bumpGeneration(object) : object);
