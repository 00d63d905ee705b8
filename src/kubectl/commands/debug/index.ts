// `kubectl debug POD`: adds an ephemeral container. Models k8s.io/kubectl/pkg/cmd/debug. Simplified: no copies of Pods, no nodes.
import type { Pod } from '../../../cluster/api/types.ts';
import { attachTo } from '../../attach-to.ts';
import { type Command, complain } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { podOf } from '../../pod-of.ts';
import { requireResource } from '../../resource-names.ts';
import { waitForPod } from '../../wait-for-pod.ts';

const RANDOM_CHARACTERS = 5;

const debug: Command = {
  name: 'debug',
  usage: 'debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ] [options]',
  about: 'Debug cluster resources using interactive debugging containers.',
  flags: [
    { name: 'image', type: 'string' },
    { name: 'container', short: 'c', type: 'string' },
    { name: 'target', type: 'string' },
    { name: 'stdin', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'attach', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'profile', type: 'string', default: 'general' },
    { name: 'image-pull-policy', type: 'string' },
    { name: 'env', type: 'array' },
    { name: 'copy-to', type: 'string' },
    { name: 'share-processes', type: 'bool' },
    { name: 'replace', type: 'bool' },
    { name: 'same-node', type: 'bool' },
    { name: 'set-image', type: 'string' },
  ],
  *run(context) {
    const { flags, args, client, environment } = context;
    const [name] = args;
    if (name === undefined || flags.dashAt === 0) throw usageError('debug', 'NAME is required for debug');
    if (flags.has('copy-to')) throw fail('Podscope does not simulate debug --copy-to');
    if (!flags.text('image')) throw fail('you must specify --image when not using --copy-to.');
    if (/^no(des?)?\//.test(name)) throw fail('Podscope does not simulate debugging of nodes');
    const pod = yield* podOf(context, name);
    const container = flags.text('container') || `debugger-${environment.randomName(RANDOM_CHARACTERS)}`;
    if (!flags.text('container') && !flags.isOn('quiet')) yield* complain(`Defaulting debug container name to ${container}.\n`);
    const target = flags.text('target');
    if (target && !flags.isOn('quiet')) {
      yield* complain(
        `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
    }
    const command = flags.dashAt === undefined ? [] : args.slice(flags.dashAt);
    const ephemeral = {
      name: container,
      image: flags.text('image'),
      ...(command.length > 0 && { command }),
      ...(flags.isOn('stdin') && { stdin: true }),
      ...(flags.isOn('tty') && { tty: true }),
      ...(target && { targetContainerName: target }),
      terminationMessagePolicy: 'File',
      securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
    };
    const { namespace, name: podName } = pod.metadata;
    yield* client.object({
      method: 'PATCH',
      resource: requireResource('pods'),
      namespace,
      name: podName,
      subresource: 'ephemeralcontainers',
      contentType: 'application/strategic-merge-patch+json',
      body: { spec: { ephemeralContainers: [ephemeral] } },
    });
    const isAttached = flags.has('attach') ? flags.isOn('attach') : flags.isOn('stdin');
    if (!isAttached) return 0;
    const started = (seen: Pod) => {
      const status = seen.status.ephemeralContainerStatuses?.find((item) => item.name === container);
      return status?.state?.running !== undefined || status?.state?.terminated !== undefined;
    };
    const of = { namespace: namespace ?? 'default', name: podName };
    const running = yield* waitForPod(client, environment, of, undefined, started);
    if (running) yield* attachTo(context, running, container, { stdin: flags.isOn('stdin'), tty: flags.isOn('tty') }, flags.isOn('quiet'));
    return 0;
  },
};

export default debug;
