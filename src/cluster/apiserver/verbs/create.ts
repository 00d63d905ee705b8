// POST to a collection. Models k8s.io/apiserver/pkg/endpoints/handlers/create.go and Store.Create of registry/generic/registry/store.go.
import { storageKey } from '../../api/resources.ts';
import { alreadyExists, badRequest, generateNameConflict, stillBeingDeleted } from '../../api/status.ts';
import type { Pod, Status } from '../../api/types.ts';
import type { ClusterContext } from '../../component.ts';
import { allocateService } from '../allocate.ts';
import type { Stored } from '../cache.ts';
import { drawName, drawUid } from '../identity.ts';
import { noteEvent } from '../note-event.ts';
import { admit, fill, decode, validateNew } from '../pipeline.ts';
import { type Ask, type Server, editStored, groupResource, keyOf, refuse, respond, timeNow } from '../server.ts';
import { prepareForCreate } from '../strategy.ts';

/** How often a drawn name that stands already is drawn again. */
const NAME_DRAWS = 8;
/** How often the default service account of a namespace is looked for. */
const ACCOUNT_TRIES = 10;

/** Serves a create. */
export function create(server: Server, context: ClusterContext, ask: Ask) {
  const decoded = decode(context, ask, ask.request.body);
  if ('refusal' in decoded) return refuse(context, ask, decoded.refusal);
  const placed = placeInNamespace(decoded.object, ask);
  if ('refusal' in placed) return refuse(context, ask, placed.refusal);
  if ((placed.object.metadata.resourceVersion ?? '') !== '') return refuse(context, ask, resourceVersionGiven());
  const defaulted = fill(context, ask, wipe(placed.object));
  admitNew(server, context, { ask, object: defaulted, warnings: decoded.warnings, draws: NAME_DRAWS }, ACCOUNT_TRIES);
}

/** Admits an object; a Pod waits a little for the default service account of a namespace that is new. */
function admitNew(server: Server, context: ClusterContext, creating: Creating, tries: number): void {
  const { ask, object, warnings } = creating;
  const admitted = admit(server, context, ask, object);
  if (!('refusal' in admitted)) {
    store(server, context, { ...creating, object: admitted.object, warnings: [...warnings, ...admitted.warnings] });
  } else if (tries > 1 && lacksDefaultAccount(server, ask, object, admitted.refusal)) {
    const pauseMs = 100 + context.random('retry', `${ask.target.namespace}/${object.metadata.name}`).below(100);
    server.later(context, pauseMs, (later) => admitNew(server, later, creating, tries - 1));
  } else refuse(context, ask, admitted.refusal);
}

/** Models getServiceAccount of plugin/pkg/admission/serviceaccount/admission.go. */
function lacksDefaultAccount(server: Server, { target }: Ask, object: Stored, refusal: Status): boolean {
  if (object.kind !== 'Pod' || refusal.code !== 403) return false;
  const { serviceAccountName = 'default' } = (object as Stored & Pod).spec;
  const key = storageKey('serviceaccounts', target.namespace, 'default');
  return serviceAccountName === 'default' && server.cache.get(key) === undefined;
}

interface Creating {
  readonly ask: Ask;
  readonly object: Stored;
  readonly warnings: readonly string[];
  /** How many names may still be drawn. */
  readonly draws: number;
}

/** Names, prepares, validates and stores an object that has been admitted. */
function store(server: Server, context: ClusterContext, creating: Creating): void {
  const { ask, object } = creating;
  const { resource, namespace } = ask.target;
  const isDrawn = (object.metadata.name ?? '') === '' && (object.metadata.generateName ?? '') !== '';
  const name = isDrawn ? drawName(context, object.metadata.generateName ?? '') : (object.metadata.name ?? '');
  const key = storageKey(resource.resource, namespace, name);
  const now = timeNow(server, context);
  const prepared = allocateService(server, context, prepareForCreate(object, now));
  const metadata = { ...prepared.metadata, name, uid: drawUid(context, key), creationTimestamp: now };
  const valid = validateNew(server, context, ask, { ...prepared, metadata });
  const named: Ask = { ...ask, target: { ...ask.target, name } };
  const standing = server.cache.get(key)?.object;
  if ('refusal' in valid) refuse(context, ask, valid.refusal);
  else if (standing && isDrawn && creating.draws > 1) store(server, context, { ...creating, draws: creating.draws - 1 });
  else if (standing) refuse(context, named, refusalOf(named, standing, isDrawn));
  else write(server, context, named, valid.object, [...creating.warnings, ...valid.warnings], isDrawn);
}

/** Writes an object that nothing speaks against. */
function write(server: Server, context: ClusterContext, ask: Ask, object: Stored, warnings: readonly string[], isDrawn: boolean) {
  if (ask.query.dryRun === 'All') return respond(context, ask, 201, object, { warnings });
  editStored(
    server,
    context,
    ask,
    keyOf(ask.target),
    (current) => (current ? { refusal: refusalOf(ask, current.object, isDrawn) } : { put: object }),
    (later, result) => {
      if ('refusal' in result) return refuse(later, ask, result.refusal);
      noteEvent(later, result.object);
      respond(later, ask, 201, result.object, { warnings });
    },
  );
}

function refusalOf(ask: Ask, standing: Stored, isDrawn: boolean) {
  const of = groupResource(ask.target);
  const { name } = ask.target;
  if (isDrawn) return generateNameConflict(of, name);
  return standing.metadata.deletionTimestamp === undefined ? alreadyExists(of, name) : stillBeingDeleted(of, name);
}

/** The namespace of the path and that of the object must agree; an object that names none is put into that of the path. */
export function placeInNamespace(
  object: Stored,
  { target }: Ask,
): { readonly object: Stored } | { readonly refusal: ReturnType<typeof badRequest> } {
  const given = object.metadata.namespace;
  if (!target.resource.namespaced) {
    const { namespace: _, ...metadata } = object.metadata;
    if ((given ?? '') === '') return { object: { ...object, metadata } };
    return { refusal: badRequest('the namespace of the provided object does not match the namespace sent on the request') };
  }
  if (given !== undefined && given !== '' && given !== target.namespace) {
    return { refusal: badRequest('the namespace of the provided object does not match the namespace sent on the request') };
  }
  if (given === target.namespace) return { object };
  return { object: { ...object, metadata: { ...object.metadata, namespace: target.namespace } } };
}

/** What only the server sets. */
function wipe(object: Stored): Stored {
  const { uid: _, creationTimestamp: __, deletionTimestamp: ___, deletionGracePeriodSeconds: ____, ...rest } = object.metadata;
  const { selfLink: _____, managedFields: ______, generation: _______, ...metadata } = rest;
  return { ...object, metadata };
}

/** A plain error of the storage layer: no reason, code 500. */
function resourceVersionGiven() {
  return { ...badRequest('resourceVersion should not be set on objects to be created'), reason: '', code: 500 };
}
