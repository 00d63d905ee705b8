// The Pod that `kubectl run` makes of its flags. Models BasicPod of k8s.io/kubectl/pkg/generate/versioned/run.go.
import { parseImageName } from '../../../cluster/api/image-name.ts';
import type { ApiObject } from '../../client.ts';
import type { CommandContext } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';

/** Makes the Pod; a mistake in the flags is thrown. */
export function podOfFlags({ flags, args, namespace, isNamespaceGiven }: CommandContext): ApiObject {
  const [name = '', ...words] = args;
  const image = flags.text('image');
  if (!parseImageName(image)) throw fail(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  const restartPolicy = flags.text('restart') || 'Always';
  if (!['Always', 'OnFailure', 'Never'].includes(restartPolicy)) throw usageError('run', `invalid restart policy: ${restartPolicy}`);
  const pullPolicy = flags.text('image-pull-policy');
  if (pullPolicy && !['Always', 'IfNotPresent', 'Never'].includes(pullPolicy)) throw fail(`invalid image pull policy: ${pullPolicy}`);
  const env = flags.list('env').map(readVariable);
  const port = flags.text('port');
  const container = {
    name,
    image,
    resources: {},
    ...(words.length > 0 && (flags.isOn('command') ? { command: words } : { args: words })),
    ...(env.length > 0 && { env }),
    ...(port && { ports: [{ containerPort: readPort(port) }] }),
    ...(pullPolicy && { imagePullPolicy: pullPolicy }),
    ...(flags.isOn('stdin') && { stdin: true, stdinOnce: !flags.isOn('leave-stdin-open') }),
    ...(flags.isOn('tty') && { tty: true }),
    ...(flags.isOn('privileged') && { securityContext: { privileged: true } }),
  };
  const annotations = readPairs(flags.list('annotations'));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(isNamespaceGiven && { namespace }),
      labels: flags.has('labels') ? readLabels(flags.text('labels')) : { run: name },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy },
    status: {},
  };
}

function readVariable(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw fail(`invalid env: ${text}`);
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

function readPort(text: string): number {
  if (!/^\d+$/.test(text)) throw fail(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      if (pair === '') return [];
      const at = pair.indexOf('=');
      if (at < 0) throw fail(`unexpected label spec: ${pair}`);
      return [[pair.slice(0, at), pair.slice(at + 1)]];
    }),
  );
}

const readPairs = (pairs: readonly string[]): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]));
