// Process namespaces that containers share: of a Pod that says `shareProcessNamespace` (pause is process 1), of the node (`hostPID`), of
// a container and the one that debugs it.
import type { Instant } from '../../engine/records.ts';
import type { Machine, PidNamespace } from './process/machine-interface.ts';
import type { ProcessInfo } from './process/program.ts';

/** A namespace with its numbering. */
export interface PidSpace {
  /** What one container's machine sees of it; `members` are the machines of the others. */
  seenBy(members: () => readonly Machine[], since: Instant): PidNamespace;
  /** A machine's own processes. */
  own(machine: Machine): readonly ProcessInfo[];
}

/** A process that is there from the start and no container's. */
export interface FixedProcess {
  readonly pid: number;
  readonly command: string;
}

/** pause, which holds a Pod's namespaces. */
export const PAUSE: readonly FixedProcess[] = [{ pid: 1, command: '/pause' }];
/** What a node runs besides its Pods. */
export const NODE_PROCESSES: readonly FixedProcess[] = [
  { pid: 1, command: '/sbin/init' },
  { pid: 612, command: '/usr/local/bin/containerd' },
  { pid: 871, command: '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml' },
];

/** A namespace in which the next process gets the number `next`. */
export function createPidSpace(next: number, fixed: readonly FixedProcess[]): PidSpace {
  let last = next - 1;
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
    seenBy(members, since) {
      const standing = fixed.map(
        ({ pid, command }): ProcessInfo => ({
          pid,
          ppid: 0,
          user: 'root',
          command,
          argv: command.split(' '),
          state: 'sleeping',
          startedAt: since,
        }),
      );
      return {
        take() {
          last += 1;
          return last;
        },
        others: () => (isAsking ? [] : [...standing, ...members().flatMap(own)]),
        kill(pid, signal) {
          if (standing.some((process) => process.pid === pid)) return {};
          const machine = members().find((one) => own(one).some((process) => process.pid === pid));
          if (!machine) return { error: 'ESRCH' };
          // Process 1 of the namespace is not killed from within it.
          if (pid !== 1 || signal !== 'KILL') machine.signal(pid, signal);
          machine.step();
          return {};
        },
      };
    },
  };
}
