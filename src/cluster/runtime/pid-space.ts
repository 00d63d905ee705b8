// The process namespace that the containers of a Pod share when it says `shareProcessNamespace`: pause is its process 1.
import type { RuntimeNode, Sandbox } from './node.ts';
import type { Machine, PidNamespace } from './process/machine-interface.ts';
import type { ProcessInfo } from './process/program.ts';

const PAUSE = '/pause';

/** A numbering that starts after pause. */
export interface PidSpace {
  /** What one container's machine sees of it. */
  seenBy(node: RuntimeNode, sandbox: Sandbox, containerId: string): PidNamespace;
  /** A machine's own processes. */
  own(machine: Machine): readonly ProcessInfo[];
}

/** An empty namespace. */
export function createPidSpace(): PidSpace {
  let last = 1;
  // A machine lists the processes of the others too: the question must not come back.
  let isAsking = false;
  const own = (machine: Machine): readonly ProcessInfo[] => {
    const before = isAsking;
    isAsking = true;
    const found = machine.processes();
    isAsking = before;
    return found;
  };
  return {
    own,
    seenBy(node, sandbox, containerId) {
      const machines = () =>
        [...node.containers.values()].flatMap(({ sandbox: of, id, machine, state }) =>
          of === sandbox && id !== containerId && state === 'running' && machine ? [machine] : [],
        );
      const pause: ProcessInfo = {
        pid: 1,
        ppid: 0,
        user: '65535',
        command: PAUSE,
        argv: [PAUSE],
        state: 'sleeping',
        startedAt: sandbox.createdAt,
      };
      return {
        take() {
          last += 1;
          return last;
        },
        others: () => (isAsking ? [] : [pause, ...machines().flatMap(own)]),
        kill(pid, signal) {
          if (pid === 1) return {};
          const machine = machines().find((one) => own(one).some((process) => process.pid === pid));
          if (!machine) return { error: 'ESRCH' };
          machine.signal(pid, signal);
          return {};
        },
      };
    },
  };
}
