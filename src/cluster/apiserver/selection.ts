// What the query of a list or a watch selects: labels, fields, one name.
import type { Status } from '../api/types.ts';
import { badRequest } from '../api/status.ts';
import { matchesSelector, parseSelector } from '../api/selector.ts';
import type { Stored } from './cache.ts';
import { matchesFields, parseFieldSelector } from './field-selector.ts';

/** A selection of objects of one kind. */
export interface Selection {
  matches(object: Stored): boolean;
  /** The node, where only Pods bound to one are selected. */
  readonly nodeName?: string;
  /** The name, where one object is selected. */
  readonly name?: string;
}

/** Reads `labelSelector` and `fieldSelector`; `name` narrows it to one object. A Status where they cannot be read. */
export function readSelection(
  kind: string,
  query: Readonly<Record<string, string>>,
  name: string,
): { readonly selection: Selection } | { readonly refusal: Status } {
  const labels = parseSelector(query.labelSelector ?? '');
  if ('error' in labels) return { refusal: badRequest(labels.error) };
  const fields = parseFieldSelector(kind, query.fieldSelector ?? '');
  if ('error' in fields) return { refusal: badRequest(fields.error) };
  const pinned = (field: string): string | undefined => fields.requirements.find((each) => each.equal && each.field === field)?.value;
  const nodeName = kind === 'Pod' ? pinned('spec.nodeName') : undefined;
  const only = name === '' ? pinned('metadata.name') : name;
  return {
    selection: {
      matches: (object) =>
        (only === undefined || object.metadata.name === only) &&
        matchesFields(fields.requirements, object) &&
        matchesSelector(labels.requirements, object.metadata.labels ?? {}),
      ...(nodeName && { nodeName }),
      ...(only && { name: only }),
    },
  };
}
