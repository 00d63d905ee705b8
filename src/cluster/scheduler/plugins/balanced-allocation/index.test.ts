import { expect, test } from 'vitest';
import { containerOf, nodeOf, podOf, scored } from '../../framework/test-objects.ts';
import plugin from './index.ts';

const asking = (name: string, cpu: string, memory: string, nodeName?: string) =>
  podOf(name, { containers: [containerOf({ cpu, memory })], ...(nodeName && { nodeName }) });

test('the node that the Pod brings into balance is better than the one that it puts out of it', () => {
  const nodes = [nodeOf('even'), nodeOf('cpu-heavy'), nodeOf('memory-heavy')];
  const there = [asking('x', '2', '0', 'cpu-heavy'), asking('y', '0', '4Gi', 'memory-heavy')];
  // Without and with: even 100 -> 75, cpu-heavy 75 -> 100, memory-heavy 75 -> 50 ... each as 50 + (50 + with - without) / 2.
  expect(scored(plugin, asking('p', '0', '4Gi'), nodes, there)).toEqual({ even: 62, 'cpu-heavy': 87, 'memory-heavy': 62 });
});

test('a Pod that requests neither is not scored', () => expect(scored(plugin, podOf('p'), [nodeOf('n')])).toBeUndefined());
