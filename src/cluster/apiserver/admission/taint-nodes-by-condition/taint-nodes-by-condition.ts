// A new Node is not ready yet. Models plugin/pkg/admission/nodetaint/admission.go.
import type { Node, Taint } from '../../../api/types.ts';
import type { AdmissionPlugin } from '../plugin.ts';

const NOT_READY: Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** TaintNodesByCondition. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  admit(request) {
    const { resource, subresource, operation } = request;
    if (operation !== 'CREATE' || resource.group !== '' || resource.name !== 'nodes' || subresource !== undefined) {
      return { object: request.object };
    }
    const node = request.object as unknown as Node;
    const taints = node.spec?.taints ?? [];
    if (taints.some((taint) => taint.key === NOT_READY.key && taint.effect === NOT_READY.effect)) return { object: request.object };
    return { object: { ...node, spec: { ...node.spec, taints: [...taints, NOT_READY] } } };
  },
};
