// A runtime class must exist, and a Pod's overhead must be its class's. Models plugin/pkg/admission/runtimeclass/admission.go.
import { equal } from '../../../../base/json.ts';
import type { Pod } from '../../../api/types.ts';
import { type AdmissionPlugin, isPodWrite, refuse } from '../plugin.ts';

/** What is read of a node.k8s.io/v1 RuntimeClass. */
interface RuntimeClass {
  readonly overhead?: { readonly podFixed?: Readonly<Record<string, string>> };
}

/** RuntimeClass. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  admit(request, lookup) {
    if (!isPodWrite(request) || request.operation !== 'CREATE') return { object: request.object };
    const pod = request.object as unknown as Pod;
    const name = pod.spec.runtimeClassName;
    if (name === undefined) return { object: request.object };
    const found = lookup.get('runtimeclasses', '', name) as RuntimeClass | undefined;
    if (found === undefined) return { status: refuse(request, `pod rejected: RuntimeClass "${name}" not found`) };
    const overhead = found.overhead?.podFixed;
    if (overhead === undefined) return { object: request.object };
    if (pod.spec.overhead !== undefined && !equal(pod.spec.overhead, overhead)) {
      return { status: refuse(request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead") };
    }
    return { object: { ...pod, spec: { ...pod.spec, overhead } } };
  },
  validate(request, lookup) {
    if (!isPodWrite(request) || request.operation !== 'CREATE') return undefined;
    const { overhead, runtimeClassName } = (request.object as unknown as Pod).spec;
    const found =
      runtimeClassName === undefined ? undefined : (lookup.get('runtimeclasses', '', runtimeClassName) as RuntimeClass | undefined);
    if (overhead === undefined || found?.overhead !== undefined) return undefined;
    return refuse(request, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
  },
};
