// `kubectl top`: the cluster has no metrics server, as a fresh one has none.
import type { Command } from '../../command.ts';
import { fail } from '../../failure.ts';

const top = (name: string, aliases: readonly string[]): Command => ({
  name: `top ${name}`,
  aliases: aliases.map((alias) => `top ${alias}`),
  usage: `top ${name} [NAME | -l label] [options]`,
  about: `Display resource (CPU/memory) usage of ${name}s.`,
  flags: [
    { name: 'selector', short: 'l', type: 'string' },
    { name: 'field-selector', type: 'string' },
    { name: 'all-namespaces', short: 'A', type: 'bool' },
    { name: 'containers', type: 'bool' },
    { name: 'sort-by', type: 'string' },
    { name: 'no-headers', type: 'bool' },
    { name: 'sum', type: 'bool' },
    { name: 'show-swap', type: 'bool' },
  ],
  // biome-ignore lint/correctness/useYield: a command is a generator, and this one has nothing to ask
  *run() {
    throw fail('Metrics API not available');
  },
});

export default [top('pod', ['pods', 'po']), top('node', ['nodes', 'no'])];
