// What happened, in English: a full sentence for every kind of note.
import type { ContainerKind } from '../../cluster/runtime/cri.ts';
import { formatLength } from '../../i18n/time.ts';
import { faultInEnglish } from './faults.ts';
import { name, short, size, type Sentences } from './sentence.ts';

const KIND: Readonly<Record<ContainerKind, string>> = {
  init: 'init container',
  sidecar: 'sidecar',
  app: 'container',
  ephemeral: 'ephemeral container',
};
const container = (data: { readonly kind: ContainerKind; readonly container: string }): string =>
  `${KIND[data.kind]} ${name(data.container)}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const last = (ms: number): string => formatLength(ms, 'en');

const STAGE = {
  decode: 'decodes the request and refuses what it does not know',
  default: 'fills in what the manifest leaves out',
  admit: 'asks its admission plugins',
  validate: 'validates the object',
  store: 'writes the object to etcd',
  notify: 'tells everyone who watches',
} as const;
const PROBE = { liveness: 'liveness', readiness: 'readiness', startup: 'startup' } as const;
const QUEUE = {
  active: 'waits its turn in the scheduling queue',
  backoff: 'waits a moment before the scheduler tries again',
  unschedulable: 'is set aside until something in the cluster changes',
  gated: 'is held back by a scheduling gate',
} as const;

export const en: Sentences = {
  input: ({ what, text }) =>
    what === 'apply' || what === 'create'
      ? `You hand the manifest to kubectl ${what}: it reads it and asks the API server.`
      : what === 'run'
        ? `You run ${name(short(text))}.`
        : what === 'type'
          ? `You type ${name(short(text))} into the terminal.`
          : `You press ${name(text)}.`,
  fault: faultInEnglish,
  'command-started': ({ line }) => `${name(short(line))} starts.`,
  'command-ended': ({ line, stdout, stderr, exit }) =>
    exit === 0
      ? `${name(short(line, 60))} is done: ${short(stdout) || 'no output'}.`
      : exit === null
        ? `${name(short(line, 60))} is cut off before it ends.`
        : `${name(short(line, 60))} fails with exit code ${exit}: ${short(stderr || stdout) || 'no output'}.`,

  'request-stage': ({ stage, method, path }) => `The API server ${STAGE[stage]} (${method} ${path}).`,
  'request-refused': ({ code, message }) => `The API server refuses with ${name(code)}: ${short(message, 200)}`,
  'object-stored': ({ kind, name: object, revision, change, status }) =>
    status !== undefined
      ? `etcd holds revision ${revision} of ${kind} ${name(object)}: kubectl get pods now says ${name(status)}.`
      : change === 'created'
        ? `${kind} ${name(object)} is written to etcd (revision ${revision}).`
        : change === 'updated'
          ? `etcd holds a new revision, ${revision}, of ${kind} ${name(object)}.`
          : `${kind} ${name(object)} is taken out of etcd (revision ${revision}).`,
  event: ({ pod, kind, reason, message, count }) =>
    `Event on ${kind} ${name(pod)}: ${name(reason)}, ${short(message, 160)}${count > 1 ? ` (${count} times)` : ''}.`,

  'pod-queued': ({ pod, queue }) => `Pod ${name(pod)} ${QUEUE[queue]}.`,
  'scheduling-attempt': ({ pod, chosen, nodes, message }) => {
    const totals = Object.entries(nodes).filter(([, verdict]) => verdict.reject === null);
    const rejected = Object.keys(nodes).length - totals.length;
    if (chosen === null) return `The scheduler finds no node for Pod ${name(pod)}: ${short(message, 200)}`;
    const scores = totals.map(([node, verdict]) => `${node} ${verdict.total}`).join(', ');
    const best = Math.max(...totals.map(([, verdict]) => verdict.total));
    const isTie = totals.filter(([, verdict]) => verdict.total === best).length > 1;
    const because = totals.length < 2 ? '' : isTie ? `, drawn among equals (${scores})` : ` with the best score (${scores})`;
    return `The scheduler chooses ${name(chosen)} for Pod ${name(pod)}${because}${rejected > 0 ? `; ${rejected} ${rejected === 1 ? 'node was' : 'nodes were'} filtered out` : ''}.`;
  },
  'pod-bound': ({ pod, node }) => `Pod ${name(pod)} is bound to ${name(node)}: its spec.nodeName is set.`,

  'pod-seen': ({ pod, node }) => `The kubelet on ${name(node)} sees its new Pod ${name(pod)}.`,
  'pod-rejected': ({ pod, node, reason, message }) =>
    `The kubelet on ${name(node)} rejects Pod ${name(pod)}: ${name(reason)}, ${short(message, 160)}.`,
  'sandbox-starting': ({ pod, node, attempt }) =>
    `The kubelet on ${name(node)} asks containerd for the sandbox of Pod ${name(pod)}${attempt > 0 ? ', once more' : ''}: pause and the network.`,
  'sandbox-ready': ({ pod, ip }) =>
    ip === ''
      ? `pause runs: Pod ${name(pod)} has its sandbox, on the network of its node.`
      : `pause runs and holds the network: Pod ${name(pod)} has the address ${name(ip)}.`,
  'sandbox-stopped': ({ pod, node }) => `The sandbox of Pod ${name(pod)} on ${name(node)} is stopped, and its address given back.`,
  'image-pulling': ({ image, node }) => `containerd on ${name(node)} pulls the image ${name(image)}.`,
  'image-pulled': ({ image, tookMs, present, node }) =>
    present
      ? `The image ${name(image)} is on ${name(node)} already: nothing to pull.`
      : `The image ${name(image)} has been pulled in ${last(tookMs)}.`,
  'image-failed': ({ image, message }) => `The image ${name(image)} cannot be pulled: ${short(message, 160)}`,
  'image-backoff': ({ image, delayMs }) =>
    `The kubelet waits ${last(delayMs)} before it tries to pull ${name(image)} again: ImagePullBackOff.`,
  'container-created': (data) => `containerd has made the ${container(data)}; its process does not run yet.`,
  'container-started': (data) =>
    `The process of the ${container(data)} runs${data.attempt > 0 ? `, for the ${ordinal(data.attempt + 1)} time` : ''}.`,
  'container-failed': (data) => `The ${container(data)} cannot start: ${name(data.reason)}, ${short(data.message, 160)}.`,
  'container-exited': (data) => `The process of the ${container(data)} has ended with exit code ${name(data.exitCode)} (${data.reason}).`,
  'out-of-memory': (data) =>
    data.of === 'limit'
      ? `The kernel kills the ${container(data)}: it holds ${size(data.heldBytes)}, and its limit is ${name(size(data.mostBytes))}. The node has memory left.`
      : `The kernel kills the ${container(data)}: ${name(data.node)} has no memory left (${size(data.mostBytes)} in all), and this container scores highest.`,
  'container-killing': (data) =>
    `The kubelet stops the ${container(data)} (${short(data.why, 120)}); it has ${last(data.graceMs)} to end by itself.`,
  'container-backoff': (data) =>
    `The kubelet waits ${last(data.delayMs)} before it starts the ${container(data)} again: ${
      data.restarts === 1 ? 'one restart' : `${data.restarts} restarts`
    } so far, CrashLoopBackOff.`,
  'probe-result': (data) =>
    data.ok
      ? `The ${PROBE[data.probe]} probe of the ${container(data)} succeeds.`
      : `The ${PROBE[data.probe]} probe of the ${container(data)} fails, ${data.count} of ${data.threshold}: ${short(data.output, 120)}`,
  'pod-phase': ({ pod, from, to }) => `The phase of Pod ${name(pod)} goes from ${from} to ${name(to)}.`,
  'pod-ready': ({ pod, ready }) =>
    ready ? `Pod ${name(pod)} is ${name('Ready')}: it can be sent traffic.` : `Pod ${name(pod)} is no longer ready: it gets no traffic.`,
  'pod-terminating': ({ pod, graceMs }) => `Pod ${name(pod)} is to go: its containers have ${last(graceMs)} to end.`,
  'pod-removed': ({ pod }) => `Pod ${name(pod)} is gone from the API server.`,

  'node-ready': ({ node, ready }) =>
    ready === 'True'
      ? `Node ${name(node)} is Ready.`
      : ready === 'False'
        ? `Node ${name(node)} says that it is not ready.`
        : `Nothing is heard of node ${name(node)}: its readiness is Unknown.`,
  'component-runs': ({ component, runs }) =>
    runs ? `The process of the ${name(component)} runs again.` : `The process of the ${name(component)} has ended.`,
  'node-tainted': ({ node, taint, added }) => `Node ${name(node)} ${added ? 'gets' : 'loses'} the taint ${name(taint)}.`,
  'pod-evicted': ({ pod, node, reason }) => `Pod ${name(pod)} is evicted from ${name(node)}: ${short(reason, 160)}.`,

  'packet-served': ({ from, to, outcome }) => `${name(from)} calls ${name(to)}: ${short(outcome)}.`,
  connection: ({ to, outcome }) =>
    outcome === 'connected'
      ? `A program connects to ${name(to)} on its own machine: somebody listens there.`
      : `A program connects to ${name(to)} on its own machine: nobody listens there, so it is refused.`,
  'docker-image-pulled': ({ image, tookMs }) => `Docker has pulled the image ${name(image)} in ${last(tookMs)}.`,
  'docker-container-started': ({ container: own, ip }) =>
    ip === ''
      ? `Docker starts the container ${name(own)}.`
      : `Docker starts the container ${name(own)}, with the address ${name(ip)}. There is no Pod around it.`,
  'docker-container-exited': ({ container: own, exitCode }) =>
    `The Docker container ${name(own)} has ended with exit code ${name(exitCode)}.`,
  'process-busy': (data) => `The ${container(data)} computes without end, as fast as its CPU limit lets it.`,
  'not-simulated': ({ what, detail }) => `Not simulated: ${name(what)}. ${capital(short(detail, 200))}`,
};

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
