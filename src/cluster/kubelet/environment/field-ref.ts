// Fields of a Pod, and amounts of its containers, as text. Models pkg/fieldpath and pkg/api/v1/resource/helpers.go.
import { compareText } from '../../../base/order.ts';
import { nanosOf } from '../../api/quantity.ts';
import type { Container, Pod, ResourceFieldSelector } from '../../api/types.ts';
import { namespaceOf } from '../pods.ts';

/** What is known of a Pod when its fields are asked for. */
export interface FieldSource {
  readonly pod: Pod;
  readonly podIp: string;
  readonly hostIp: string;
  /** What the node can give, by resource: the limit of whatever has none. */
  readonly allocatable: Readonly<Record<string, string>>;
}

const formatMap = (map: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(map ?? {})
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');

/** The text of a field; undefined where the path leads nowhere. Models ExtractFieldPathAsString and podFieldSelectorRuntimeValue. */
export function fieldText({ pod, podIp, hostIp }: FieldSource, path: string): string | undefined {
  const { metadata, spec } = pod;
  const subscript = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path);
  if (subscript) return (subscript[1] === 'labels' ? metadata.labels : metadata.annotations)?.[subscript[2] ?? ''] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return namespaceOf(pod);
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return formatMap(metadata.labels);
    case 'metadata.annotations':
      return formatMap(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIp;
    case 'status.podIP':
    case 'status.podIPs':
      return podIp;
    default:
      return undefined;
  }
}

/** An amount in units of the divisor, rounded up; a limit that is not set is what the node can give. Models ExtractContainerResourceValue. */
export function resourceText(source: FieldSource, of: Container, selector: ResourceFieldSelector): string | undefined {
  const [part = '', ...rest] = selector.resource.split('.');
  const name = rest.join('.');
  const { limits, requests } = of.resources ?? {};
  const limit = limits?.[name] ?? source.allocatable[name] ?? '0';
  const amount = part === 'limits' ? limit : (requests?.[name] ?? limits?.[name] ?? '0');
  if (part !== 'limits' && part !== 'requests') return undefined;
  const divisor = nanosOf(selector.divisor === undefined || selector.divisor === '0' ? '1' : selector.divisor);
  return String((nanosOf(amount) + divisor - 1n) / divisor);
}
