// PUT and PATCH of an object or of its status, resize or ephemeralcontainers part.
// Models k8s.io/apiserver/pkg/endpoints/handlers/{update,patch}.go and Store.Update of registry/generic/registry/store.go.
import { equal, isObject } from '../../../base/json.ts';
import { structOfKind } from '../../api/schema/schema.ts';
import { MODIFIED, badRequest, conflict, notFound, unsupportedMediaType } from '../../api/status.ts';
import type { Status } from '../../api/types.ts';
import type { ClusterContext } from '../../component.ts';
import type { Entry, Stored } from '../cache.ts';
import { noteEvent } from '../note-event.ts';
import { mergePatch } from '../patch/json-merge.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { strategicMerge } from '../patch/strategic-merge.ts';
import { type Staged, admit, decode, decodePatched, fill, validateChange } from '../pipeline.ts';
import { type Ask, type Edit, type Server, editStored, groupResource, keyOf, refuse, respond } from '../server.ts';
import { prepareFor } from '../subresources.ts';
import { create, placeInNamespace } from './create.ts';

/** Serves a PUT. */
export function update(server: Server, context: ClusterContext, ask: Ask) {
  const decoded = decode(context, ask, ask.request.body);
  if ('refusal' in decoded) return refuse(context, ask, decoded.refusal);
  const placed = placeInNamespace(decoded.object, ask);
  if ('refusal' in placed) return refuse(context, ask, placed.refusal);
  const { name } = placed.object.metadata;
  if (name !== ask.target.name) {
    const text = `the name of the object (${name ?? ''}) does not match the name on the URL (${ask.target.name})`;
    return refuse(context, ask, badRequest(text));
  }
  // A Lease or an Event that is not there is created by its update.
  const { kind } = ask.target.resource;
  if ((kind === 'Lease' || kind === 'Event') && !server.cache.get(keyOf(ask.target))) {
    return create(server, context, { ...ask, target: { ...ask.target, name: '' } });
  }
  change(server, context, ask, () => ({ object: placed.object, warnings: decoded.warnings }));
}

/** Serves a PATCH. */
export function patch(server: Server, context: ClusterContext, ask: Ask): void {
  change(server, context, ask, (current, now) => {
    const patched = applyPatch(ask, current);
    if ('refusal' in patched) return patched;
    const decoded = decodePatched(now, ask, patched.value, current);
    if ('refusal' in decoded) return decoded;
    const placed = placeInNamespace(decoded.object, ask);
    if ('refusal' in placed) return placed;
    if (placed.object.metadata.name !== ask.target.name) {
      const text = `the name of the object (${placed.object.metadata.name}) does not match the name on the URL (${ask.target.name})`;
      return { refusal: badRequest(text) };
    }
    return { object: placed.object, warnings: decoded.warnings };
  });
}

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

function applyPatch({ request, target }: Ask, current: Stored): { readonly value: unknown } | { readonly refusal: Status } {
  // The patch is of what the client reads: a resourceVersion in it is a precondition.
  const { body, contentType = 'application/strategic-merge-patch+json' } = request;
  if (contentType === 'application/json-patch+json') {
    const patched = jsonPatch(current, body);
    return 'error' in patched ? { refusal: unprocessable(patched.error) } : patched;
  }
  if (!isObject(body))
    return { refusal: badRequest('error decoding patch: json: cannot unmarshal value into Go value of type map[string]interface {}') };
  if (contentType === 'application/merge-patch+json') return { value: mergePatch(current, body) };
  const { group, version, kind } = target.resource;
  const struct = structOfKind(group, version, kind);
  if (contentType !== 'application/strategic-merge-patch+json' || struct === undefined) {
    return {
      refusal: unsupportedMediaType(
        `the body of the request was in an unknown format - accepted media types include: ${PATCH_TYPES.join(', ')}`,
      ),
    };
  }
  const merged = strategicMerge(struct, current as unknown as Record<string, unknown>, body);
  return 'error' in merged ? { refusal: unprocessable(merged.error) } : merged;
}

