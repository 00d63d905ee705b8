// ConfigMaps, Secrets, ServiceAccounts, Namespaces, quotas and limits as tables. Models pkg/printers/internalversion/printers.go.
import { sortedKeys } from '../../../base/order.ts';
import { age } from '../../api/human-duration.ts';
import type { ConfigMap, LimitRange, Namespace, ResourceQuota, Secret, ServiceAccount } from '../../api/types.ts';
import { AGE, column, NAME, type TableKind } from './table-kind.ts';

const count = (data: object | undefined): number => Object.keys(data ?? {}).length;

/** The table of ConfigMaps. */
export const configMapTable: TableKind<ConfigMap> = {
  columns: [NAME, column('Data'), AGE],
  cells: (map, nowMs) => [map.metadata.name, String(count(map.data) + count(map.binaryData)), age(map.metadata.creationTimestamp, nowMs)],
};

/** The table of Secrets. */
export const secretTable: TableKind<Secret> = {
  columns: [NAME, column('Type'), column('Data'), AGE],
  cells: (secret, nowMs) => [
    secret.metadata.name,
    secret.type ?? 'Opaque',
    String(count(secret.data)),
    age(secret.metadata.creationTimestamp, nowMs),
  ],
};

/** The table of ServiceAccounts. */
export const serviceAccountTable: TableKind<ServiceAccount> = {
  columns: [NAME, AGE],
  cells: (account, nowMs) => [account.metadata.name, age(account.metadata.creationTimestamp, nowMs)],
};

/** The table of Namespaces. */
export const namespaceTable: TableKind<Namespace> = {
  columns: [NAME, column('Status'), AGE],
  cells: (namespace, nowMs) => [namespace.metadata.name, namespace.status?.phase ?? '', age(namespace.metadata.creationTimestamp, nowMs)],
};

/** The table of LimitRanges. */
export const limitRangeTable: TableKind<LimitRange> = {
  columns: [NAME, column('Created At', 'date')],
  cells: (range) => [range.metadata.name, range.metadata.creationTimestamp ?? '<unknown>'],
};

/** The table of ResourceQuotas. */
export const resourceQuotaTable: TableKind<ResourceQuota> = {
  columns: [NAME, column('Request'), column('Limit'), AGE],
  cells(quota, nowMs) {
    const { hard = {}, used = {} } = quota.status ?? {};
    const isLimit = (key: string) => key.startsWith('limits');
    const text = (keys: string[]) => keys.map((key) => `${key}: ${used[key] ?? '0'}/${hard[key]}`).join(', ');
    const keys = sortedKeys(hard);
    return [
      quota.metadata.name,
      text(keys.filter((key) => !isLimit(key))),
      text(keys.filter(isLimit)),
      age(quota.metadata.creationTimestamp, nowMs),
    ];
  },
};
