// `kubectl run`. Models k8s.io/kubectl/pkg/cmd/run.
import type { Pod } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import { attachTo } from '../../attach-to.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { exitWith, fail, failureMessage, KubectlError, usageError } from '../../failure.ts';
import { followLogs, openLog } from '../../log-streams.ts';
import { OUTPUT_FLAGS, outputFormat, PLAIN_FORMATS, printObjects } from '../../printers/output.ts';
import { requireResource } from '../../resource-names.ts';
import { waitForPod } from '../../wait-for-pod.ts';
import { waitUntilGone } from '../../wait-until-gone.ts';
import { podOfFlags } from './pod.ts';

const run: Command = {
  name: 'run',
  usage:
    'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...] [options]',
  about: 'Create and run a particular image in a pod.',
  flags: [
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: 'image', type: 'string' },
    { name: 'image-pull-policy', type: 'string' },
    { name: 'port', type: 'string' },
    { name: 'env', type: 'array' },
    { name: 'labels', short: 'l', type: 'string' },
    { name: 'annotations', type: 'array' },
    { name: 'restart', type: 'string', default: 'Always' },
    { name: 'command', type: 'bool' },
    { name: 'stdin', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'attach', type: 'bool' },
    { name: 'rm', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'leave-stdin-open', type: 'bool' },
    { name: 'privileged', type: 'bool' },
    { name: 'expose', type: 'bool' },
    { name: 'overrides', type: 'string' },
    { name: 'override-type', type: 'string', default: 'merge' },
    { name: 'pod-running-timeout', type: 'duration', default: '1m0s' },
    { name: 'save-config', type: 'bool' },
    { name: 'field-manager', type: 'string', default: 'kubectl-run' },
    { name: 'grace-period', type: 'int', default: '-1' },
    { name: 'force', type: 'bool' },
    { name: 'now', type: 'bool' },
    { name: 'wait', type: 'bool' },
    { name: 'timeout', type: 'duration', default: '0s' },
  ],
  *run(context) {
    const { flags, args } = context;
    if (!flags.has('image')) throw fail('required flag(s) "image" not set');
    if (args.length === 0 || flags.dashAt === 0) throw usageError('run', 'NAME is required for run');
    const pod = podOfFlags(context);
    const isAttached = flags.has('attach') ? flags.isOn('attach') : flags.isOn('stdin');
    checkFlags(context, isAttached);
    for (const flag of ['overrides', 'expose']) if (flags.has(flag)) throw fail(`Podscope does not simulate run --${flag}`);
    const dryRun = dryRunOf(flags);
    const created = dryRun === 'client' ? pod : yield* createPod(context, pod);
    if (isAttached) return yield* attachAndWait(context, created);
    const format = outputFormat(flags.text('output'), PLAIN_FORMATS);
    if (format.name === '') yield* print(`pod/${created.metadata.name} created${dryRunSuffix(dryRun)}\n`);
    else yield* print(printObjects(format, [created], true));
    return 0;
  },
};

function checkFlags({ flags }: CommandContext, isAttached: boolean): void {
  if (flags.isOn('tty') && !flags.isOn('stdin')) throw usageError('run', '-i/--stdin is required for containers with -t/--tty=true');
  if (flags.isOn('rm') && !isAttached) throw usageError('run', '--rm should only be used for attached containers');
  if (isAttached && dryRunOf(flags) !== 'none') {
    throw usageError('run', "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)");
  }
}

function* createPod({ flags, client, namespace }: CommandContext, body: ApiObject): Kubectl<ApiObject> {
  const query = { fieldManager: flags.text('field-manager'), ...(dryRunOf(flags) === 'server' && { dryRun: 'All' }) };
  return yield* client.object({ method: 'POST', resource: requireResource('pods'), namespace, query, body });
}

const isOver = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed';
const isReady = ({ status }: Pod): boolean =>
  status.phase === 'Running' && (status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');

/** Attaches once the Pod runs; with --rm deletes it afterwards. Answers the exit code of a Pod that is not restarted. */
function* attachAndWait(context: CommandContext, created: ApiObject): Kubectl<number> {
  const { flags } = context;
  try {
    return yield* attached(context, created);
  } finally {
    if (flags.isOn('rm')) yield* removePod(context, created);
  }
}

function* attached(context: CommandContext, created: ApiObject): Kubectl<number> {
  const { flags, client, environment, namespace } = context;
  const { name } = created.metadata;
  const of = { namespace, name };
  const pod = yield* waitForPod(client, environment, of, flags.ms('pod-running-timeout'), (seen) => isReady(seen) || isOver(seen));
  if (!pod) throw fail('timed out waiting for the condition');
  if (isOver(pod)) yield* showLog(context, pod);
  else {
    try {
      yield* attachTo(context, pod, name, { stdin: flags.isOn('stdin'), tty: flags.isOn('tty') }, flags.isOn('quiet'));
    } catch (error) {
      if (!(error instanceof KubectlError) || error.failure.is === 'exit') throw error;
      const reason = failureMessage(error.failure);
      yield* complain(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${reason}\n`);
      yield* showLog(context, pod);
    }
  }
  if (pod.spec.restartPolicy === 'Always' || flags.isOn('leave-stdin-open')) return 0;
  const ended = yield* waitForPod(client, environment, of, undefined, isOver);
  return yield* endOf(namespace, name, ended);
}

function* endOf(namespace: string, name: string, pod: Pod | undefined): Kubectl<number> {
  if (pod?.status.phase !== 'Failed') return 0;
  const terminated = pod.status.containerStatuses?.[0]?.state?.terminated;
  if (!terminated || terminated.exitCode === 0) throw fail(`pod ${namespace}/${name} failed with unknown exit code`);
  yield* complain(`pod ${namespace}/${name} terminated (${terminated.reason ?? ''})\n${terminated.message ?? ''}`.replace(/\n?$/, '\n'));
  throw exitWith(terminated.exitCode);
}

function* showLog(context: CommandContext, pod: Pod): Kubectl<void> {
  const source = { pod, container: pod.spec.containers[0]?.name ?? '', prefix: '' };
  const stream = yield* openLog(context, source, { follow: 'true' });
  if (stream !== undefined) yield* followLogs(new Map([[stream, source]]));
}

function* removePod({ client, namespace, environment }: CommandContext, { metadata }: ApiObject): Kubectl<void> {
  const resource = requireResource('pods');
  const { name } = metadata;
  const response = yield* client.ask({ method: 'DELETE', resource, namespace, name, body: { kind: 'DeleteOptions', apiVersion: 'v1' } });
  if (response.code >= 400) return;
  yield* print(`pod ${JSON.stringify(name)} deleted from ${namespace} namespace\n`);
  yield* waitUntilGone(client, [{ resource, namespace, name, uid: metadata.uid }], 0, environment);
}

export default run;
