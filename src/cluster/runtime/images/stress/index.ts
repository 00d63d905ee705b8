// polinux/stress: a program that uses memory and CPU as it is told.
import type { Program, Sys } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, MI, print, sleep } from '../serve.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, K: 1024, M: MI, G: 1024 * MI };
const STEP_MS = 100;
const STEPS = 8;

const optionOf = (sys: Sys, ...names: string[]): string | undefined => {
  for (let i = 1; i < sys.argv.length; i += 1) {
    const word = sys.argv[i] ?? '';
    const name = names.find((one) => word === one || word.startsWith(`${one}=`));
    if (name !== undefined) return word.includes('=') ? word.slice(name.length + 1) : sys.argv[i + 1];
  }
  return undefined;
};

const bytesOf = (text: string): number => {
  const match = /^(\d+)([BKMG]?)$/i.exec(text);
  return match ? Number(match[1]) * (UNITS[(match[2] ?? '').toUpperCase()] ?? 1) : 256 * MI;
};

const stress: Program = function* stressHogs(sys) {
  const cpu = Number(optionOf(sys, '-c', '--cpu') ?? 0);
  const vm = Number(optionOf(sys, '-m', '--vm') ?? 0);
  const io = Number(optionOf(sys, '-i', '--io') ?? 0);
  const bytes = bytesOf(optionOf(sys, '--vm-bytes') ?? '256M');
  const timeout = /^(\d+)s?$/.exec(optionOf(sys, '-t', '--timeout') ?? '');
  if (cpu + vm + io === 0) {
    yield* print("`stress' imposes certain types of compute stress on your system\n\nUsage: stress [OPTION [ARG]] ...\n");
    return 0;
  }
  yield* print(`stress: info: [${sys.pid}] dispatching hogs: ${cpu} cpu, ${io} io, ${vm} vm, 0 hdd\n`);
  for (let i = 0; i < cpu; i += 1) sys.fork(cpuHog);
  for (let i = 0; i < vm; i += 1) sys.fork(memoryHog(bytes));
  const started = sys.at();
  if (timeout) {
    yield* sleep(sys, Number(timeout[1]) * 1000);
    for (const { pid, ppid } of sys.processes()) if (ppid === sys.pid) sys.kill(pid, 'TERM');
    yield* print(`stress: info: [${sys.pid}] successful run completed in ${Math.floor((sys.at() - started) / 1000)}s\n`);
    return 0;
  }
  for (;;) {
    const { child, error } = yield { ask: 'wait' };
    if (error !== undefined) return 0;
    if (!child) continue;
    yield* complain(
      `stress: FAIL: [${sys.pid}] (415) <-- worker ${child.pid} got signal ${child.exitCode - 128}\nstress: WARN: [${sys.pid}] (417) now reaping child worker processes\n`,
    );
    yield* complain(`stress: FAIL: [${sys.pid}] (451) failed run completed in ${Math.floor((sys.at() - started) / 1000)}s\n`);
    return 1;
  }
};

const cpuHog: Program = function* cpuHogging(sys) {
  sys.burn(1);
  for (;;) yield { ask: 'pause' };
};

/** Takes its memory within a second, as the real one does page by page. */
const memoryHog = (bytes: number): Program =>
  function* memoryHogging(sys) {
    for (let step = 1; step <= STEPS; step += 1) {
      yield* sleep(sys, STEP_MS);
      sys.allocate(Math.floor((bytes * step) / STEPS));
    }
    sys.burn(1);
    for (;;) yield { ask: 'pause' };
  };

const image: ImageBehaviour = {
  repositories: ['polinux/stress', 'progrium/stress'],
  sizeBytes: 4_000_000,
  pullMs: 1000,
  base: 'alpine',
  cmd: ['/bin/sh'],
  programs: { '/usr/local/bin/stress': stress },
};

export default image;
