// `kubectl config`: one context, which leads to the simulated cluster.
import { type Command, print } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { writeJson, writeYaml } from '../../../manifest/write.ts';
import { alignTabs, TABLE_TABS } from '../../printers/tab-writer.ts';

const NAME = 'podscope';

const getContexts: Command = {
  name: 'config get-contexts',
  usage: 'config get-contexts [(-o|--output=)name)] [options]',
  about: 'Display one or many contexts from the kubeconfig file.',
  flags: [
    { name: 'output', short: 'o', type: 'string' },
    { name: 'no-headers', type: 'bool' },
  ],
  *run({ flags, args }) {
    const missing = args.find((name) => name !== NAME);
    if (missing !== undefined) throw fail(`context ${missing} not found`);
    const output = flags.text('output');
    if (output !== '' && output !== 'name') throw fail(`output must be one of '' or 'name': ${output}`);
    const headers = flags.isOn('no-headers') ? '' : 'CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n';
    yield* print(output === 'name' ? `${NAME}\n` : alignTabs(`${headers}*\t${NAME}\t${NAME}\t${NAME}\t\n`, TABLE_TABS));
    return 0;
  },
};

const currentContext: Command = {
  name: 'config current-context',
  usage: 'config current-context [options]',
  about: 'Display the current-context.',
  flags: [],
  *run() {
    yield* print(`${NAME}\n`);
    return 0;
  },
};

const useContext: Command = {
  name: 'config use-context',
  aliases: ['config use'],
  usage: 'config use-context CONTEXT_NAME [options]',
  about: 'Set the current-context in a kubeconfig file.',
  flags: [],
  *run({ args }) {
    if (args.length !== 1) throw usageError('config use-context', `Unexpected args: [${args.join(' ')}]`);
    if (args[0] !== NAME) throw fail(`no context exists with the name: ${JSON.stringify(args[0])}`);
    yield* print(`Switched to context ${JSON.stringify(NAME)}.\n`);
    return 0;
  },
};

const view: Command = {
  name: 'config view',
  usage: 'config view [options]',
  about: 'Display merged kubeconfig settings or a specified kubeconfig file.',
  flags: [
    { name: 'output', short: 'o', type: 'string', default: 'yaml' },
    { name: 'minify', type: 'bool' },
    { name: 'raw', type: 'bool' },
    { name: 'flatten', type: 'bool' },
  ],
  *run({ flags }) {
    const config = {
      apiVersion: 'v1',
      clusters: [{ cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: 'https://127.0.0.1:6443' }, name: NAME }],
      contexts: [{ context: { cluster: NAME, user: NAME }, name: NAME }],
      'current-context': NAME,
      kind: 'Config',
      users: [{ name: NAME, user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' } }],
    };
    yield* print(flags.text('output') === 'json' ? writeJson(config) : writeYaml(config));
    return 0;
  },
};

export default [getContexts, currentContext, useContext, view];
