// vish/stress: uses CPU (`-cpus`) and memory (`-mem-total`).
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, dateOf, MI } from '../serve.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, Ki: 1024, Mi: MI, Gi: 1024 * MI, M: 1e6, G: 1e9 };

const stress: Program = function* stressing(sys) {
  const optionOf = (name: string): string | undefined => {
    const at = sys.argv.findIndex((word) => word.replace(/^--/, '-') === `-${name}`);
    return at < 0 ? undefined : sys.argv[at + 1];
  };
  const { month, day, time, millis } = dateOf(sys);
  const say = (text: string): string => `I${month}${day} ${time}.${millis}000       ${sys.pid} main.go:26] ${text}\n`;
  const cpus = Number(optionOf('cpus') ?? 0);
  const memory = /^(\d+)(Ki|Mi|Gi|M|G)?$/.exec(optionOf('mem-total') ?? '0');
  yield* complain(say(`Allocating "${optionOf('mem-total') ?? '0'}" memory, in "4Ki" chunks, with a 1ms sleep between allocations`));
  if (memory) sys.allocate(4 * MI + Number(memory[1]) * (UNITS[memory[2] ?? ''] ?? 1));
  for (let i = 0; i < cpus; i += 1) yield* complain(say('Spawning a thread to consume CPU'));
  if (cpus > 0) sys.burn(cpus);
  yield* complain(say(`Allocated "${optionOf('mem-total') ?? '0'}" memory`));
  for (;;) yield { ask: 'pause' };
};

const image: ImageBehaviour = {
  repositories: ['vish/stress'],
  sizeBytes: 1_500_000,
  pullMs: 800,
  entrypoint: ['/stress'],
  base: 'none',
  programs: { '/stress': stress },
};

export default image;
