// `kubectl drain`: cordons a node and evicts its Pods. Models k8s.io/kubectl/pkg/drain.
import { isStatus } from '../../../cluster/api/request.ts';
import type { Node, Pod } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf } from '../../dry-run.ts';
import { type Failure, failureMessage, KubectlError, refused } from '../../failure.ts';
import { requireResource } from '../../resource-names.ts';
import { waitUntilGone } from '../../wait-until-gone.ts';
import { nodesOf, setSchedulable } from './cordon.ts';

const TOO_MANY_REQUESTS = 429;
const RETRY_MS = 5000;

/** The command. */
export const drain: Command = {
  name: 'drain',
  usage: 'drain NODE [options]',
  about: 'Drain node in preparation for maintenance.',
  flags: [
    DRY_RUN_FLAG,
    { name: 'selector', short: 'l', type: 'string' },
    { name: 'force', type: 'bool' },
    { name: 'ignore-daemonsets', type: 'bool' },
    { name: 'delete-emptydir-data', type: 'bool' },
    { name: 'delete-local-data', type: 'bool' },
    { name: 'disable-eviction', type: 'bool' },
    { name: 'grace-period', type: 'int', default: '-1' },
    { name: 'timeout', type: 'duration', default: '0s' },
    { name: 'pod-selector', type: 'string' },
    { name: 'chunk-size', type: 'int', default: '500' },
    { name: 'skip-wait-for-delete-timeout', type: 'int', default: '0' },
  ],
  *run(context) {
    const nodes = yield* nodesOf(context, 'drain');
    for (const node of nodes) yield* setSchedulable(context, node, true);
    const failures: Failure[] = [];
    const remaining: string[] = [];
    for (const node of nodes) {
      const { name } = node.metadata;
      const problems = yield* drainNode(context, node);
      if (problems.length === 0) {
        yield* print(`node/${name} drained\n`);
        continue;
      }
      const text = failureMessage(problems.length === 1 && problems[0] ? problems[0] : { is: 'many', failures: problems });
      yield* complain(`error: unable to drain node ${JSON.stringify(name)} due to error: ${text}, continuing command...\n`);
      failures.push(...problems);
      remaining.push(name);
    }
    if (remaining.length > 0) {
      yield* complain(`There are pending nodes to be drained:\n${remaining.map((name) => ` ${name}\n`).join('')}`);
    }
    // A list in a list: even a single error comes without a word before it.
    if (failures.length > 0) throw new KubectlError({ is: 'many', failures });
    return 0;
  },
};

/** Evicts a node's Pods; answers what is in the way. */
function* drainNode(context: CommandContext, node: Node): Kubectl<readonly Failure[]> {
  const { client, flags, environment } = context;
  const resource = requireResource('pods');
  const query = {
    fieldSelector: `spec.nodeName=${node.metadata.name}`,
    ...(flags.text('pod-selector') && { labelSelector: flags.text('pod-selector') }),
  };
  const pods = (yield* client.list({ method: 'GET', resource, query })) as unknown as readonly Pod[];
  const { victims, problems, warnings } = sortPods(context, pods);
  if (problems.length > 0) return problems.map((text) => ({ is: 'text', text }));
  if (warnings.length > 0) yield* complain(`Warning: ${warnings.join('; ')}\n`);
  for (const pod of victims) yield* evict(context, pod);
  for (const { metadata } of victims) {
    if (dryRunOf(flags) !== 'none') continue;
    const { namespace = 'default', name, uid } = metadata;
    yield* waitUntilGone(client, [{ resource, namespace, name, uid }], flags.ms('timeout'), environment);
    yield* print(`pod/${name} evicted\n`);
  }
  return [];
}

/** Which Pods go, and which must not. Models drain/filters.go. */
function sortPods({ flags }: CommandContext, pods: readonly Pod[]) {
  const victims: Pod[] = [];
  const refusals = new Map<string, string[]>();
  const notes = new Map<string, string[]>();
  const put = (map: Map<string, string[]>, text: string, pod: Pod) =>
    map.set(text, [...(map.get(text) ?? []), `${pod.metadata.namespace}/${pod.metadata.name}`]);
  for (const pod of pods) {
    const { metadata, spec, status } = pod;
    if (metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) continue;
    const isOver = status.phase === 'Succeeded' || status.phase === 'Failed';
    const owner = metadata.ownerReferences?.find(({ controller }) => controller);
    if (owner?.kind === 'DaemonSet' && !isOver) {
      if (flags.isOn('ignore-daemonsets')) put(notes, 'ignoring DaemonSet-managed Pods', pod);
      else put(refusals, 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', pod);
      continue;
    }
    const hasData = (spec.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined) && !isOver;
    const isData = flags.isOn('delete-emptydir-data') || flags.isOn('delete-local-data');
    if (hasData && !isData) {
      put(refusals, 'cannot delete Pods with local storage (use --delete-emptydir-data to override)', pod);
      continue;
    }
    if (!owner && !isOver) {
      if (!flags.isOn('force')) {
        put(refusals, 'cannot delete Pods that declare no controller (use --force to override)', pod);
        continue;
      }
      put(notes, 'deleting Pods that declare no controller', pod);
    }
    victims.push(pod);
  }
  const texts = (map: Map<string, string[]>) => [...map].map(([text, names]) => `${text}: ${names.join(', ')}`);
  return { victims, problems: texts(refusals), warnings: texts(notes) };
}

function* evict({ client, flags }: CommandContext, { metadata }: Pod): Kubectl<void> {
  const { namespace, name } = metadata;
  const dryRun = dryRunOf(flags);
  yield* print(`evicting pod ${namespace}/${name}${dryRun === 'none' ? '' : ` (${dryRun === 'client' ? '' : 'server '}dry run)`}\n`);
  if (dryRun === 'client') return;
  const grace = flags.number('grace-period');
  const body = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    ...(grace >= 0 && { deleteOptions: { gracePeriodSeconds: grace } }),
  };
  for (;;) {
    const response = yield* client.ask({
      method: 'POST',
      resource: requireResource('pods'),
      namespace,
      name,
      subresource: 'eviction',
      body,
    });
    if (response.code < 400 || response.code === 404) return;
    if (!isStatus(response.body)) return;
    if (response.code !== TOO_MANY_REQUESTS) throw refused(response.body);
    yield* complain(
      `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)} (will retry after 5s): ${response.body.message}\n`,
    );
    yield { ask: 'sleep', ms: RETRY_MS };
  }
}
