// POST of a Binding: a Pod gets its node. Models setPodNodeAndMetadata of pkg/registry/core/pod/storage/storage.go.
import type { Binding, Pod, PodCondition, Status } from '../../api/types.ts';
import { conflict, invalid, notFound } from '../../api/status.ts';
import { required } from '../../api/field-error.ts';
import { podKey } from '../../api/resources.ts';
import type { ClusterContext } from '../../component.ts';
import { must } from '../../../base/assert.ts';
import { resourceOf } from '../paths.ts';
import { admit, decode } from '../pipeline.ts';
import { note } from '../../notes.ts';
import type { Stored } from '../cache.ts';
import { canonicalPodStatus } from '../canonical.ts';
import { type Ask, type Edit, type Server, editStored, refuse, respond, timeNow } from '../server.ts';

const BINDING = must(resourceOf('', 'v1', 'bindings'), 'bindings are served');

/** Serves a binding: `pods/<name>/binding`, or `bindings` with the Pod's name in the body. */
export function bind(server: Server, context: ClusterContext, ask: Ask) {
  const decoded = decode(context, ask, ask.request.body, BINDING);
  if ('refusal' in decoded) return refuse(context, ask, decoded.refusal);
  const given = decoded.object as Stored & Binding;
  const name = ask.target.name || given.metadata.name;
  const admitted = admit(server, context, ask, { ...given, metadata: { ...given.metadata, name, namespace: ask.target.namespace } });
  if ('refusal' in admitted) return refuse(context, ask, admitted.refusal);
  const binding = admitted.object as Stored & Binding;
  const node = binding.target.name ?? '';
  if (node === '') return refuse(context, ask, invalid({ group: '', name: 'Binding' }, name, [required('target.name')]));
  const key = podKey(ask.target.namespace, name);
  const named: Ask = { ...ask, target: { ...ask.target, name } };
  const edit = (entry: { readonly object: Stored } | undefined, now: ClusterContext): Edit => {
    if (!entry) return { refusal: notFound({ group: '', name: 'pods' }, name) };
    const pod = entry.object as Stored & Pod;
    const refused = check(pod, binding);
    return refused ? { refusal: refused } : { put: bound(server, now, pod, binding, node) };
  };
  editStored(server, context, named, key, edit, (later, result) => {
    if ('refusal' in result) return refuse(later, named, result.refusal);
    later.because(note(later, 'pod-bound', key, { namespace: ask.target.namespace, pod: name, node }, 'story'));
    respond(later, named, 201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
  });
}

function check(pod: Pod, binding: Binding): Status | undefined {
  const { name, deletionTimestamp, uid } = pod.metadata;
  const refusal = (why: string): Status => conflict({ group: '', name: 'pods/binding' }, name, why);
  const wanted = binding.metadata.uid ?? '';
  if (wanted !== '' && wanted !== uid)
    return refusal(`Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid ?? ''}`);
  if (deletionTimestamp !== undefined) return refusal(`pod ${name} is being deleted, cannot be assigned to a host`);
  if ((pod.spec.nodeName ?? '') !== '') return refusal(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
  if ((pod.spec.schedulingGates ?? []).length > 0) return refusal(`pod ${name} has non-empty .spec.schedulingGates`);
  return undefined;
}

function bound(server: Server, context: ClusterContext, pod: Stored & Pod, binding: Binding, node: string): Stored {
  const { nominatedNodeName: _, ...status } = pod.status;
  const scheduled: PodCondition = {
    type: 'PodScheduled',
    ...(pod.metadata.generation !== undefined && { observedGeneration: pod.metadata.generation }),
    status: 'True',
    lastTransitionTime: timeNow(server, context),
  };
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const labels = { ...pod.metadata.labels, ...binding.metadata.labels };
  const annotations = { ...pod.metadata.annotations, ...binding.metadata.annotations };
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: { ...pod.spec, nodeName: node },
    status: canonicalPodStatus({ ...status, conditions: [...others, scheduled] }),
  };
}
