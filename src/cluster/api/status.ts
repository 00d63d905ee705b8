// Refusals of the API server as Status objects. Models k8s.io/apimachinery/pkg/api/errors/errors.go.
import type { Status, StatusCause } from './types.ts';
import { type FieldError, aggregate, causesOf } from './field-error.ts';

/** A group and a plural (`pods`) or a kind, as the details and texts of a Status name them. */
export interface GroupName {
  readonly group: string;
  readonly name: string;
}

/** `pods`, or `leases.coordination.k8s.io`. */
export const qualifiedName = (of: GroupName): string => (of.group === '' ? of.name : `${of.name}.${of.group}`);

function failure(code: number, reason: string, message: string, of?: GroupName, name?: string, causes?: readonly StatusCause[]): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(of && {
      details: {
        ...(name && { name }),
        ...(of.group && { group: of.group }),
        kind: of.name,
        ...(causes && causes.length > 0 && { causes }),
      },
    }),
    code,
  };
}

/** 404: `pods "web" not found`. */
export const notFound = (of: GroupName, name: string): Status =>
  failure(404, 'NotFound', `${qualifiedName(of)} "${name}" not found`, of, name);

/** 404 for a path that names nothing. */
export const noSuchPath = (): Status => ({
  ...failure(404, 'NotFound', 'the server could not find the requested resource', { group: '', name: '' }),
  details: {},
});

/** 409: `pods "web" already exists`. */
export const alreadyExists = (of: GroupName, name: string): Status =>
  failure(409, 'AlreadyExists', `${qualifiedName(of)} "${name}" already exists`, of, name);

/** 409, where the one that stands is being deleted. */
export const stillBeingDeleted = (of: GroupName, name: string): Status => {
  const status = alreadyExists(of, name);
  return { ...status, message: `object is being deleted: ${status.message}` };
};

/** 409: a name that was drawn for generateName stands already, every time. */
export const generateNameConflict = (of: GroupName, name: string): Status => {
  const message = `${qualifiedName(of)} "${name}" already exists, the server was not able to generate a unique name for the object`;
  return failure(409, 'AlreadyExists', message, of, name);
};

/** The text of a conflict over a resource version. */
export const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again';

/** 409: `Operation cannot be fulfilled on pods "web": <why>`. */
export const conflict = (of: GroupName, name: string, why: string): Status =>
  failure(409, 'Conflict', `Operation cannot be fulfilled on ${qualifiedName(of)} "${name}": ${why}`, of, name);

/** 409: a precondition on the uid. */
export const uidConflict = (of: GroupName, name: string, wanted: string, found: string): Status =>
  conflict(
    of,
    name,
    `the UID in the precondition (${wanted}) does not match the UID in record (${found}). The object might have been deleted and then recreated`,
  );

/** 403: `pods "web" is forbidden: <why>`. */
export const forbidden = (of: GroupName, name: string, why: string, causes: readonly StatusCause[] = []): Status => {
  const subject = of.name === '' ? 'forbidden' : `${qualifiedName(of)}${name === '' ? '' : ` "${name}"`} is forbidden`;
  return failure(403, 'Forbidden', `${subject}: ${why}`, of, name, causes);
};

/** 422: what validation found; `of` names the kind, not the resource. */
export const invalid = (of: GroupName, name: string, errors: readonly FieldError[]): Status =>
  failure(422, 'Invalid', `${qualifiedName(of)} "${name}" is invalid: ${aggregate(errors)}`, of, name, causesOf(errors));

/** 400. */
export const badRequest = (message: string): Status => failure(400, 'BadRequest', message);

/** 405: `<action> is not supported on resources of kind "pods"`. */
export const methodNotSupported = (of: GroupName, action: string): Status =>
  failure(405, 'MethodNotAllowed', `${action} is not supported on resources of kind "${qualifiedName(of)}"`, of);

/** 415: the media type of a patch. */
export const unsupportedMediaType = (message: string): Status => failure(415, 'UnsupportedMediaType', message);

/** 410: a resource version that is no longer kept. */
export const expired = (message: string): Status => failure(410, 'Expired', message);

/** 429. */
export const tooManyRequests = (message: string): Status => failure(429, 'TooManyRequests', message);

/** 500. */
export const internalError = (message: string): Status => failure(500, 'InternalError', `Internal error occurred: ${message}`);

/** 504. */
export const timeout = (message: string): Status => failure(504, 'Timeout', `Timeout: ${message}`);

/** 200: a bare success, as a deletion that is complete answers. */
export const success = (of: GroupName, name: string, uid: string): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: { name, ...(of.group && { group: of.group }), kind: of.name, uid },
});
