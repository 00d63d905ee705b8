// What Tab offers: programs, and of kubectl whatever its commands declare, with names of what stands.
import { expect, test } from 'vitest';
import { readRecipe } from '../recipe.ts';
import { completeLine } from './complete.ts';

const pod = (name: string, ...containers: string[]) => ({
  metadata: { name },
  spec: { containers: containers.map((each) => ({ name: each })) },
});
const standing = new Map<string, unknown>([
  ['/registry/pods/default/web-1', pod('web-1', 'nginx', 'sidecar')],
  ['/registry/pods/default/web-2', pod('web-2', 'nginx')],
  ['/registry/pods/default/multipod', pod('multipod', 'nginx-container', 'centos-container')],
  ['/registry/pods/kube-system/coredns-x', pod('coredns-x', 'coredns')],
  ['/registry/minions/node1', {}],
  ['/registry/minions/node2', {}],
  ['/registry/namespaces/default', {}],
  ['/registry/namespaces/kube-system', {}],
  ['/registry/services/specs/default/kubernetes', {}],
]);
const read = readRecipe({
  podscope: 1,
  files: { 'pod.yaml': '', 'multipod.yaml': '' },
  inputs: [{ at: '0s', apply: 'a: 1', file: 'echo.yml' }],
});
if ('mistakes' in read) throw new Error('the recipe is sound');
const world = { standing, recipe: read.recipe };

test.each<readonly [string, readonly string[]]>([
  ['kub', ['kubectl']],
  ['ss', ['ssh']],
  ['ssh no', ['node1', 'node2']],
  ['kubectl des', ['describe']],
  ['kubectl port', ['port-forward']],
  ['kubectl set ', ['image']],
  ['kubectl create c', ['configmap']],
  ['kubectl -n kube-system get pods ', ['coredns-x']],
  ['kubectl get pods -n kube', ['kube-system']],
  ['kubectl get pods --namespace=kube', ['--namespace=kube-system']],
  ['kubectl get no', ['nodes']],
  ['kubectl get pods w', ['web-1', 'web-2']],
  ['kubectl get po web-1 ', ['multipod', 'web-2']],
  ['kubectl describe pod/mu', ['pod/multipod']],
  ['kubectl describe svc ', ['kubernetes']],
  ['kubectl get pods -o ', ['wide', 'yaml', 'json', 'name', 'jsonpath=', 'jsonpath-as-json=', 'custom-columns=']],
  ['kubectl get pods -oy', []],
  ['kubectl get pods -o y', ['yaml']],
  ['kubectl get pods --output=w', ['--output=wide']],
  ['kubectl get pods --show-l', ['--show-labels']],
  ['kubectl logs -', ['--follow', '-f']],
  ['kubectl logs multipod ', ['nginx-container', 'centos-container']],
  ['kubectl logs multipod -c c', ['centos-container']],
  ['kubectl exec multipod -c ', ['nginx-container', 'centos-container']],
  ['kubectl exec -it web', ['web-1', 'web-2']],
  ['kubectl exec web-1 -- l', []],
  ['kubectl apply -f ', ['echo.yml', 'multipod.yaml', 'pod.yaml']],
  ['kubectl delete -f m', ['multipod.yaml']],
  ['kubectl cordon ', ['node1', 'node2']],
  ['kubectl taint ', ['nodes']],
  ['kubectl taint nodes node', ['node1', 'node2']],
  ['kubectl run web --restart=N', ['--restart=Never']],
  ['kubectl wait --for=', ['--for=condition=', '--for=delete', '--for=create', '--for=jsonpath=']],
  ['kubectl get pods | gre', ['grep']],
  ['cat mul', ['multipod.yaml']],
  ['wc < mul', ['multipod.yaml']],
  ['$ kubectl exp', ['explain']],
  ['echo "kubectl g', []],
  ['', []],
])('%s', (text, expected) => {
  const { words } = completeLine(text, world);
  if (text.endsWith('-')) expect(words).toEqual(expect.arrayContaining([...expected]));
  else expect(words).toEqual(expected);
});

test('where the word begins', () => {
  expect(completeLine('kubectl get pods w', world).from).toBe(17);
  expect(completeLine('kubectl get pods | gre', world).from).toBe(19);
});

test.each<readonly [string, readonly string[]]>([
  ['docker e', ['exec']],
  ['docker r', ['rm', 'run']],
  ['docker exec ', ['ubuntu']],
  ['docker exec -it u', ['ubuntu']],
  ['docker exec ubuntu ', []],
  ['docker logs ', ['nginx', 'ubuntu']],
  ['docker rm nginx ', ['ubuntu']],
])('%s of docker', (text, words) => {
  const containers = new Map<string, unknown>([
    ['/docker/containers/1', { name: 'nginx', state: 'exited' }],
    ['/docker/containers/2', { name: 'ubuntu', state: 'running' }],
  ]);
  expect(completeLine(text, { ...world, standing: containers }).words).toEqual(words);
});
