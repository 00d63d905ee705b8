// Nothing is created in a namespace that does not exist or that is being deleted, and three namespaces are never deleted.
// Models k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go.
import { notFound } from '../../../api/status.ts';
import type { Namespace, Status } from '../../../api/types.ts';
import { type AdmissionLookup, type AdmissionPlugin, type AdmissionRequest, refuse } from '../plugin.ts';

const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);
const NAMESPACES = { group: '', name: 'namespaces' } as const;

function refusal(request: AdmissionRequest, lookup: AdmissionLookup): Status | undefined {
  const { operation, resource, namespace, name } = request;
  if (operation === 'DELETE' && resource.group === '' && resource.name === 'namespaces' && IMMORTAL.has(name)) {
    return refuse(request, 'this namespace may not be deleted');
  }
  if (operation !== 'CREATE' || namespace === '') return undefined;
  const standing = lookup.get('namespaces', '', namespace) as Namespace | undefined;
  if (standing === undefined) return notFound(NAMESPACES, namespace);
  if (standing.status?.phase !== 'Terminating') return undefined;
  return refuse(request, `unable to create new content in namespace ${namespace} because it is being terminated`, [
    { reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' },
  ]);
}

/** NamespaceLifecycle. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  admit(request, lookup) {
    const status = refusal(request, lookup);
    return status ? { status } : { object: request.object };
  },
};
