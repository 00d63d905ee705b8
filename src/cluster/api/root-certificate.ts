// The ConfigMap that every namespace has, with the certificate by which a Pod knows the API server.
// Models pkg/controller/certificates/rootcacertpublisher/publisher.go.
import type { ConfigMap } from './types.ts';

/** Its name. */
export const ROOT_CERTIFICATE = 'kube-root-ca.crt';

const PEM = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBdzCCAR2gAwIBAgIBADAKBggqhkjOPQQDAjAjMSEwHwYDVQQDDBhwb2RzY29w',
  'ZS1zaW11bGF0ZWQtY2x1c3RlcjAeFw0yNTEyMzEyMzAwMDBaFw0zNTEyMjkyMzAw',
  '-----END CERTIFICATE-----',
  '',
].join('\n');

/** The object for a namespace; `creationTimestamp` where it stands already. */
export function rootCertificate(namespace: string, creationTimestamp?: string): ConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: ROOT_CERTIFICATE,
      namespace,
      ...(creationTimestamp !== undefined && { creationTimestamp }),
      annotations: {
        'kubernetes.io/description':
          'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
      },
    },
    data: { 'ca.crt': PEM },
  };
}
