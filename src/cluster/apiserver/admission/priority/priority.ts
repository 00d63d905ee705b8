// Turns a Pod's priority class into its priority and its preemption policy. Models plugin/pkg/admission/priority/admission.go.
import type { Pod, PriorityClass } from '../../../api/types.ts';
import { type Admission, type AdmissionLookup, type AdmissionPlugin, type AdmissionRequest, isPodWrite, refuse } from '../plugin.ts';

/** The class that Pods without one get: of several, the one of least value. */
function defaultClass(lookup: AdmissionLookup): PriorityClass | undefined {
  const marked = (lookup.list('priorityclasses') as readonly PriorityClass[]).filter((each) => each.globalDefault === true);
  return marked.reduce<PriorityClass | undefined>(
    (least, each) => (least === undefined || (each.value ?? 0) < (least.value ?? 0) ? each : least),
    undefined,
  );
}

function admitNewPod(request: AdmissionRequest, lookup: AdmissionLookup): Admission {
  const pod = request.object as unknown as Pod;
  const { priorityClassName: asked, priority: given, preemptionPolicy: givenPolicy } = pod.spec;
  const found = asked ? (lookup.get('priorityclasses', '', asked) as PriorityClass | undefined) : defaultClass(lookup);
  if (asked && found === undefined) return { status: refuse(request, `no PriorityClass with name ${asked} was found`) };
  const value = found?.value ?? 0;
  if (given !== undefined && given !== value) {
    const why = `the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`;
    return { status: refuse(request, why) };
  }
  const policy = found === undefined ? 'PreemptLowerPriority' : (found.preemptionPolicy ?? 'PreemptLowerPriority');
  if (givenPolicy !== undefined && givenPolicy !== policy) {
    const why = `the string value of PreemptionPolicy (${givenPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`;
    return { status: refuse(request, why) };
  }
  const name = asked || found?.metadata.name;
  const spec = { ...pod.spec, ...(name && { priorityClassName: name }), priority: value, preemptionPolicy: policy };
  const admitted: Pod = { ...pod, spec };
  return { object: admitted };
}

/** An update that says nothing of the priority keeps it. */
function admitChangedPod(request: AdmissionRequest): Admission {
  const pod = request.object as unknown as Pod;
  const before = request.oldObject as unknown as Pod | undefined;
  const priority = pod.spec.priority ?? before?.spec.priority;
  const preemptionPolicy = pod.spec.preemptionPolicy ?? before?.spec.preemptionPolicy;
  const spec = { ...pod.spec, ...(priority !== undefined && { priority }), ...(preemptionPolicy !== undefined && { preemptionPolicy }) };
  const admitted: Pod = { ...pod, spec };
  return { object: admitted };
}

/** Priority. */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  admit(request, lookup) {
    if (!isPodWrite(request)) return { object: request.object };
    return request.operation === 'CREATE' ? admitNewPod(request, lookup) : admitChangedPod(request);
  },
  validate(request, lookup) {
    if (request.resource.name !== 'priorityclasses' || request.operation === 'DELETE') return undefined;
    const asked = request.object as unknown as PriorityClass;
    const standing = defaultClass(lookup);
    if (asked.globalDefault !== true || standing === undefined || standing.metadata.name === asked.metadata.name) return undefined;
    return refuse(request, `PriorityClass ${standing.metadata.name} is already marked as default. Only one default can exist`);
  },
};
