// Services and Endpoints as tables. Models pkg/printers/internalversion/printers.go printService and printEndpoints.
import { sortedKeys } from '../../../base/order.ts';
import { age } from '../../api/human-duration.ts';
import type { Endpoints, Service } from '../../api/types.ts';
import { AGE, column, NAME, type TableKind, wideColumn } from './table-kind.ts';

/** The table of Services. */
export const serviceTable: TableKind<Service> = {
  columns: [NAME, column('Type'), column('Cluster-IP'), column('External-IP'), column('Port(s)'), AGE, wideColumn('Selector')],
  cells(service, nowMs) {
    const { spec = {} } = service;
    return [
      service.metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] || spec.clusterIP || '<none>',
      externalIp(service),
      ports(service),
      age(service.metadata.creationTimestamp, nowMs),
      selectorText(spec.selector),
    ];
  },
};

function externalIp({ spec = {}, status }: Service): string {
  const external = spec.externalIPs ?? [];
  if (spec.type === 'ExternalName') return spec.externalName || '<none>';
  if (spec.type !== 'LoadBalancer') return external.join(',') || '<none>';
  const ingress = (status?.loadBalancer?.ingress ?? []).map((item) => item.ip || item.hostname || '');
  return [...ingress, ...external].join(',') || '<pending>';
}

function ports({ spec = {} }: Service): string {
  const text = (spec.ports ?? []).map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`);
  return text.join(',') || '<none>';
}

function selectorText(selector: Readonly<Record<string, string>> | undefined): string {
  return (
    sortedKeys(selector ?? {})
      .map((key) => `${key}=${selector?.[key]}`)
      .join(',') || '<none>'
  );
}

const SHOWN_ENDPOINTS = 3;

/** The table of Endpoints. */
export const endpointsTable: TableKind<Endpoints> = {
  columns: [NAME, column('Endpoints'), AGE],
  cells: (endpoints, nowMs) => [endpoints.metadata.name, endpointsText(endpoints), age(endpoints.metadata.creationTimestamp, nowMs)],
};

function endpointsText(endpoints: Endpoints): string {
  const all = (endpoints.subsets ?? []).flatMap(({ addresses = [], ports: open = [] }) =>
    open.length === 0 ? addresses.map(({ ip }) => ip) : open.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
  );
  if (all.length === 0) return '<none>';
  const shown = all.slice(0, SHOWN_ENDPOINTS).join(',');
  return all.length > SHOWN_ENDPOINTS ? `${shown} + ${all.length - SHOWN_ENDPOINTS} more...` : shown;
}
