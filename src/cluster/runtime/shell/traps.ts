// Traps: what a shell does when a signal has come. They run between commands.
import { Interrupted, type Running, type Shell } from './state.ts';

/** Runs the traps of the signals that have come. Models dotrap of ash: the status stays what it was. */
export function* runTraps(shell: Shell): Running<void> {
  for (;;) {
    const signal = shell.pending.shift() ?? shell.sys.takeSignal();
    if (signal === undefined) return;
    const action = shell.traps.get(signal);
    if (action === undefined && signal === 'INT' && shell.interactive && !shell.isSubshell) throw new Interrupted('interrupted');
    if (action === undefined || action === '') continue;
    const { status, trapStatus } = shell;
    shell.trapStatus = status;
    yield* shell.runText(action, 0, 0);
    shell.trapStatus = trapStatus;
    if (shell.skip === undefined) shell.status = status;
  }
}

/** Whether a shell may not be replaced by its last command: a trap would be lost. */
export function hasTraps(shell: Shell): boolean {
  for (const action of shell.traps.values()) if (action !== '') return true;
  return false;
}
