// `kubectl exec`. Models k8s.io/kubectl/pkg/cmd/exec.
import { type Command, complain } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { chooseContainer, podOf } from '../../pod-of.ts';
import { requireResource } from '../../resource-names.ts';
import { carry, upgradeError } from '../../streaming.ts';

const exec: Command = {
  name: 'exec',
  usage: 'exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  about: 'Execute a command in a container.',
  flags: [
    { name: 'stdin', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'container', short: 'c', type: 'string' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'pod-running-timeout', type: 'duration', default: '1m0s' },
    { name: 'filename', short: 'f', type: 'list' },
  ],
  *run(context) {
    const { flags, args, client, environment } = context;
    const { dashAt } = flags;
    if (dashAt === undefined && args.length > 1) {
      throw usageError('exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    }
    const name = dashAt === 0 ? undefined : args[0];
    const command = dashAt === undefined ? [] : args.slice(dashAt);
    if (name === undefined) throw fail('pod, type/name or --filename must be specified');
    if (command.length === 0) throw fail('you must specify at least one command for the container');
    const pod = yield* podOf(context, name);
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw fail(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    }
    const container = yield* chooseContainer(pod, flags.text('container'), flags.isOn('quiet'));
    const stdin = flags.isOn('stdin');
    const tty = flags.isOn('tty') && stdin && environment.isTerminal;
    if (flags.isOn('tty') && !tty && !flags.isOn('quiet')) {
      yield* complain('Unable to use a TTY - input is not a terminal or the right kind of file\n');
    }
    const query = {
      container,
      command: JSON.stringify(command),
      stdout: 'true',
      ...(stdin && { stdin: 'true' }),
      ...(tty ? { tty: 'true' } : { stderr: 'true' }),
    };
    const response = yield* client.ask({
      method: 'POST',
      resource: requireResource('pods'),
      namespace: pod.metadata.namespace,
      name: pod.metadata.name,
      subresource: 'exec',
      query,
    });
    if (response.code >= 400 || response.stream === undefined) throw upgradeError(response);
    yield* carry(context, response.stream, { stdin, tty });
    return 0;
  },
};

export default exec;
