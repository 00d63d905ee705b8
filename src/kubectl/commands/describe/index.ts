// `kubectl describe`. Models k8s.io/kubectl/pkg/cmd/describe.
import type { Event, Node, Pod } from '../../../cluster/api/types.ts';
import type { Kubectl } from '../../ask.ts';
import type { ApiObject } from '../../client.ts';
import { type Command, type CommandContext, complain, print } from '../../command.ts';
import { type Failure, KubectlError, throwAll, usageError } from '../../failure.ts';
import { FILE_FLAGS, readFiles } from '../../manifest-files.ts';
import { describeAny } from '../../printers/describe/any.ts';
import { describeNode } from '../../printers/describe/node.ts';
import { describePod } from '../../printers/describe/pod.ts';
import { requireResource } from '../../resource-names.ts';
import { ALL_NAMESPACES_FLAG, listNamespace, SELECTOR_FLAG, selectorQuery } from '../../selectors.ts';
import { readTargets, type Target } from '../../targets.ts';

const describe: Command = {
  name: 'describe',
  usage: 'describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]',
  about: 'Show details of a specific resource or group of resources.',
  flags: [
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    { name: 'show-events', type: 'bool', default: 'true' },
    { name: 'chunk-size', type: 'int', default: '500' },
  ],
  *run(context) {
    const { flags, args } = context;
    if (args.length === 0 && !flags.has('filename')) {
      yield* complain(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      );
      throw usageError('describe', 'Required resource not specified.');
    }
    const failures: Failure[] = [];
    const objects: { target: Target; object: ApiObject }[] = [];
    for (const target of yield* targetsOf(context)) {
      try {
        const found = yield* objectsOf(context, target);
        objects.push(...found.map((object) => ({ target, object })));
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        failures.push(error.failure);
      }
    }
    // Of several objects the events are left out unless they were asked for.
    const withEvents = flags.has('show-events') ? flags.isOn('show-events') : objects.length <= 1;
    for (const [i, { target, object }] of objects.entries()) {
      const text = yield* describeOne(context, target, object, withEvents);
      yield* print(i === 0 ? text : `\n\n${text}`);
    }
    if (objects.length === 0 && failures.length === 0) {
      yield* complain(flags.isOn('all-namespaces') ? 'No resources found\n' : `No resources found in ${context.namespace} namespace.\n`);
    }
    throwAll(failures);
    return 0;
  },
};

function* targetsOf(context: CommandContext): Kubectl<readonly Target[]> {
  if (!context.flags.has('filename')) return readTargets(context.args)?.targets ?? [];
  const entries = yield* readFiles(context);
  throwAll(entries.flatMap((entry) => (entry.is === 'failure' ? [entry.failure] : [])));
  return entries.flatMap((entry) => (entry.is === 'object' ? [{ resource: entry.entry.resource, name: entry.entry.name }] : []));
}

/** The object of a name; where there is none, those whose names begin with it. */
function* objectsOf(context: CommandContext, { resource, name }: Target): Kubectl<readonly ApiObject[]> {
  const { client } = context;
  const list = function* (): Kubectl<readonly ApiObject[]> {
    return yield* client.list({ method: 'GET', resource, namespace: listNamespace(context), query: selectorQuery(context) });
  };
  if (name === undefined) return yield* list();
  try {
    return [yield* client.object({ method: 'GET', resource, namespace: context.namespace, name })];
  } catch (error) {
    if (!(error instanceof KubectlError) || error.failure.is !== 'status' || error.failure.status.reason !== 'NotFound') throw error;
    const begun = (yield* list()).filter((object) => object.metadata.name.startsWith(name));
    if (begun.length === 0) throw error;
    return begun;
  }
}

function* describeOne(context: CommandContext, target: Target, object: ApiObject, withEvents: boolean): Kubectl<string> {
  const { client, environment } = context;
  const { resource } = target;
  if (resource.kind === 'Node') {
    const pods = yield* client.list({
      method: 'GET',
      resource: requireResource('pods'),
      query: { fieldSelector: `spec.nodeName=${object.metadata.name},status.phase!=Failed,status.phase!=Succeeded` },
    });
    const lease = yield* client.ask({
      method: 'GET',
      resource: requireResource('leases'),
      namespace: 'kube-node-lease',
      name: object.metadata.name,
    });
    const events = withEvents ? yield* eventsOf(context, target, object) : undefined;
    return describeNode(
      object as unknown as Node,
      pods as unknown as Pod[],
      lease.code < 400 ? lease.body : undefined,
      events,
      environment.now(),
    );
  }
  const events = withEvents ? yield* eventsOf(context, target, object) : undefined;
  if (resource.kind === 'Pod') return describePod(object as unknown as Pod, events, environment.now());
  return describeAny(resource, object, events, environment.now());
}

/** The events that are about an object; a mirror Pod's are filed under its file's hash. */
function* eventsOf(context: CommandContext, { resource }: Target, object: ApiObject): Kubectl<readonly Event[]> {
  const { metadata } = object;
  const uid = metadata.annotations?.['kubernetes.io/config.mirror'] ?? (resource.kind === 'Node' ? metadata.name : metadata.uid);
  const fieldSelector = [
    `involvedObject.name=${metadata.name}`,
    ...(metadata.namespace ? [`involvedObject.namespace=${metadata.namespace}`] : []),
    `involvedObject.kind=${resource.kind}`,
    ...(resource.kind === 'Node' ? [] : [`involvedObject.uid=${uid}`]),
  ].join(',');
  const events = yield* context.client.list({
    method: 'GET',
    resource: requireResource('events'),
    namespace: metadata.namespace,
    query: { fieldSelector },
  });
  return events as unknown as Event[];
}

export default describe;
