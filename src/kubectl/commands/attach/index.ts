// `kubectl attach`. Models k8s.io/kubectl/pkg/cmd/attach.
import { attachTo } from '../../attach-to.ts';
import { type Command, complain } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { chooseContainer, podOf } from '../../pod-of.ts';

const attach: Command = {
  name: 'attach',
  usage: 'attach (POD | TYPE/NAME) -c CONTAINER [options]',
  about: 'Attach to a process that is already running inside an existing container.',
  flags: [
    { name: 'stdin', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'container', short: 'c', type: 'string' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'pod-running-timeout', type: 'duration', default: '1m0s' },
  ],
  *run(context) {
    const { flags, args } = context;
    const [name] = args;
    if (name === undefined) throw usageError('attach', 'at least 1 argument is required for attach');
    if (args.length > 2)
      throw usageError('attach', `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`);
    const pod = yield* podOf(context, args.length === 2 ? args.join('/') : name);
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw fail(`cannot attach a container in a completed pod; current phase is ${phase}`);
    }
    const container = yield* chooseContainer(pod, flags.text('container'), flags.isOn('quiet'));
    const spec = [...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])].find((item) => item.name === container);
    const wantsTty = flags.isOn('tty');
    if (wantsTty && !spec?.tty) {
      yield* complain(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
    }
    const joining = { stdin: flags.isOn('stdin'), tty: wantsTty && spec?.tty === true };
    yield* attachTo(context, pod, container, joining, flags.isOn('quiet'));
    return 0;
  },
};

export default attach;
