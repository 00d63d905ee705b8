// `kubectl delete`. Models k8s.io/kubectl/pkg/cmd/delete.
import { isObject } from '../../../base/json.ts';
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../../dry-run.ts';
import { type Failure, fail, KubectlError, throwAll, withSource } from '../../failure.ts';
import { FILE_FLAGS, readFiles } from '../../manifest-files.ts';
import { apiVersionOf, objectName } from '../../resource-names.ts';
import { ALL_NAMESPACES_FLAG, FIELD_SELECTOR_FLAG, listNamespace, SELECTOR_FLAG, selectorQuery } from '../../selectors.ts';
import { readTargets, type Target } from '../../targets.ts';
import { waitUntilGone } from '../../wait-until-gone.ts';

/** One object that is to be deleted; `source`: the file that named it. */
interface Victim {
  readonly resource: Target['resource'];
  readonly namespace: string;
  readonly name: string;
  readonly source?: string;
}

const FORCE_WARNING =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

const deleteCommand: Command = {
  name: 'delete',
  usage: 'delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)]) [options]',
  about: 'Delete resources by file names, stdin, resources and names, or by resources and label selector.',
  flags: [
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    DRY_RUN_FLAG,
    { name: 'all', type: 'bool' },
    { name: 'force', type: 'bool' },
    { name: 'now', type: 'bool' },
    { name: 'wait', type: 'bool', default: 'true' },
    { name: 'grace-period', type: 'int', default: '-1' },
    { name: 'cascade', type: 'string', default: 'background', bare: 'background' },
    { name: 'ignore-not-found', type: 'bool' },
    { name: 'interactive', short: 'i', type: 'bool' },
    { name: 'timeout', type: 'duration', default: '0s' },
    { name: 'output', short: 'o', type: 'string' },
    { name: 'raw', type: 'string' },
  ],
  *run(context) {
    const { flags } = context;
    const gracePeriod = gracePeriodOf(context);
    if (flags.isOn('force') && gracePeriod === 0 && dryRunOf(flags) === 'none') yield* complain(FORCE_WARNING);
    const failures: Failure[] = [];
    const victims = yield* victimsOf(context, failures);
    if (flags.isOn('interactive') && victims.length > 0 && !(yield* confirmed(context, victims))) return 0;
    const deleted: { victim: Victim; uid: string | undefined }[] = [];
    for (const victim of victims) {
      try {
        deleted.push({ victim, uid: yield* deleteOne(context, victim, gracePeriod) });
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        const isMissing = error.failure.is === 'status' && error.failure.status.reason === 'NotFound';
        const isIgnored = flags.isOn('ignore-not-found') || isByAll(context);
        if (!(isMissing && isIgnored)) failures.push(withSource(error.failure, 'deleting', victim.source));
      }
    }
    throwAll(failures);
    if (victims.length === 0) yield* print('No resources found\n');
    if (flags.isOn('wait') && dryRunOf(flags) === 'none') {
      yield* waitUntilGone(
        context.client,
        deleted.map(({ victim, uid }) => ({ ...victim, uid })),
        flags.ms('timeout'),
        context.environment,
      );
    }
    return 0;
  },
};

const isByAll = ({ flags }: CommandContext): boolean => flags.isOn('all') || Boolean(flags.text('selector'));

/** The grace period to ask for; -1: the object's own. Models DeleteOptions.Complete and Validate. */
function gracePeriodOf({ flags, args }: CommandContext): number {
  const given = flags.number('grace-period');
  if (flags.isOn('now') && given !== -1) throw fail('--now and --grace-period cannot be specified together');
  if (flags.isOn('force') && given > 0) throw fail('--force and --grace-period greater than 0 cannot be specified together');
  if (flags.isOn('all') && flags.text('selector')) throw fail('cannot set --all and --selector at the same time');
  if (flags.isOn('all') && flags.text('field-selector')) throw fail('cannot set --all and --field-selector at the same time');
  if (args.length === 0 && !flags.has('filename') && !flags.has('kustomize')) {
    throw fail('must provide one or more resources by argument or filename, or -f/-k');
  }
  if (flags.isOn('now')) return 1;
  // Without --force, no grace at all would leave the object's end unconfirmed: the least is a second.
  if (given === 0 && !flags.isOn('force')) return 1;
  return flags.isOn('force') && given < 0 ? 0 : given;
}

