// `kubectl describe` of kinds other than Pods and Nodes. Models k8s.io/kubectl/pkg/describe, and its generic describer for the rest.
import { isObject } from '../../../base/json.ts';
import { sortedKeys } from '../../../base/order.ts';
import { utf8Length } from '../../../base/utf8.ts';
import type { Resource } from '../../../cluster/api/resources.ts';
import type { Event } from '../../../cluster/api/types.ts';
import type { ApiObject } from '../../client.ts';
import { describeEvents } from './events.ts';
import { createDescribeWriter, type DescribeWriter, describeAnnotations, describeLabels, rfc1123 } from './writer.ts';

/** Describes an object of any kind. */
export function describeAny(resource: Resource, object: ApiObject, events: readonly Event[] | undefined, nowMs: number): string {
  const out = createDescribeWriter();
  const { metadata } = object;
  out.line(0, `Name:\t${metadata.name}`);
  if (resource.namespaced) out.line(0, `Namespace:\t${metadata.namespace ?? ''}`);
  describeLabels(out, 'Labels', metadata.labels);
  describeAnnotations(out, metadata.annotations);
  const body = BODIES[resource.kind];
  if (body) body(out, object);
  else describeFields(out, object);
  if (events && resource.kind !== 'Secret' && resource.kind !== 'Namespace') describeEvents(out, events, nowMs);
  return out.text();
}

const textOf = (value: unknown, otherwise = '<none>'): string =>
  value === undefined || value === null || value === '' ? otherwise : String(value);
const fields = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const BODIES: Readonly<Record<string, (out: DescribeWriter, object: ApiObject) => void>> = {
  Namespace(out, { status }) {
    out.line(0, `Status:\t${textOf(fields(status).phase, '')}`);
    out.line(0, '');
    out.line(0, 'No resource quota.');
    out.line(0, '');
    out.line(0, 'No LimitRange resource.');
  },
  ConfigMap(out, { data, binaryData }) {
    out.line(0, '');
    out.line(0, 'Data');
    out.line(0, '====');
    for (const key of sortedKeys(fields(data))) {
      out.line(0, `${key}:`);
      out.line(0, '----');
      out.line(0, textOf(fields(data)[key], ''));
      out.line(0, '');
    }
    out.line(0, '');
    out.line(0, 'BinaryData');
    out.line(0, '====');
    for (const key of sortedKeys(fields(binaryData))) out.line(0, `${key}: ${decodedLength(fields(binaryData)[key])} bytes`);
    out.line(0, '');
  },
  Secret(out, { type, data }) {
    out.line(0, '');
    out.line(0, `Type:\t${textOf(type, '')}`);
    out.line(0, '');
    out.line(0, 'Data');
    out.line(0, '====');
    for (const key of sortedKeys(fields(data))) out.line(0, `${key}:\t${decodedLength(fields(data)[key])} bytes`);
  },
  Service(out, { spec }) {
    const of = fields(spec);
    const selector = fields(of.selector);
    const selected = sortedKeys(selector).map((key) => `${key}=${selector[key]}`);
    out.line(0, `Selector:\t${selected.join(',') || '<none>'}`);
    out.line(0, `Type:\t${textOf(of.type)}`);
    out.line(0, `IP Family Policy:\t${textOf(of.ipFamilyPolicy)}`);
    out.line(0, `IP Families:\t${Array.isArray(of.ipFamilies) ? of.ipFamilies.join(',') : '<none>'}`);
    out.line(0, `IP:\t${textOf(of.clusterIP, '')}`);
    out.line(0, `IPs:\t${Array.isArray(of.clusterIPs) ? of.clusterIPs.join(',') : '<none>'}`);
    for (const port of Array.isArray(of.ports) ? of.ports.filter(isObject) : []) {
      out.line(0, `Port:\t${textOf(port.name, '<unset>')}  ${port.port}/${textOf(port.protocol, 'TCP')}`);
      out.line(0, `TargetPort:\t${textOf(port.targetPort, String(port.port))}/${textOf(port.protocol, 'TCP')}`);
    }
    out.line(0, `Session Affinity:\t${textOf(of.sessionAffinity, 'None')}`);
  },
  ServiceAccount(out) {
    for (const title of ['Image pull secrets', 'Mountable secrets', 'Tokens']) out.line(0, `${title}:\t<none>`);
  },
  PriorityClass(out, { value, globalDefault, preemptionPolicy, description }) {
    out.line(0, `Value:\t${textOf(value, '0')}`);
    out.line(0, `GlobalDefault:\t${globalDefault === true}`);
    out.line(0, `PreemptionPolicy:\t${textOf(preemptionPolicy, 'PreemptLowerPriority')}`);
    out.line(0, `Description:\t${textOf(description, '')}`);
  },
};

function decodedLength(value: unknown): number {
  const text = String(value ?? '');
  const padding = /=*$/.exec(text)?.[0].length ?? 0;
  return /^[A-Za-z0-9+/]*=*$/.test(text) ? Math.max(0, (text.length * 3) / 4 - padding) : utf8Length(text);
}

/** Every field by its name, as the generic describer writes them: `API Version:`, `Kind:`, `Metadata:`, ... */
function describeFields(out: DescribeWriter, object: ApiObject): void {
  const { metadata, apiVersion, kind, ...rest } = object;
  out.line(0, `API Version:\t${apiVersion}`);
  out.line(0, `Kind:\t${kind}`);
  const { name: _name, namespace: _namespace, labels: _labels, annotations: _annotations, ...others } = metadata;
  describeValue(out, 0, 'metadata', {
    ...others,
    ...('creationTimestamp' in others && { creationTimestamp: rfcOrText(others.creationTimestamp) }),
  });
  for (const key of sortedKeys(rest)) describeValue(out, 0, key, rest[key]);
}

const rfcOrText = (value: unknown): string => (typeof value === 'string' ? value : rfc1123(undefined));

function describeValue(out: DescribeWriter, level: number, key: string, value: unknown): void {
  const title = titleOf(key);
  if (Array.isArray(value)) {
    out.line(level, `${title}:`);
    for (const item of value) {
      if (isObject(item)) for (const inner of sortedKeys(item)) describeValue(out, level + 1, inner, item[inner]);
      else out.line(level + 1, String(item));
    }
  } else if (isObject(value)) {
    out.line(level, `${title}:`);
    for (const inner of sortedKeys(value)) describeValue(out, level + 1, inner, value[inner]);
  } else out.line(level, `${title}:\t${String(value)}`);
}

/** `creationTimestamp` is written `Creation Timestamp`. Models smartLabelFor. */
function titleOf(key: string): string {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(' ');
  return words
    .map((word) => (/^(api|url|uid|ip)$/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