/** A patch that cannot be applied: NewGenericServerResponse of 422. */
function unprocessable(message: string): Status {
  return {
    ...badRequest(message),
    reason: 'Invalid',
    code: 422,
    message: `the server rejected our request due to an error in our request: ${message}`,
  };
}

/** Edits the stored object: `give` makes what the client wants of what stands. */
function change(server: Server, context: ClusterContext, ask: Ask, give: (current: Stored, context: ClusterContext) => Staged): void {
  const warnings: string[] = [];
  const edit = (entry: Entry | undefined, now: ClusterContext): Edit => {
    if (!entry) return { refusal: notFound(groupResource(ask.target), ask.target.name) };
    warnings.length = 0;
    const given = give(entry.object, now);
    if ('refusal' in given) return given;
    const conflicting = preconditions(ask, given.object, entry);
    if (conflicting) return { refusal: conflicting };
    const next = accept(server, now, ask, given.object, entry.object);
    if ('refusal' in next) return next;
    warnings.push(...given.warnings, ...next.warnings);
    return outcome(ask, next.object, entry);
  };
  editStored(server, context, ask, keyOf(ask.target), edit, (later, result) => {
    if ('refusal' in result) return refuse(later, ask, result.refusal);
    noteEvent(later, result.object);
    respond(later, ask, 200, result.object, { warnings });
  });
}

/** Defaults, admits, prepares and validates what a client wants. */
function accept(server: Server, context: ClusterContext, ask: Ask, given: Stored, current: Stored): Staged {
  // A status has no defaults, and the rest stands as it is.
  const defaulted = ask.target.subresource === 'status' ? given : fill(context, ask, given);
  const prepared = prepareFor(ask.target, defaulted, current);
  const admitted = admit(server, context, ask, prepared, current);
  if ('refusal' in admitted) return admitted;
  const valid = validateChange(server, context, ask, admitted.object, current);
  if ('refusal' in valid) return valid;
  return { object: valid.object, warnings: [...admitted.warnings, ...valid.warnings] };
}

/** The resource version and the uid that the client names must be those that stand. */
function preconditions(ask: Ask, { metadata }: Stored, entry: Entry): Status | undefined {
  const { resourceVersion = '', uid = '' } = metadata;
  const stored = entry.object.metadata.uid ?? '';
  if (uid !== '' && uid !== stored) {
    return conflict(
      groupResource(ask.target),
      ask.target.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${stored}`,
    );
  }
  if (resourceVersion === '' || resourceVersion === '0' || resourceVersion === String(entry.revision)) return undefined;
  return conflict(groupResource(ask.target), ask.target.name, MODIFIED);
}

/** Writes only what differs; an object that was only waiting for its last finalizer goes. */
function outcome(ask: Ask, next: Stored, entry: Entry): Edit {
  const { resourceVersion: _, ...metadata } = next.metadata;
  const put = { ...next, metadata };
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  if (ask.query.dryRun === 'All') return { same: { ...put, metadata: { ...metadata, resourceVersion: String(entry.revision) } } };
  if (deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0 && !hasContent(put))
    return { remove: put };
  return isUnchanged(next, entry.object) ? { same: entry.object } : { put };
}

/** The resource version is the server's, and does not count. */
function isUnchanged(next: Stored, standing: Stored): boolean {
  const { resourceVersion: version } = standing.metadata;
  const metadata = next.metadata === standing.metadata ? next.metadata : { ...next.metadata, resourceVersion: version };
  return equal(metadata, standing.metadata) && equal({ ...next, metadata: standing.metadata }, standing);
}

/** A Namespace goes only when its own finalizers have gone. */
const hasContent = ({ kind, spec }: Stored): boolean =>
  kind === 'Namespace' && ((spec as { finalizers?: readonly string[] } | undefined)?.finalizers ?? []).length > 0;
