// Signals that a container may be stopped with, in order of their bytes. Models pkg/apis/core/types.go.

const PLAIN =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT RTMAX RTMIN SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ';
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** On Linux. */
export const LINUX_STOP_SIGNALS: readonly string[] = [
  ...PLAIN.split(' ').map((name) => `SIG${name}`),
  ...upTo(14).map((n) => `SIGRTMAX-${n}`),
  ...upTo(15).map((n) => `SIGRTMIN+${n}`),
].sort();

/** On Windows. */
export const WINDOWS_STOP_SIGNALS: readonly string[] = ['SIGKILL', 'SIGTERM'];
