// `kubectl version` and `kubectl cluster-info`.
import { type Command, print } from '../../command.ts';
import { fail } from '../../failure.ts';
import { writeJson, writeYaml } from '../../../manifest/write.ts';

const VERSION = 'v1.36.3';
const KUSTOMIZE = 'v5.8.1';
const DETAILS = { major: '1', minor: '36', gitVersion: VERSION, gitTreeState: 'clean', compiler: 'gc', platform: 'linux/amd64' };

const version: Command = {
  name: 'version',
  usage: 'version [--client] [--output=yaml|json]',
  about: 'Print the client and server version information for the current context.',
  flags: [
    { name: 'client', type: 'bool' },
    { name: 'output', short: 'o', type: 'string' },
  ],
  *run({ flags, args }) {
    if (args.length > 0) throw fail(`extra arguments: [${args.join(' ')}]`);
    const output = flags.text('output');
    if (output !== '' && output !== 'yaml' && output !== 'json') throw fail("--output must be 'yaml' or 'json'");
    const isClientAlone = flags.isOn('client');
    if (output !== '') {
      const all = { clientVersion: DETAILS, kustomizeVersion: KUSTOMIZE, ...(!isClientAlone && { serverVersion: DETAILS }) };
      yield* print(output === 'yaml' ? writeYaml(all) : writeJson(all));
      return 0;
    }
    const server = isClientAlone ? '' : `Server Version: ${VERSION}\n`;
    yield* print(`Client Version: ${VERSION}\nKustomize Version: ${KUSTOMIZE}\n${server}`);
    return 0;
  },
};

const clusterInfo: Command = {
  name: 'cluster-info',
  usage: 'cluster-info',
  about: 'Display cluster information.',
  flags: [],
  *run() {
    const server = 'https://127.0.0.1:6443';
    yield* print(`Kubernetes control plane is running at ${server}\n`);
    yield* print(`CoreDNS is running at ${server}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n\n`);
    yield* print("To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return 0;
  },
};

export default [version, clusterInfo];
