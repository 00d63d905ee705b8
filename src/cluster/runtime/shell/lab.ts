// A machine by itself, for tests: a virtual clock, a heap of wakes, and what its first process printed.
import { createHeap } from '../../../base/heap.ts';
import { createRandom } from '../../../base/prng.ts';
import { createFiles, type TreeMount } from '../process/files.ts';
import type { Machine, MachineHost, MachineSpec } from '../process/machine-interface.ts';
import { createMachine } from '../process/machine.ts';
import type { Program } from '../process/program.ts';
import { type Base, programsOf, rootTreeOf } from './bases.ts';

/** How a test machine is made. */
export interface LabSpec {
  readonly base?: Base;
  readonly with?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly programs?: Readonly<Record<string, Program>>;
  readonly mounts?: readonly TreeMount[];
  readonly machine?: Partial<MachineSpec>;
  readonly host?: Partial<MachineHost>;
}

/** A machine and its clock. */
export interface Lab {
  readonly machine: Machine;
  readonly now: () => number;
  /** What sessions have printed, in order. */
  output(session?: number): string;
  readonly ended: Map<number, { readonly exitCode: number; readonly at: number }>;
  readonly busy: number[];
  /** Lets time pass up to an instant, or until nothing happens any more. */
  run(until?: number): void;
  start(argv: readonly string[], options?: { readonly tty?: boolean; readonly stdin?: 'null' | 'open' }): number;
}

/** A machine of busybox, or of another base. */
export function createLab(spec: LabSpec = {}): Lab {
  const base = spec.base ?? 'busybox';
  const programs: Readonly<Record<string, Program>> = { ...programsOf(base, { with: spec.with ?? [] }), ...spec.programs };
  const clock = { at: 0 };
  const wakes = createHeap<{ at: number; sequence: number }>((a, b) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence));
  const outputs = new Map<number, string>();
  const ended: Lab['ended'] = new Map();
  const busy: number[] = [];
  let sequence = 0;
  const host: MachineHost = {
    at: () => clock.at,
    epochMs: 1_767_225_600_000,
    random: (purpose) => createRandom(1, purpose),
    wakeAt(at) {
      sequence += 1;
      wakes.push({ at, sequence });
    },
    output: (session, _fd, text) => outputs.set(session, (outputs.get(session) ?? '') + text),
    ended: (session, exitCode) => ended.set(session, { exitCode, at: clock.at }),
    listen: () => true,
    unlisten() {},
    dial: (id) => machine.dialled(id, { outcome: 'refused' }),
    resolve: (id) => machine.resolved(id, undefined),
    ask() {},
    changed() {},
    busy: (pid) => busy.push(pid),
    ...spec.host,
  };
  const root = rootTreeOf(base, 0, Object.keys(programs), spec.files);
  const machine = createMachine(host, {
    hostname: 'web',
    addresses: ['10.244.1.2'],
    files: createFiles({ at: host.at, uid: 0, root, mounts: spec.mounts ?? [] }),
    user: { uid: 0, name: 'root' },
    program: (path) => programs[path],
    ...spec.machine,
  });
  const env = new Map([
    ['PATH', '/bin:/usr/bin:/sbin:/usr/sbin'],
    ['HOSTNAME', 'web'],
    ['HOME', '/root'],
  ]);
  return {
    machine,
    now: () => clock.at,
    output: (session = 1) => outputs.get(session) ?? '',
    ended,
    busy,
    run(until = 120_000) {
      for (let wake = wakes.peek(); wake && wake.at <= until; wake = wakes.peek()) {
        wakes.pop();
        clock.at = Math.max(clock.at, wake.at);
        machine.step();
      }
      clock.at = Math.max(clock.at, until === 120_000 ? clock.at : until);
    },
    start(argv, options = {}) {
      const started = machine.start({ argv, env, cwd: '/', stdin: options.stdin ?? 'null', tty: options.tty ?? false });
      return 'session' in started ? started.session : -1;
    },
  };
}
