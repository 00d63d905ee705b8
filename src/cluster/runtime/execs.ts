// Processes besides process 1: probes and hooks (ExecSync), `kubectl exec` and `attach` with their streams.
import type { StreamData } from '../api/request.ts';
import type { Reply } from './containers.ts';
import { type Container, FIRST_SESSION, newId, type RuntimeNode } from './node.ts';
import { execError } from './oci-errors.ts';
import type { Streams } from './streams.ts';
import { typeInto } from './typing.ts';

/** Until runc has put the process into the container's namespaces. */
const EXEC_MS = 28;
/** Until containerd has taken note of its end. */
const REAP_MS = 8;
/** What ExecSync keeps of the output. */
const OUTPUT_CHARACTERS = 16 * 1024 * 1024;

/** Why nothing can be started in a container, in containerd's words. */
function refusal(container: Container): string | undefined {
  if (container.state === 'running') return undefined;
  return `failed to exec in container: container is in CONTAINER_${container.state.toUpperCase()} state`;
}

/** The environment of process 1, which an exec gets too. */
function environmentOf(container: Container, tty: boolean): ReadonlyMap<string, string> {
  const env = new Map(container.env);
  if (tty) env.set('TERM', 'xterm');
  return env;
}

/** Handles ExecSync. */
export function execSync(node: RuntimeNode, container: Container, command: readonly string[], timeoutMs: number, reply: Reply) {
  node.later(node.around(EXEC_MS, 8), () => {
    const refused = refusal(container);
    if (refused !== undefined) return reply({ error: { code: 'Unknown', message: refused } });
    let output = '';
    let isOver = false;
    const finish = (exitCode: number, timedOut: boolean) => {
      if (isOver) return;
      isOver = true;
      timer?.cancel();
      node.later(REAP_MS, () => reply({ ok: { exec: { exitCode, output, timedOut } } }));
    };
    const started = start(
      node,
      container,
      command,
      { stdin: false, tty: false },
      {
        output(_fd, text) {
          output = (output + text).slice(0, OUTPUT_CHARACTERS);
        },
        ended: (exitCode) => finish(exitCode, false),
      },
    );
    if ('error' in started) return reply({ error: { code: 'Unknown', message: started.error } });
    const timer =
      timeoutMs > 0 && !isOver
        ? node.later(timeoutMs, () => {
            finish(-1, true);
            container.machine?.signal(started.pid, 'KILL');
            container.machine?.step();
          })
        : undefined;
    container.machine?.step();
  });
}

/** Starts a process in a running container. */
function start(
  node: RuntimeNode,
  container: Container,
  command: readonly string[],
  io: { readonly stdin: boolean; readonly tty: boolean },
  handler: { output(fd: 1 | 2, text: string): void; ended(exitCode: number): void },
): { readonly session: number; readonly pid: number } | { readonly error: string } {
  const { machine } = container;
  if (!machine) return { error: 'failed to exec in container: no running task found' };
  const started = machine.start({
    argv: command,
    env: environmentOf(container, io.tty),
    cwd: container.cwd,
    stdin: io.stdin ? 'open' : 'null',
    tty: io.tty,
  });
  if ('error' in started) {
    const id = newId(node.context(), 'exec', container.id);
    return { error: execError(id, command[0] ?? '', started.error) };
  }
  container.sessions.set(started.session, handler);
  return started;
}

/** Handles Exec: the stream is open at once; whatever goes wrong after that comes over it. */
export function exec(
  node: RuntimeNode,
  streams: Streams,
  container: Container,
  command: readonly string[],
  io: { readonly stdin: boolean; readonly tty: boolean },
  to: string,
  reply: Reply,
  /** What the stream's end says of a command that could not be started. */
  complaint: (error: string) => string = (error) => `Internal error occurred: error executing command in container: ${error}`,
) {
  const refused = refusal(container);
  if (refused !== undefined) return reply({ error: { code: 'Unknown', message: refused } });
  let session: number | undefined;
  let early: StreamData[] = [];
  const onData = (data: StreamData) => {
    const { machine } = container;
    if (session === undefined) {
      early.push(data);
      return;
    }
    if (!machine) return;
    if (data.text) typeInto(machine, session, io.tty, data.text);
    if (data.end || data.text === '') machine.closeInput(session);
    machine.step();
  };
  const stream = streams.open(to, onData);
  reply({ ok: { stream: stream.id } });
  node.later(node.around(EXEC_MS, 8), () => {
    const started = start(node, container, command, io, {
      output: (fd, text) => stream.send({ fd, text }),
      ended: (exitCode) => stream.end({ exitCode }),
    });
    if ('error' in started) {
      stream.end({ error: complaint(started.error) });
      return;
    }
    session = started.session;
    container.machine?.step();
    const waiting = early;
    early = [];
    for (const data of waiting) onData(data);
  });
}

/** Handles Attach: the output of process 1 from now on, and its input. `isEarly`: the container may have yet to start (docker run). */
export function attach(
  streams: Streams,
  container: Container,
  io: { readonly stdin: boolean; readonly tty: boolean },
  to: string,
  reply: Reply,
  isEarly = false,
) {
  const refused = isEarly && container.state === 'created' ? undefined : refusal(container);
  if (refused !== undefined) return reply({ error: { code: 'Unknown', message: refused } });
  const send = (text: string, fd: 1 | 2): void => stream.send({ fd: container.config.tty ? 1 : fd, text });
  const leave = (): void => {
    container.onLog.delete(send);
    container.onEnd.delete(end);
  };
  const end = (): void => {
    leave();
    stream.end({ exitCode: container.exitCode ?? 0 });
  };
  const stream = streams.open(to, (data) => {
    const { machine } = container;
    if (!machine || container.state !== 'running') return;
    if (io.stdin && container.config.stdin) {
      if (data.text) typeInto(machine, FIRST_SESSION, container.config.tty, data.text);
      if ((data.end || data.text === '') && !container.config.tty) machine.closeInput(FIRST_SESSION);
    }
    if (data.end) leave();
    machine.step();
  });
  container.onLog.add(send);
  container.onEnd.add(end);
  reply({ ok: { stream: stream.id } });
}
