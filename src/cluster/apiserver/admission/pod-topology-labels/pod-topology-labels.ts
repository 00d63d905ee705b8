// A binding carries its node's zone and region, so that the Pod gets them as labels. Models plugin/pkg/admission/podtopologylabels.
import type { Binding, Node, Pod } from '../../../api/types.ts';
import { type AdmissionLookup, type AdmissionPlugin, isPodWrite } from '../plugin.ts';

const LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'] as const;

function labelsOf(node: string, lookup: AdmissionLookup): Readonly<Record<string, string>> {
  const labels = (lookup.get('nodes', '', node) as Node | undefined)?.metadata.labels ?? {};
  return Object.fromEntries(LABELS.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])));
}

/** PodTopologyLabels: for a binding, and for a Pod that is created on a node. */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  admit(request, lookup) {
    const { object, operation, resource, subresource } = request;
    const binds = resource.group === '' && ((resource.name === 'pods' && subresource === 'binding') || resource.name === 'bindings');
    const placed = isPodWrite(request) && (object as unknown as Pod).spec.nodeName;
    if (operation !== 'CREATE' || !(binds || placed)) return { object };
    const node = binds ? (object as unknown as Binding).target.name : (object as unknown as Pod).spec.nodeName;
    const labels = labelsOf(node ?? '', lookup);
    if (Object.keys(labels).length === 0) return { object };
    const own = (object as unknown as Pod).metadata.labels ?? {};
    return { object: { ...object, metadata: { ...object.metadata, labels: { ...own, ...labels } } } as typeof object };
  },
};
