// `kubectl logs`. Models k8s.io/kubectl/pkg/cmd/logs.
import type { Pod } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import { type Command, type CommandContext, complain } from '../../command.ts';
import { fail, failureMessage, KubectlError, usageError } from '../../failure.ts';
import { followLogs, type LogSource, openLog } from '../../log-streams.ts';
import { chooseContainer, containerNamesInOrder, podOf } from '../../pod-of.ts';
import { requireResource } from '../../resource-names.ts';

const EXPECTED =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
const SELECTOR_TAIL = '10';

const logs: Command = {
  name: 'logs',
  aliases: ['log'],
  usage: 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]',
  about: 'Print the logs for a container in a pod or specified resource.',
  flags: [
    { name: 'follow', short: 'f', type: 'bool' },
    { name: 'previous', short: 'p', type: 'bool' },
    { name: 'container', short: 'c', type: 'string' },
    { name: 'tail', type: 'int', default: '-1' },
    { name: 'since', type: 'duration', default: '0s' },
    { name: 'since-time', type: 'string' },
    { name: 'timestamps', type: 'bool' },
    { name: 'limit-bytes', type: 'int', default: '0' },
    { name: 'selector', short: 'l', type: 'string' },
    { name: 'prefix', type: 'bool' },
    { name: 'all-containers', type: 'bool' },
    { name: 'all-pods', type: 'bool' },
    { name: 'ignore-errors', type: 'bool' },
    { name: 'max-log-requests', type: 'int', default: '5' },
    { name: 'pod-running-timeout', type: 'duration', default: '20s' },
    { name: 'insecure-skip-tls-verify-backend', type: 'bool' },
  ],
  *run(context) {
    const { flags, args } = context;
    const selector = flags.text('selector');
    if (args.length > 2 || (args.length === 0 && selector === '')) throw usageError('logs', EXPECTED);
    if (args.length > 0 && selector !== '') throw usageError('logs', 'only a selector (-l) or a POD name is allowed');
    checkFlags(context);
    const query = logQuery(context);
    const sources = yield* sourcesOf(context);
    const isFollowed = flags.isOn('follow');
    const most = flags.number('max-log-requests');
    if (isFollowed && sources.length > most) {
      throw fail(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      );
    }
    const streams = new Map<string, LogSource>();
    for (const source of sources) {
      try {
        const stream = yield* openLog(context, source, query);
        if (stream !== undefined) streams.set(stream, source);
      } catch (error) {
        if (!(error instanceof KubectlError) || !flags.isOn('ignore-errors')) throw error;
        yield* complain(`error: ${failureMessage(error.failure)}\n`);
      }
    }
    yield* followLogs(streams);
    return 0;
  },
};

/** Models LogsOptions.Validate. */
function checkFlags({ flags, args }: CommandContext): void {
  const container = flags.text('container') || (args[1] ?? '');
  if (flags.text('since-time') && flags.ms('since') !== 0) throw fail('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (flags.has('container') && args.length === 2) throw fail('only one of -c or an inline [CONTAINER] arg is allowed');
  if (flags.isOn('all-containers') && container !== '') {
    throw fail(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (flags.number('limit-bytes') < 0) throw fail('--limit-bytes must be greater than 0');
  if (flags.number('tail') < -1) throw fail('--tail must be greater than or equal to -1');
  if (flags.ms('since') < 0) throw fail('--since must be greater than 0');
}

function logQuery({ flags }: CommandContext): Record<string, string> {
  const query: Record<string, string> = {};
  if (flags.isOn('follow')) query.follow = 'true';
  if (flags.isOn('previous')) query.previous = 'true';
  if (flags.isOn('timestamps')) query.timestamps = 'true';
  if (flags.number('tail') >= 0) query.tailLines = String(flags.number('tail'));
  else if (flags.text('selector') && !flags.has('tail')) query.tailLines = SELECTOR_TAIL;
  if (flags.ms('since') > 0) query.sinceSeconds = String(Math.ceil(flags.ms('since') / 1000));
  if (flags.text('since-time')) query.sinceTime = flags.text('since-time');
  if (flags.number('limit-bytes') > 0) query.limitBytes = flags.text('limit-bytes');
  return query;
}

function* sourcesOf(context: CommandContext): Kubectl<LogSource[]> {
  const { flags, args, client, namespace } = context;
  const labelSelector = flags.text('selector');
  const sources: LogSource[] = [];
  const pods = labelSelector
    ? ((yield* client.list({
        method: 'GET',
        resource: requireResource('pods'),
        namespace,
        query: { labelSelector },
      })) as unknown as readonly Pod[])
    : [yield* namedPod(context, args[0] ?? '')];
  if (pods.length === 0) yield* complain(`No resources found in ${namespace} namespace.\n`);
  for (const pod of pods) {
    const names = flags.isOn('all-containers')
      ? containerNamesInOrder(pod)
      : [yield* chooseContainer(pod, flags.text('container') || (args[1] ?? ''), false)];
    for (const container of names) {
      const prefix = flags.isOn('prefix') ? `[pod/${pod.metadata.name}/${container}] ` : '';
      sources.push({ pod, container, prefix });
    }
  }
  return sources;
}

/** A name that is not there is told in words of its own. */
function* namedPod(context: CommandContext, name: string): Kubectl<Pod> {
  try {
    return yield* podOf(context, name);
  } catch (error) {
    if (!(error instanceof KubectlError) || error.failure.is !== 'status' || error.failure.status.reason !== 'NotFound') throw error;
    throw fail(`error from server (NotFound): ${failureMessage(error.failure)} in namespace ${JSON.stringify(context.namespace)}`);
  }
}

export default logs;
