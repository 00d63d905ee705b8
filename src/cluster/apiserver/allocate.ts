// Addresses of Services: 10.96.0.0/16, drawn for each Service that has none. Models pkg/registry/core/service/{allocator,ipallocator}.
import type { Service } from '../api/types.ts';
import type { ClusterContext } from '../component.ts';
import type { Stored } from './cache.ts';
import type { Server } from './server.ts';

const DRAWS = 20;

/** A Service with its cluster address; any other object as it is. */
export function allocateService(server: Server, context: ClusterContext, object: Stored): Stored {
  if (object.kind !== 'Service') return object;
  const { spec = {} } = object as Stored & Service;
  if (spec.type === 'ExternalName') return object;
  const given = spec.clusterIP ?? '';
  const clusterIP = given === '' ? drawAddress(server, context, object) : given;
  const families = clusterIP === 'None' && !spec.selector ? {} : { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
  return { ...object, spec: { ...families, ...spec, clusterIP, clusterIPs: spec.clusterIPs ?? [clusterIP] } };
}

function drawAddress(server: Server, context: ClusterContext, { metadata }: Stored): string {
  const taken = new Set(
    server.cache.list('services', '/registry/services/specs/').map(({ object }) => (object as Stored & Service).spec?.clusterIP),
  );
  const random = context.random('clusterIP', `${metadata.namespace}/${metadata.name}`);
  let address = '';
  for (let i = 0; i < DRAWS; i += 1) {
    address = `10.96.${random.below(256)}.${random.between(1, 254)}`;
    if (!taken.has(address)) break;
  }
  return address;
}
