// The learner's computer: one machine with its files, on which every terminal runs its lines. It has kubectl, and no way into the Pod network.
import { must } from '../../base/assert.ts';
import { hostsFile } from '../../cluster/boot/node-files.ts';
import type { ClusterContext } from '../../cluster/component.ts';
import { LAPTOP } from '../../cluster/docker/create.ts';
import { DOCKER_BRIDGE } from '../../cluster/docker/row.ts';
import type { ClusterMessage, HttpRequest, NetDialMessage } from '../../cluster/messages.ts';
import { DOCKER, latencyBetween } from '../../cluster/names.ts';
import { createFiles } from '../../cluster/runtime/process/files.ts';
import { createMachine } from '../../cluster/runtime/process/machine.ts';
import type { Machine, MachineHost } from '../../cluster/runtime/process/machine-interface.ts';
import type { Program } from '../../cluster/runtime/process/program.ts';
import { programsOf, rootTreeOf } from '../../cluster/runtime/shell/bases.ts';
import { dockerProgram } from './docker/docker-program.ts';
import { createHostAsks, type HostAsks } from './host-asks.ts';
import { type ComputerQuestion, kubectlProgram } from './kubectl-program.ts';
import { sshProgram } from './ssh-program.ts';

/** Where terminal lines run, with the scenario's files. */
export const HOME = '/root';

/** What is told of a session: its output, and its end. */
export interface SessionHandler {
  output(fd: 1 | 2, text: string): void;
  ended(exitCode: number): void;
}

/** The computer. */
export interface Computer {
  readonly asks: HostAsks;
  readonly machine: Machine;
  /** Acts with this context: everything the machine does in between is done by its component. */
  during<T>(context: ClusterContext, act: () => T): T;
  /** Takes a message that is the computer's business; false where it is not. */
  handle(body: ClusterMessage): boolean;
  /** A process and all that it has started, in the order in which they were started. */
  family(pid: number): readonly number[];
  /** Types into a session; `isShown`: the terminal echoes it, as it does what a person types. */
  type(session: number, text: string, isShown: boolean): void;
  /** Starts a program; answers its session, or an errno name. */
  start(argv: readonly string[], handler: SessionHandler): { readonly session: number; readonly pid: number } | { readonly error: string };
}

const LOOPBACK = /^(127\.|::1$|0\.0\.0\.0$)/;

/** Process 1: takes in what terminals have left behind, and never ends. */
const init: Program = function* takeInOrphans(sys) {
  sys.onSignal('CHLD', 'catch');
  for (;;) {
    const { error } = yield { ask: 'wait' };
    if (error !== undefined) yield { ask: 'pause' };
  }
};

/** A machine that the computer knows by name, and can log in to. */
export interface KnownNode {
  readonly name: string;
  readonly hostIp: string;
}

