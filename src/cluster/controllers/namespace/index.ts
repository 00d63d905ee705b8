// Namespaces: each gets its default service account and its root certificate; one that is deleted is emptied first, Pods before the rest.
// Models pkg/controller/namespace (with OrderedNamespaceDeletion), serviceaccount/serviceaccounts_controller.go and
// certificates/rootcacertpublisher.
import { RESOURCES, type Resource, apiPath, storageKey } from '../../api/resources.ts';
import { ROOT_CERTIFICATE, rootCertificate } from '../../api/root-certificate.ts';
import { createApiClient } from '../../api/client.ts';
import type { ConfigMap, Namespace, Pod, ServiceAccount } from '../../api/types.ts';
import type { ClusterComponent, ClusterContext } from '../../component.ts';
import { controllerOf } from '../../names.ts';
import { type Informer, startInformer } from '../informer.ts';

/** Everything that a namespace can hold, but for Pods and for what has no objects. */
const CONTENT: readonly Resource[] = RESOURCES.filter(
  ({ namespaced, resource }) => namespaced && resource !== 'bindings' && resource !== 'pods',
);

interface Known {
  readonly namespaces: Informer<Namespace>;
  readonly accounts: Informer<ServiceAccount>;
  readonly certificates: Informer<ConfigMap>;
}

/** The namespace controller. */
export default function createNamespaceController(): ClusterComponent {
  const client = createApiClient('kube-controller-manager');
  const emptying = new Set<string>();
  let known: Known | undefined;

  const post = (context: ClusterContext, namespace: string, plural: string, body: unknown): void => {
    const path = `/api/v1/namespaces/${namespace}/${plural}`;
    const subject = storageKey('namespaces', undefined, namespace);
    client.request(context, { method: 'POST', path, body }, { level: 'api', label: `POST ${plural}`, subject }, () => undefined);
  };
  const reconcile = (context: ClusterContext, name: string) => {
    if (!known?.namespaces.isSynced || !known.accounts.isSynced || !known.certificates.isSynced) return;
    const namespace = known.namespaces.objects.get(name);
    if (!namespace) {
      emptying.delete(name);
      return;
    }
    if (namespace.metadata.deletionTimestamp !== undefined) return empty(context, name);
    if (!known.accounts.objects.has(`${name}/default`)) {
      post(context, name, 'serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
    }
    if (!known.certificates.objects.has(`${name}/${ROOT_CERTIFICATE}`)) post(context, name, 'configmaps', rootCertificate(name));
  };
  const reconcileAll = (context: ClusterContext): void => {
    for (const name of [...(known?.namespaces.objects.keys() ?? [])]) reconcile(context, name);
  };
  const start = (context: ClusterContext): void => {
    const named = (name: string) => ({ fieldSelector: `metadata.name=${name}` });
    const ofNamespace = (now: ClusterContext, key: string) => reconcile(now, key.split('/')[0] ?? '');
    known = {
      namespaces: startInformer<Namespace>(client, context, '/api/v1/namespaces', {}, ofNamespace, reconcileAll),
      accounts: startInformer<ServiceAccount>(client, context, '/api/v1/serviceaccounts', named('default'), ofNamespace, reconcileAll),
      certificates: startInformer<ConfigMap>(client, context, '/api/v1/configmaps', named(ROOT_CERTIFICATE), ofNamespace, reconcileAll),
    };
  };

  /** Empties a namespace that is being deleted, once at a time. */
  const empty = (context: ClusterContext, name: string): void => {
    if (emptying.has(name)) return;
    emptying.add(name);
    const pods = `/api/v1/namespaces/${name}/pods`;
    const subject = storageKey('namespaces', undefined, name);
    client.request(context, { method: 'DELETE', path: pods }, { level: 'api', label: 'DELETE pods', subject }, (deleted) => {
      client.request(deleted, { method: 'GET', path: pods }, { level: 'all', label: 'GET pods' }, (listed, { body }) => {
        const { items } = body as { readonly items: readonly Pod[] };
        if (items.length === 0) return emptyRest(listed, name);
        // Half of the longest grace that is left, and a second: as the real one estimates.
        const grace = Math.max(
          0,
          ...items.map(({ metadata, spec }) => metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0),
        );
        listed.wake((Math.floor(grace / 2) + 1) * 1000, { type: 'wake', wake: 'again', key: name });
      });
    });
  };
  const emptyRest = (context: ClusterContext, name: string): void => {
    let left = CONTENT.length;
    for (const resource of CONTENT) {
      const shown = { level: 'api', label: `DELETE ${resource.resource}` } as const;
      client.request(context, { method: 'DELETE', path: apiPath(resource, name) }, shown, (later) => {
        left -= 1;
        if (left === 0) finalize(later, name);
      });
    }
  };
  const finalize = (context: ClusterContext, name: string): void => {
    const namespace = known?.namespaces.objects.get(name);
    if (!namespace) return;
    const body = { ...namespace, apiVersion: 'v1', kind: 'Namespace', spec: { finalizers: [] } };
    const path = `/api/v1/namespaces/${name}/finalize`;
    client.request(
      context,
      { method: 'PUT', path, body },
      { level: 'api', label: `PUT namespaces/${name}/finalize` },
      (later, { code }) => {
        // It was changed meanwhile: the next look finds it empty.
        if (code >= 400) later.wake(1000, { type: 'wake', wake: 'again', key: name });
      },
    );
  };

  return {
    name: controllerOf('namespace'),
    handle(context, { body }) {
      if (body.type === 'start') start(context);
      else if (body.type === 'wake' && body.wake === 'again') {
        emptying.delete(body.key ?? '');
        reconcile(context, body.key ?? '');
      } else client.handle(context, body);
    },
  };
}