function* victimsOf(context: CommandContext, failures: Failure[]): Kubectl<Victim[]> {
  const { flags, args, client } = context;
  if (flags.has('filename') || flags.has('kustomize')) {
    const entries = yield* readFiles(context);
    failures.push(...entries.flatMap((entry) => (entry.is === 'failure' ? [entry.failure] : [])));
    return entries.flatMap((entry) => (entry.is === 'object' ? [entry.entry] : []));
  }
  const targets = readTargets(args)?.targets ?? [];
  const victims: Victim[] = [];
  for (const { resource, name } of targets) {
    if (name !== undefined) {
      victims.push({ resource, namespace: context.namespace, name });
      continue;
    }
    if (!isByAll(context) && !flags.text('field-selector')) throw fail('resource(s) were provided, but no name was specified');
    const items = yield* client.list({ method: 'GET', resource, namespace: listNamespace(context), query: selectorQuery(context) });
    victims.push(...items.map(({ metadata }) => ({ resource, namespace: metadata.namespace ?? context.namespace, name: metadata.name })));
  }
  return victims;
}

function* confirmed(context: CommandContext, victims: readonly Victim[]): Kubectl<boolean> {
  yield* print('You are about to delete the following ');
  yield* print(`${victims.length} resource(s):\n${victims.map(({ resource, name }) => `${objectName(resource, name)}\n`).join('')}`);
  yield* print('Do you want to continue? (y/N): ');
  const { typed = '' } = context.environment.isTerminal ? yield { ask: 'next', streams: [], stdin: 'line' } : yield { ask: 'read' };
  if (/^y(es)?$/i.test(typed.trim())) return true;
  yield* print('deletion is cancelled\n');
  return false;
}

/** Deletes an object and says so; answers its uid. */
function* deleteOne(context: CommandContext, victim: Victim, gracePeriod: number): Kubectl<string | undefined> {
  const { flags, client } = context;
  const { resource, namespace, name } = victim;
  const dryRun = dryRunOf(flags);
  let uid: string | undefined;
  if (dryRun !== 'client') {
    const body = {
      kind: 'DeleteOptions',
      apiVersion: resource.group === '' ? 'v1' : apiVersionOf(resource),
      propagationPolicy: { foreground: 'Foreground', orphan: 'Orphan' }[flags.text('cascade')] ?? 'Background',
      ...(gracePeriod >= 0 && { gracePeriodSeconds: gracePeriod }),
      ...(dryRun === 'server' && { dryRun: ['All'] }),
    };
    const { body: answer } = yield* client.send({ method: 'DELETE', resource, namespace, name, body });
    uid = uidIn(answer);
  } else yield* client.object({ method: 'GET', resource, namespace, name });
  yield* print(deletedText(context, victim, gracePeriod === 0 && flags.isOn('force')));
  return uid;
}

function deletedText({ flags }: CommandContext, { resource, namespace, name }: Victim, isForced: boolean): string {
  if (flags.text('output') === 'name') return `${objectName(resource, name)}\n`;
  const kind = `${resource.singular}${resource.group === '' ? '' : `.${resource.group}`}`;
  const from = resource.namespaced ? ` from ${namespace} namespace` : '';
  const what = `${isForced ? 'force deleted' : 'deleted'}${from}${dryRunSuffix(dryRunOf(flags))}`;
  return `${kind} ${JSON.stringify(name)} ${what}\n`;
}

/** The uid in the answer to a DELETE: the object itself, or a Status with its details. */
function uidIn(answer: unknown): string | undefined {
  if (!isObject(answer)) return undefined;
  const metadata = answer.metadata as ApiObject['metadata'] | undefined;
  if (metadata?.uid) return metadata.uid;
  return isObject(answer.details) && typeof answer.details.uid === 'string' ? answer.details.uid : undefined;
}

export default deleteCommand;