/** A computer with these files in its home. `startAtMs`: the date of instant 0. `hasDocker`: Docker Engine is installed on it. */
export function createComputer(
  files: Readonly<Record<string, string>>,
  startAtMs: number,
  nodes: readonly KnownNode[] = [],
  hasDocker = false,
): Computer {
  let acting: ClusterContext | undefined;
  let lastConnection = 0;
  /** While text is typed that nobody is to see: the machine echoes it at once. */
  let isMuted = false;
  const context = (): ClusterContext => must(acting, 'the computer acts only while a message is handled');
  const asks = createHostAsks();
  const handlers = new Map<number, SessionHandler>();
  const ports = new Set<number>();
  /** The dials whose connections have been taken and not answered yet. */
  const unanswered = new Map<number, number>();
  let machine: Machine | undefined;
  const running = (): Machine => must(machine, 'the computer has been started');

  const dialLoopback = (id: number, port: number, http: HttpRequest | undefined): void => {
    lastConnection += 1;
    const connection = lastConnection;
    const isHeard = running().connect(port, connection, '127.0.0.1', http, (response) => {
      unanswered.delete(connection);
      running().dialled(id, { outcome: 'connected', response });
    });
    if (!isHeard) running().dialled(id, { outcome: 'refused' });
    else if (!http) running().dialled(id, { outcome: 'connected' });
    else unanswered.set(connection, id);
  };
  const isDockers = (ip: string, port: number): boolean =>
    LOOPBACK.test(ip) ? !ports.has(port) : ip.startsWith(`${DOCKER_BRIDGE.range}.`);
  /** A port that docker has published, or a container over its bridge. */
  const dialDocker = (id: number, ip: string, port: number, http: HttpRequest | undefined): void => {
    const message: NetDialMessage = { type: 'net-dial', id, sourceIp: DOCKER_BRIDGE.ip, ip, port, ...(http && { http }) };
    const label = http ? `${http.method} ${http.path}` : `connect :${port}`;
    context().send(DOCKER, message, { latencyMs: latencyBetween(context().self, DOCKER), kind: 'packet', level: 'api', label });
  };
  const answerQuestion = (id: number, pid: number, question: ComputerQuestion): void => {
    if (question.ask !== 'connected') {
      asks.ask(context(), pid, question, (answer) => running().answered(id, answer));
      return;
    }
    asks.connected(context(), question.pid, question.connection);
    running().answered(id, {});
  };
  const host: MachineHost = {
    at: () => acting?.at ?? 0,
    epochMs: startAtMs,
    random: (purpose) => context().random(purpose, context().self),
    wakeAt: (at) => void context().wake(Math.max(0, at - context().at), { type: 'wake', wake: 'computer' }),
    output(session, fd, text) {
      if (!isMuted) handlers.get(session)?.output(fd, text);
    },
    ended(session, exitCode) {
      const handler = handlers.get(session);
      handlers.delete(session);
      handler?.ended(exitCode);
    },
    listen(port) {
      if (ports.has(port)) return false;
      ports.add(port);
      return true;
    },
    unlisten: (port) => void ports.delete(port),
    dial(id, ip, port, http) {
      // Pods and Services have addresses that mean nothing here: packets go out, and no answer ever comes.
      if (hasDocker && isDockers(ip, port)) dialDocker(id, ip, port, http);
      else if (LOOPBACK.test(ip)) dialLoopback(id, port, http);
    },
    resolve: (id, name) => running().resolved(id, name === 'localhost' ? '127.0.0.1' : undefined),
    ask: (id, pid, question) => answerQuestion(id, pid, question as ComputerQuestion),
    changed: () => asks.keep(context(), new Set(alive(running()))),
    reset(connection) {
      const dial = unanswered.get(connection);
      unanswered.delete(connection);
      // Who had taken it closes it as it ends: it was open, and nothing came.
      if (dial !== undefined) running().dialled(dial, { outcome: 'connected' });
    },
    busy() {},
  };

  const start = (): Machine => {
    const made = boot(host, files, nodes, hasDocker);
    machine = made;
    made.start({ argv: ['/sbin/init'], env: new Map(), cwd: '/', stdin: 'null', tty: false });
    return made;
  };
  const started = (): Machine => machine ?? start();

  return {
    asks,
    get machine() {
      return started();
    },
    during(by, act) {
      const before = acting;
      acting = by;
      const result = act();
      if (machine) {
        machine.step();
        asks.keep(by, new Set(alive(machine)));
      }
      acting = before;
      return result;
    },
    handle(body) {
      if (body.type === 'wake' && body.wake === 'computer') return true;
      if (body.type === 'net-answer') {
        running().dialled(body.id, body);
        return true;
      }
      return asks.handle(context(), body);
    },
    family(first) {
      const pids = [first];
      for (const { pid, ppid } of started().processes()) if (pids.includes(ppid) && !pids.includes(pid)) pids.push(pid);
      return pids;
    },
    type(session, text, isShown) {
      isMuted = !isShown;
      started().input(session, text);
      isMuted = false;
    },
    start(argv, handler) {
      const env = new Map([
        ['HOME', HOME],
        ['PWD', HOME],
        ['USER', 'root'],
        ['SHELL', '/bin/bash'],
        ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        ['TERM', 'xterm'],
        ['HISTCONTROL', 'ignoreboth'],
      ]);
      const session = started().start({ argv, env, cwd: HOME, stdin: 'open', tty: true, stderrApart: true });
      if (!('error' in session)) handlers.set(session.session, handler);
      return session;
    },
  };
}

const alive = (machine: Machine): number[] => machine.processes().flatMap(({ pid, state }) => (state === 'zombie' ? [] : [pid]));

const TOOLS = programsOf('debian', { with: ['curl', 'watch', 'less', 'ps', 'ping', 'nslookup'] });

/** The programs of the computer, by name. */
export const COMPUTER_PROGRAMS: readonly string[] = [
  'kubectl',
  'ssh',
  ...Object.keys(TOOLS).map((path) => path.slice(path.lastIndexOf('/') + 1)),
];

function boot(host: MachineHost, given: Readonly<Record<string, string>>, nodes: readonly KnownNode[], hasDocker: boolean): Machine {
  const programs: Readonly<Record<string, Program>> = {
    ...TOOLS,
    '/sbin/init': init,
    '/usr/local/bin/kubectl': kubectlProgram,
    '/usr/bin/ssh': sshProgram(nodes),
    ...(hasDocker && { '/usr/bin/docker': dockerProgram }),
  };
  const own = Object.entries(given).map(([path, text]) => [path.startsWith('/') ? path : `${HOME}/${path}`, text] as const);
  const root = rootTreeOf('debian', host.at(), Object.keys(programs), {
    '/etc/hosts': hostsFile(nodes),
    '/etc/passwd': `root:x:0:0:root:/root:/bin/bash\n`,
    [`${HOME}/.profile`]: '',
    ...Object.fromEntries(own),
  });
  return createMachine(host, {
    hostname: hasDocker ? LAPTOP : 'learner',
    addresses: ['192.168.0.10'],
    files: createFiles({ at: host.at, uid: 0, root }),
    user: { uid: 0, name: 'root' },
    program: (path) => programs[path],
  });
}
