// Objects as a meta.k8s.io/v1 Table: what is answered to a client that wants to print. Models pkg/printers.
import { isObject } from '../../../base/json.ts';
import { age } from '../../api/human-duration.ts';
import type { Table } from '../../api/table.ts';
import type { ObjectMeta } from '../../api/types.ts';
import { configMapTable, limitRangeTable, namespaceTable, resourceQuotaTable, secretTable, serviceAccountTable } from './configuration.ts';
import { eventTable } from './events.ts';
import { nodeTable } from './nodes.ts';
import { podTable } from './pods.ts';
import { leaseTable, podDisruptionBudgetTable, priorityClassTable } from './policies.ts';
import { endpointsTable, serviceTable } from './services.ts';
import { persistentVolumeClaimTable, persistentVolumeTable, storageClassTable } from './storage.ts';
import { AGE, NAME, type TableKind } from './table-kind.ts';

const ANY: TableKind<{ readonly metadata: ObjectMeta }> = {
  columns: [NAME, AGE],
  cells: (object, nowMs) => [object.metadata.name, age(object.metadata.creationTimestamp, nowMs)],
};

const TABLES: Readonly<Record<string, TableKind<never>>> = {
  ConfigMap: configMapTable,
  Endpoints: endpointsTable,
  Event: eventTable,
  Lease: leaseTable,
  LimitRange: limitRangeTable,
  Namespace: namespaceTable,
  Node: nodeTable,
  PersistentVolume: persistentVolumeTable,
  PersistentVolumeClaim: persistentVolumeClaimTable,
  Pod: podTable,
  PodDisruptionBudget: podDisruptionBudgetTable,
  PriorityClass: priorityClassTable,
  ResourceQuota: resourceQuotaTable,
  Secret: secretTable,
  Service: serviceTable,
  ServiceAccount: serviceAccountTable,
  StorageClass: storageClassTable,
};

/**
 * Makes a Table of objects of one kind. `nowMs`: the date, in milliseconds since 1970. `includeObject`: what a row's `object` carries, as
 * the query parameter of that name says (`Metadata` unless told).
 */
export function tableOf(
  kind: string,
  objects: readonly unknown[],
  nowMs: number,
  options: { readonly resourceVersion?: string; readonly includeObject?: string } = {},
): Table {
  // Objects in the store have the shape that their kind says: this is the boundary at which that is taken on trust.
  const table = (TABLES[kind] ?? ANY) as TableKind<unknown>;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.resourceVersion === undefined ? {} : { resourceVersion: options.resourceVersion },
    columnDefinitions: table.columns,
    rows: objects.map((object) => ({ cells: table.cells(object, nowMs), object: included(object, options.includeObject) })),
  };
}

function included(object: unknown, include = 'Metadata'): unknown {
  if (include === 'Object') return object;
  if (include === 'None' || !isObject(object)) return null;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
