// Events are objects like all others; that one was posted, or counted again, is noted for the timeline.
import { RESOURCES, type Resource, storageKey } from '../api/resources.ts';
import type { Event } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import { note } from '../notes.ts';
import type { Stored } from './cache.ts';

const BY_KIND: ReadonlyMap<string, Resource> = new Map(RESOURCES.map((each) => [each.kind, each]));

/** Notes a stored Event under the object that it is about; of any other object, nothing. */
export function noteEvent(context: ClusterContext, stored: Stored): void {
  if (stored.kind !== 'Event') return;
  const { involvedObject, type = 'Normal', reason = '', message = '', count, series } = stored as Stored & Event;
  const { kind = '', namespace = '', name = '' } = involvedObject;
  const resource = BY_KIND.get(kind);
  const subject = resource ? storageKey(resource.resource, resource.namespaced ? namespace : undefined, name) : '';
  const data = { namespace, pod: name, kind, type, reason, message, count: count ?? series?.count ?? 1 };
  note(context, 'event', subject, data, 'api');
}
