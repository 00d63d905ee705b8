// Names in what a terminal shows, and where they lead.
import { expect, test } from 'vitest';
import { contextsOf, textOf } from './contexts.ts';
import type { TerminalLine } from './lines.ts';
import { ageMs, createNames, linksOf } from './links.ts';

const WEB = '/registry/pods/default/web';
const names = createNames(
  ['/registry/pods/kube-system/coredns-x', '/registry/pods/shop/web', WEB, '/registry/pods/default/nginx'],
  new Set(['node1', 'control-plane']),
  (pod) => (pod === WEB ? ['init', 'nginx', 'flaky'] : ['nginx']),
);

/** The links of a terminal's text: a line that begins with `$ ` is a command. */
function linked(text: string): readonly string[] {
  const lines = text
    .split('\n')
    .map(
      (line, i): TerminalLine =>
        line.startsWith('$ ')
          ? { kind: 'command', id: String(i), text: line.slice(2) }
          : { kind: 'output', id: String(i), pieces: [{ stream: 'out', text: line }] },
    );
  const contexts = contextsOf(lines);
  return lines.flatMap((line, i) => {
    const context = contexts[i];
    if (!context) return [];
    return linksOf(textOf(line), context, names).map(({ from, to, selection, event }) => {
      const told = event ? ` event ${event.message} ${event.ageMs} ${event.nth}` : '';
      return `${textOf(line).slice(from, to)} > ${selection.replace('/registry/', '')}${told}`;
    });
  });
}

test.each([
  [
    'Pods and nodes of a wide table',
    `$ kubectl get pods -n shop -o wide
NAME   READY   STATUS   RESTARTS      AGE   IP           NODE    NOMINATED NODE   READINESS GATES
web    1/2     Error    1 (13s ago)   20s   10.244.1.2   node1   <none>           <none>`,
    ['web > pods/shop/web', 'node1 > minions/node1'],
  ],
  [
    'the namespace column tells two Pods apart',
    `NAMESPACE     NAME         READY   STATUS    RESTARTS      AGE
default       web          1/2     Error     1 (13s ago)   20s
shop          web          1/2     Error     1 (13s ago)   20s
kube-system   coredns-x    1/1     Running   0             60m`,
    ['web > pods/default/web', 'web > pods/shop/web', 'coredns-x > pods/kube-system/coredns-x'],
  ],
  [
    'nodes',
    `NAME            STATUS   ROLES           AGE   VERSION
control-plane   Ready    control-plane   60m   v1.36.3`,
    ['control-plane > minions/control-plane', 'control-plane > minions/control-plane'],
  ],
  [
    'a description',
    `$ kubectl describe pod web
Name:             web
Namespace:        default
Node:             node1/172.18.0.3
Init Containers:
  init:
    Image:         busybox:1.28
    Mounts:
      /var/web from kube-api-access (ro)
Containers:
  nginx:
    Image:          nginx:1.14
    Image ID:       docker.io/library/nginx@sha256:4813
Conditions:
  Type                        Status
Volumes:
  flaky:
    Type:                    Projected
Events:
  Type     Reason     Age                From               Message
  ----     ------     ----               ----               -------
  Normal   Scheduled  19s                default-scheduler  Successfully assigned default/web to node1
  Normal   Created    12s (x2 over 16s)  kubelet            spec.containers{flaky}: Container created
  Normal   Created    12s (x2 over 16s)  kubelet            spec.containers{flaky}: Container created`,
    [
      'web > pods/default/web',
      'web > pods/default/web',
      'node1 > minions/node1',
      'init > pods/default/web/init',
      'nginx > pods/default/web/nginx',
      'Scheduled > pods/default/web event Successfully assigned default/web to node1 19000 0',
      'web > pods/default/web',
      'node1 > minions/node1',
      'Created > pods/default/web event Container created 12000 0',
      'flaky > pods/default/web/flaky',
      'Created > pods/default/web event Container created 12000 1',
      'flaky > pods/default/web/flaky',
    ],
  ],
  [
    'events',
    `NAMESPACE   LAST SEEN   TYPE      REASON      OBJECT       SUBOBJECT                SOURCE           MESSAGE             FIRST SEEN   COUNT   NAME
default     20s         Normal    Pulling     pod/web      spec.containers{nginx}   kubelet, node1   Pulling image "a"   20s          1       web.18
default     1m2s        Normal    NodeReady   node/node1                            kubelet, node1   Node is ready       20s          1       node1.18`,
    [
      'Pulling > pods/default/web event Pulling image "a" 20000 0',
      'pod/web > pods/default/web',
      'nginx > pods/default/web/nginx',
      'node1 > minions/node1',
      'NodeReady > minions/node1 event Node is ready 62000 0',
      'node/node1 > minions/node1',
      'node1 > minions/node1',
    ],
  ],
  [
    'containers that a command and its answer name',
    `$ kubectl logs -n default web -c flaky
$ kubectl logs default/web
$ kubectl -n default logs pod/web
Defaulted container "nginx" out of: nginx, flaky, init (init)`,
    [
      'web > pods/default/web',
      'flaky > pods/default/web/flaky',
      'web > pods/default/web',
      'web > pods/default/web',
      ...['nginx', 'nginx', 'flaky', 'init'].map((name) => `${name} > pods/default/web/${name}`),
    ],
  ],
  [
    'containers of an answer',
    `$ kubectl logs nginx
Defaulted container "nginx" out of: nginx, other (init)
Back-off restarting failed container flaky in pod web_default(4a7d39c6)`,
    [
      'nginx > pods/default/nginx',
      'nginx > pods/default/nginx/nginx',
      'nginx > pods/default/nginx/nginx',
      'flaky > pods/default/web/flaky',
    ],
  ],
  [
    'crictl',
    `root@node1:~# crictl ps
CONTAINER       IMAGE           CREATED          STATE     NAME    ATTEMPT   POD ID          POD   NAMESPACE
7af334668ac82   8c811b4aec35f   9 seconds ago    Exited    flaky   1         a6ced164edf46   web   default`,
    [
      'node1 > minions/node1',
      '7af334668ac82 > pods/default/web/flaky',
      'flaky > pods/default/web/flaky',
      'a6ced164edf46 > pods/default/web',
      'web > pods/default/web',
    ],
  ],
  ['no names in paths, images and longer words', 'web-1 /web/x nginx:1.14 Xweb web= shop/nginx', []],
  ['punctuation', 'pod "web" deleted; (web) web: pod/web,', Array(4).fill('web > pods/default/web')],
])('%s', (_, text, found) => {
  expect(linked(text)).toEqual(found);
});

test.each([
  ['12s', 12_000],
  ['3m4s', 184_000],
  ['2d1h', 176_400_000],
  ['12s (x2 over 16s)', 12_000],
  ['<unknown>', undefined],
])('the age %s is %s ms', (age, ms) => {
  expect(ageMs(age)).toBe(ms);
});
