// The images of a kubeadm control plane and of the add-ons on every node: quiet, but they listen and answer their probes.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { MI, respond } from '../serve.ts';

const HEALTHY = /^\/(?:healthz|livez|readyz|health|ready|metrics|version)(?:[/?].*)?$/;

/** Takes connections on all its ports, and answers on the last, where it is asked how it is. */
function component(ports: readonly number[], memoryBytes: number): Program {
  return function* serve(sys) {
    for (const signal of ['TERM', 'INT']) sys.onSignal(signal, 'catch');
    sys.allocate(memoryBytes);
    for (const port of ports) sys.listen(port);
    for (;;) {
      const { connection, signal } = yield { ask: 'accept', port: ports.at(-1) ?? 0 };
      if (connection?.http) connection.respond(HEALTHY.test(connection.http.path) ? respond(200, 'ok') : respond(403, 'Forbidden'));
      if (signal !== undefined) return 0;
    }
  };
}

const image = (
  name: string,
  ports: readonly number[],
  memory: number,
  sizeBytes: number,
  directory = '/usr/local/bin',
): ImageBehaviour => ({
  repositories: [`registry.k8s.io/${name}`],
  sizeBytes,
  pullMs: 4000,
  entrypoint: [`${directory}/${name}`],
  base: 'none',
  programs: { [`${directory}/${name}`]: component(ports, memory * MI) },
});

const images: readonly ImageBehaviour[] = [
  image('kube-apiserver', [6443], 260, 27_000_000),
  image('kube-controller-manager', [10257], 50, 23_000_000),
  image('kube-scheduler', [10259], 20, 17_400_000),
  image('kube-proxy', [10249, 10256], 18, 26_000_000),
  image('etcd', [2379, 2381], 60, 63_600_000),
  {
    repositories: ['registry.k8s.io/coredns/coredns', 'coredns/coredns'],
    sizeBytes: 22_400_000,
    pullMs: 3000,
    entrypoint: ['/coredns'],
    base: 'none',
    programs: { '/coredns': component([53, 9153, 8181, 8080], 20 * MI) },
  },
  {
    repositories: ['kindest/kindnetd', 'docker.io/flannel/flannel', 'ghcr.io/flannel-io/flannel'],
    sizeBytes: 40_000_000,
    pullMs: 3000,
    entrypoint: ['/bin/kindnetd'],
    base: 'none',
    programs: { '/bin/kindnetd': component([10061], 12 * MI) },
  },
];

export default images;
