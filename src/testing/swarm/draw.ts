// A seed draws a cluster, what runs on it, and what is done to it.
import { createRandom } from '../../base/prng.ts';
import { podOf, scripted, type World } from '../driver.ts';

/** Milliseconds that a swarm's run lasts. */
export const SWARM_MS = 150_000;

const CONTAINERS: readonly (() => object)[] = [
  () => ({ name: 'nginx', image: 'nginx:1.14' }),
  () => ({
    name: 'nginx',
    image: 'nginx:1.14',
    livenessProbe: { httpGet: { path: '/', port: 81 }, periodSeconds: 4, failureThreshold: 1 },
  }),
  () => ({ name: 'nginx', image: 'nginx:1.14', readinessProbe: { httpGet: { path: '/', port: 80 } } }),
  () => scripted('sleep 3; exit 1'),
  () => scripted('echo done'),
  () => scripted('trap "exit 0" TERM; while true; do sleep 1; done'),
  () => scripted('while true; do :; done'),
  () => ({ name: 'c', image: 'absent:9' }),
  () => ({ name: 'c', image: 'unheard/of:1' }),
  () => ({ name: 'big', image: 'nginx:1.14', resources: { requests: { cpu: '1500m', memory: '1Gi' } } }),
  () => ({ name: 'huge', image: 'nginx:1.14', resources: { requests: { cpu: '64' } } }),
];
const LINES = [
  'kubectl get pods -A',
  'kubectl describe pod p0',
  'kubectl logs p1',
  'kubectl get events',
  'kubectl exec p0 -- ls /',
  'kubectl get nodes',
];

/** The world of a seed. */
export function drawWorld(seed: number): World {
  const random = createRandom(seed, 'swarm');
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)] as T;
  const chance = (percent: number): boolean => random.below(100) < percent;
  const preset = pick(['three-node', 'three-node', 'minikube', 'none']);
  const nodes = preset === 'none' ? [{ name: 'node1', cpu: '2', memory: '4Gi' }, ...(chance(50) ? [{ name: 'node2' }] : [])] : [];
  const nodeNames = preset === 'minikube' ? ['minikube'] : ['node1', 'node2'].slice(0, preset === 'none' ? nodes.length : 2);
  const pods = 1 + random.below(5);
  const podNames = Array.from({ length: pods }, (_, i) => `p${i}`);
  const at = (): string => `${random.below(SWARM_MS - 30_000)}ms`;
  const manifest = (name: string): object => {
    const drawn = Array.from({ length: 1 + random.below(2) }, () => pick(CONTAINERS)());
    return podOf(
      name,
      drawn.map((container, i) => ({ ...container, name: `c${i}` })),
      {
        restartPolicy: pick(['Always', 'Always', 'OnFailure', 'Never']),
        ...(chance(30) && { terminationGracePeriodSeconds: random.below(8) }),
        ...(chance(25) && { initContainers: [{ ...scripted(pick(['sleep 2', 'exit 1', 'sleep 1; exit 0'])), name: 'init' }] }),
      },
    );
  };
  const faults = (): object => {
    const [pod, node] = [pick(podNames), pick(nodeNames)];
    return pick<() => object>([
      () => ({ kind: 'kill-container', pod, container: 'c0' }),
      () => ({ kind: 'kill-sandbox', pod }),
      () => ({ kind: 'scheduler-down' }),
      () => ({ kind: 'scheduler-up' }),
      () => ({ kind: 'registry-down' }),
      () => ({ kind: 'registry-up' }),
      () => ({ kind: 'node-down', node }),
      () => ({ kind: 'node-up', node }),
      () => ({ kind: 'kubelet-down', node }),
      () => ({ kind: 'kubelet-up', node }),
      () => ({ kind: 'static-add', node, manifest: JSON.stringify(manifest('static')) }),
      () => ({ kind: 'static-remove', node, pod: 'static' }),
    ])();
  };
  const inputs = [
    ...podNames.map((name) => ({ at: `${random.below(30_000)}ms`, apply: JSON.stringify(manifest(name)), file: `${name}.yaml` })),
    ...Array.from({ length: random.below(6) }, () => ({ at: at(), fault: faults() })),
    ...Array.from({ length: random.below(4) }, () => ({ at: at(), run: pick(LINES) })),
    ...podNames.filter(() => chance(40)).map((name) => ({ at: at(), run: `kubectl delete pod ${name} --wait=false` })),
  ];
  return { seed, cluster: { preset, nodes }, inputs };
}
