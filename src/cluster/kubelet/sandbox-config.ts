// The names that a sandbox gets. Models GeneratePodHostNameAndDomain of pkg/kubelet/kubelet_pods.go and pkg/kubelet/network/dns.
import type { Pod } from '../api/types.ts';
import { namespaceOf } from './pods.ts';

const LONGEST_HOSTNAME = 63;
const DNS_IP = '10.96.0.10';
const CLUSTER_DOMAIN = 'cluster.local';

/** The host name of a Pod: its own, the spec's, or the node's. */
export function hostnameOf(pod: Pod, node: string): string {
  if (pod.spec.hostNetwork) return node;
  const name = pod.spec.hostnameOverride || pod.spec.hostname || pod.metadata.name;
  const short = name.slice(0, LONGEST_HOSTNAME).replace(/[-.]+$/, '');
  if (!pod.spec.setHostnameAsFQDN || !pod.spec.subdomain) return short;
  return `${short}.${pod.spec.subdomain}.${namespaceOf(pod)}.svc.${CLUSTER_DOMAIN}`;
}

/** The text of /etc/resolv.conf. */
export function resolvConfOf(pod: Pod): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig } = pod.spec;
  const isCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !pod.spec.hostNetwork);
  const searches = isCluster ? [`${namespaceOf(pod)}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN] : [];
  const servers = dnsPolicy === 'None' ? [] : isCluster ? [DNS_IP] : ['8.8.8.8'];
  const options = isCluster ? ['ndots:5'] : [];
  const asked = (dnsConfig?.options ?? []).map(({ name = '', value }) => (value === undefined ? name : `${name}:${value}`));
  const search = [...searches, ...(dnsConfig?.searches ?? [])];
  const replaced = new Set(asked.map((each) => each.split(':')[0]));
  const allOptions = [...options.filter((each) => !replaced.has(each.split(':')[0])), ...asked];
  return [
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...[...servers, ...(dnsConfig?.nameservers ?? [])].map((each) => `nameserver ${each}`),
    ...(allOptions.length > 0 ? [`options ${allOptions.join(' ')}`] : []),
    '',
  ].join('\n');
}
