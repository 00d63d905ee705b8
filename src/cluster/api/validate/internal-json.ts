// How the API server's internal types look as JSON: Go's own field names, nothing left out. They show up where an error prints a whole
// struct, and in the difference that a refused update prints. Models the field order of pkg/apis/core/types.go.
import { isObject } from '../../../base/json.ts';
import { type FieldType, structOf } from '../schema/schema.ts';

/** Go's spelling where it is more than a capital first letter. */
const SPELLINGS: Readonly<Record<string, string>> = {
  apiVersion: 'APIVersion',
  awsElasticBlockStore: 'AWSElasticBlockStore',
  cephfs: 'CephFS',
  csi: 'CSI',
  dnsConfig: 'DNSConfig',
  dnsPolicy: 'DNSPolicy',
  fc: 'FC',
  fsGroup: 'FSGroup',
  fsGroupChangePolicy: 'FSGroupChangePolicy',
  fsType: 'FSType',
  gcePersistentDisk: 'GCEPersistentDisk',
  grpc: 'GRPC',
  httpGet: 'HTTPGet',
  httpHeaders: 'HTTPHeaders',
  ip: 'IP',
  iscsi: 'ISCSI',
  nfs: 'NFS',
  os: 'OS',
  pdName: 'PDName',
  rbd: 'RBD',
  seLinuxChangePolicy: 'SELinuxChangePolicy',
  seLinuxOptions: 'SELinuxOptions',
  storageos: 'StorageOS',
  tcpSocket: 'TCPSocket',
  tty: 'TTY',
  endpoints: 'EndpointsName',
  conditionType: 'ConditionType',
};

/** Orders that differ from the versioned types; fields that are not named here do not exist inside. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  'core.PodSpec': [
    ...['volumes', 'initContainers', 'containers', 'ephemeralContainers', 'restartPolicy', 'terminationGracePeriodSeconds'],
    ...['activeDeadlineSeconds', 'dnsPolicy', 'nodeSelector', 'serviceAccountName', 'automountServiceAccountToken', 'nodeName'],
    ...['securityContext', 'imagePullSecrets', 'hostname', 'subdomain', 'setHostnameAsFQDN', 'affinity', 'schedulerName'],
    ...['tolerations', 'hostAliases', 'priorityClassName', 'priority', 'preemptionPolicy', 'dnsConfig', 'readinessGates'],
    ...['runtimeClassName', 'overhead', 'enableServiceLinks', 'topologySpreadConstraints', 'os', 'schedulingGates'],
    ...['resourceClaims', 'resources', 'hostnameOverride', 'schedulingGroup'],
  ],
};
/** Inside, what a Pod shares with its node is a part of its security context. */
const SHARED_WITH_NODE = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'] as const;

const spelled = (name: string): string => SPELLINGS[name] ?? name.charAt(0).toUpperCase() + name.slice(1);

function internalValue(type: FieldType, pointer: boolean, value: unknown): unknown {
  if (value === undefined || value === null) return pointer ? null : emptyOf(type);
  if (type.is === 'struct') return internalJson(type.name, value);
  if (type.is === 'list' && Array.isArray(value)) return value.map((item) => internalValue(type.of, false, item));
  if (type.is === 'map' && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, internalValue(type.of, false, item)]));
  }
  return value;
}

function emptyOf(type: FieldType): unknown {
  switch (type.is) {
    case 'struct':
      return internalJson(type.name, {});
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'float64':
    case 'int-or-string':
      return 0;
    case 'quantity':
      return '0';
    default:
      return null;
  }
}

/** A value of a struct of the schema (`core.PodSpec`) as the API server's inside has it. */
export function internalJson(struct: string, value: unknown): unknown {
  const schema = structOf(struct);
  if (schema === undefined || !isObject(value) || struct.startsWith('meta.')) return value;
  const inside: Record<string, unknown> = {};
  for (const name of ORDERS[struct] ?? schema.fields.keys()) {
    const field = schema.fields.get(name);
    if (field !== undefined) inside[spelled(name)] = internalValue(field.type, field.pointer, value[name]);
  }
  if (struct !== 'core.PodSpec' || !isObject(inside.SecurityContext)) return inside;
  const shared: [string, unknown][] = SHARED_WITH_NODE.map((name) => [
    spelled(name),
    value[name] ?? (name === 'shareProcessNamespace' || name === 'hostUsers' ? null : false),
  ]);
  return { ...inside, SecurityContext: { ...Object.fromEntries(shared), ...inside.SecurityContext } };
}

/** Indented by one space, as the difference of two specs is made from. */
export const internalText = (struct: string, value: unknown): string => JSON.stringify(internalJson(struct, value), null, 1);
