// What the pictures show: scenarios, and views of each at telling moments.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './served.mjs';

const sample = (name) => readFileSync(join(root, `src/panels/editor/samples/${name}.yaml`), 'utf8');
export const NGINX = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: nginx\n    image: nginx:1.14\n';
/** An init container, a native sidecar, an app. */
export const SIDECAR = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: fetch-page
    image: busybox:1.28
    command: [sh, -c, "echo hi > /w/index.html"]
    volumeMounts:
    - {name: html, mountPath: /w}
  - name: log-tail
    image: busybox:1.28
    restartPolicy: Always      # native sidecar
    command: [sh, -c, "tail -F /var/log/nginx/access.log"]
    resources:
      requests: {cpu: 50m, memory: 64Mi}
    volumeMounts:
    - {name: logs, mountPath: /var/log/nginx}
  containers:
  - name: nginx
    image: nginx:1.14
    ports: [{containerPort: 80}]
    resources:
      requests: {cpu: 200m, memory: 250Mi}
      limits: {cpu: "1", memory: 500Mi}
    volumeMounts:
    - {name: html, mountPath: /usr/share/nginx/html}
    - {name: logs, mountPath: /var/log/nginx}
  volumes:
  - {name: html, emptyDir: {}}
  - {name: logs, emptyDir: {}}
`;

const pod = (name) => `/registry/pods/default/${name}`;
const FIGURES = ['cluster', 'pod', 'scheduler', 'states'];
const figures = (moment, select) => FIGURES.map((tab) => ({ name: tab, tab, moment, select }));

/** Each scenario: what is done in it, how far it runs; then its views, in order, on the same page. */
export const STORIES = [
  { name: 'first-visit', views: [{ name: 'page' }] },
  {
    name: 'echo-lp',
    text: sample('s003_1'),
    inputs: [{ at: 12_000, run: 'kubectl get pods', terminal: '1' }],
    until: 60_000,
    views: [
      ...figures({ note: 'container-killing', count: 2 }, `${pod('echo-lp')}/app`),
      { name: 'why', sheet: 'inspector', act: 'why' },
      { name: 'terminal', sheet: 'kubectl', tab: 'cluster', act: 'terminal' },
    ],
  },
  {
    name: 'multipod',
    text: sample('s002_1'),
    until: 60_000,
    views: [...figures({ t: 30_000 }, `${pod('multipod')}/centos-container`), { name: 'yaml', sheet: 'yaml' }],
  },
  {
    name: 'sidecar',
    text: SIDECAR,
    until: 60_000,
    views: [
      ...figures({ message: 'StartContainer fetch-page' }, pod('web')),
      { name: 'running', tab: 'pod', moment: { t: 30_000 } },
      { name: 'all-messages', tab: 'cluster', level: 'all', moment: { message: 'bind node' } },
      { name: 'break', level: 'story', moment: { t: 30_000 }, act: 'break', waitFor: '[role="menu"]' },
    ],
  },
  {
    name: 'scheduler-down',
    text: NGINX,
    inputs: [{ at: 0, fault: { kind: 'scheduler-down' } }],
    until: 20_000,
    views: [{ name: 'cluster', tab: 'cluster' }],
  },
  {
    name: 'dialogs',
    text: NGINX,
    until: 20_000,
    views: [
      { name: 'share', dialog: 'share', waitFor: '[data-testid="link"]' },
      { name: 'help', dialog: 'help', waitFor: 'dialog[open]' },
      { name: 'history', dialog: 'history', waitFor: 'dialog[open]' },
      { name: 'events', dialog: 'events', waitFor: 'dialog[open]' },
      { name: 'fork', dialog: null, moment: { t: 2000 }, act: 'apply', waitFor: '[data-testid="fork"]' },
    ],
  },
  { name: 'refused', text: sample('s002_4'), until: 2000, views: [{ name: 'page', sheet: 'yaml', waitFor: '[data-testid="problems"]' }] },
  {
    name: 'docker',
    views: [
      { name: 'empty', tab: 'docker', wake: true },
      { name: 'both', tab: 'docker', act: 'docker' },
    ],
  },
  {
    name: 'present',
    text: sample('s003_1'),
    until: 60_000,
    views: [{ name: 'pod', tab: 'pod', moment: { t: 40_000 }, act: 'present', waitFor: '[data-audience]' }],
  },
  { name: 'damaged-link', fragment: '#1AAAAAAAAAA', views: [{ name: 'page', waitFor: '[data-testid="notice"]' }] },
];
