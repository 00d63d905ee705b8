// The node itself, as somebody who logs in to it finds it: a machine with the node's disk and network, and what the runtime runs in view.
import { assert } from '../../../base/assert.ts';
import type { HttpRequest, LoginMessage } from '../../messages.ts';
import { latencyBetween, NETWORK } from '../../names.ts';
import { connectTo, networkAt } from '../dials.ts';
import { programsOf } from '../images/bases.ts';
import type { Container, Dialled, RuntimeNode, SessionHandler } from '../node.ts';
import { NODE_PROCESSES } from '../pid-space.ts';
import { createFiles } from '../process/files.ts';
import { createMachine } from '../process/machine.ts';
import type { Machine, MachineHost, PidNamespace } from '../process/machine-interface.ts';
import type { ProcessInfo } from '../process/program.ts';
import type { Streams } from '../streams.ts';
import { endSandbox } from '../sandboxes.ts';
import { typeInto } from '../typing.ts';
import { crictl } from './crictl.ts';
import { CRICTL, OPERATING_SYSTEM, SYSTEMCTL } from './disk.ts';
import { systemctl } from './systemctl.ts';

/** The node's own machine. */
export interface Host {
  /** Opens a shell (or runs a command) for somebody who has come over the network. */
  login(message: LoginMessage, from: string): void;
  /** Everything that runs on it has gone. */
  powerOff(): void;
}

const FIRST_PID = 4000;
const LOOPBACK = /^(127\.|::1$|0\.0\.0\.0$)/;
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A node nobody has logged in to yet. */
export function createHost(node: RuntimeNode, streams: Streams): Host {
  let machine: Machine | undefined;
  const sessions = new Map<number, SessionHandler>();
  const running = (): Machine => {
    machine ??= boot(node, sessions, () => machine);
    return machine;
  };
  return {
    login({ id, command, tty }, from) {
      const host = running();
      const env = new Map([
        ['HOME', '/root'],
        ['PWD', '/root'],
        ['USER', 'root'],
        ['SHELL', '/bin/bash'],
        ['PATH', PATH],
        ...(tty ? ([['TERM', 'xterm']] as const) : []),
      ]);
      const argv = command === '' ? ['bash'] : ['bash', '-c', command];
      const started = host.start({ argv, env, cwd: '/root', stdin: 'open', tty });
      assert('session' in started, 'every node has bash');
      const { session } = started;
      const stream = streams.open(from, (data) => {
        if (data.text) typeInto(host, session, tty, data.text);
        if (data.end || data.text === '') host.closeInput(session);
        if (data.end) host.signal(started.pid, 'HUP');
        host.step();
      });
      sessions.set(session, {
        output: (fd, text) => stream.send({ fd, text }),
        ended: (exitCode) => stream.end({ exitCode }),
      });
      const sending = { latencyMs: latencyBetween(node.self, from), kind: 'response', level: 'api', label: 'ssh' } as const;
      const response = { code: 101, body: '', warnings: [], stream: stream.id };
      node.context().send(from, { type: 'response', id, response }, sending);
      host.step();
    },
    powerOff() {
      machine = undefined;
      sessions.clear();
    },
  };
}

function boot(node: RuntimeNode, sessions: Map<number, SessionHandler>, self: () => Machine | undefined): Machine {
  const programs = programsOf(OPERATING_SYSTEM);
  const own = new Map([
    [CRICTL, crictl(node)],
    [SYSTEMCTL, systemctl(node)],
  ]);
  return createMachine(hostOf(node, sessions, self), {
    hostname: node.options.node,
    addresses: [node.options.hostIp],
    files: createFiles({ at: () => node.context().at, uid: 0, root: node.disk }),
    user: { uid: 0, name: 'root' },
    program: (path) => own.get(path) ?? programs.get(path),
    pids: processesOf(node),
  });
}

function hostOf(node: RuntimeNode, sessions: Map<number, SessionHandler>, self: () => Machine | undefined): MachineHost {
  const wakes = new Set<number>();
  const step = (): void => self()?.step();
  return {
    at: () => node.context().at,
    epochMs: node.options.startAtMs,
    random: (purpose) => node.context().random(purpose, node.options.node),
    wakeAt(at) {
      if (wakes.has(at)) return;
      wakes.add(at);
      node.later(at - node.context().at, () => {
        wakes.delete(at);
        step();
      });
    },
    output: (session, fd, text) => sessions.get(session)?.output(fd, text),
    ended(session, exitCode) {
      const handler = sessions.get(session);
      sessions.delete(session);
      handler?.ended(exitCode);
    },
    // Servers on the node itself are not simulated: its ports are those of Pods on its network.
    listen: (port) => !node.hostNetwork.ports.has(port),
    unlisten() {},
    dial: (id, ip, port, http) =>
      dial(node, ip, port, http, (answer) => {
        self()?.dialled(id, answer);
        step();
      }),
    // A node asks the name servers of its own network, which know nothing of the cluster's Services.
    resolve: (id) => self()?.resolved(id, undefined),
    ask: (id) => self()?.answered(id, undefined),
    changed() {},
    busy() {},
  };
}

/** A connection from the node: over its own loopback device, or through the network as every other. */
function dial(node: RuntimeNode, ip: string, port: number, http: HttpRequest | undefined, finish: (answer: Dialled) => void) {
  const { hostIp } = node.options;
  if (LOOPBACK.test(ip) || ip === hostIp) {
    const found = networkAt(node, ip, port);
    node.later(1, () => (found ? connectTo(node, found.network, found.port, hostIp, http, finish) : finish({ outcome: 'refused' })));
    return;
  }
  const asked = node.outgoing;
  asked.lastId += 1;
  asked.dials.set(asked.lastId, finish);
  // The bridge of the node's own Pods is the node's address on their network.
  const sourceIp = ip.startsWith(`${node.options.podCidr}.`) ? `${node.options.podCidr}.1` : hostIp;
  const label = http ? `${http.method} ${http.path}` : `connect :${port}`;
  const sending = { latencyMs: latencyBetween(node.self, NETWORK), kind: 'packet', level: 'api', label } as const;
  node.context().send(NETWORK, { type: 'net-dial', id: asked.lastId, sourceIp, ip, port, ...(http && { http }) }, sending);
}

/** Whoever looks at a node's processes sees those of its containers too, under numbers of the node's own. */
function processesOf(node: RuntimeNode): PidNamespace {
  const numbers = new Map<string, number>();
  let last = FIRST_PID;
  const take = (): number => {
    last += 1;
    return last;
  };
  const numberOf = (key: string): number => {
    const number = numbers.get(key) ?? take();
    numbers.set(key, number);
    return number;
  };
  const insideOf = (container: Container): readonly ProcessInfo[] => {
    const { machine, pids } = container;
    if (container.state !== 'running' || !machine) return [];
    return pids ? pids.own(machine) : machine.processes();
  };
  const pause = (id: string, startedAt: number): ProcessInfo => fixed(numberOf(`${id}/pause`), '/pause', startedAt);
  return {
    take,
    others: () => [
      ...NODE_PROCESSES.filter(({ command }) => node.kubeletStoppedAt === undefined || !command.includes('kubelet')).map(
        ({ pid, command }) => fixed(pid, command, 0),
      ),
      ...[...node.sandboxes.values()].flatMap(({ id, state, createdAt }) => (state === 'ready' ? [pause(id, createdAt)] : [])),
      ...[...node.containers.values()].flatMap((container) =>
        insideOf(container).map((inside) => ({
          ...inside,
          pid: numberOf(`${container.id}/${inside.pid}`),
          ppid: inside.pid === 1 ? 1 : numberOf(`${container.id}/${inside.ppid}`),
        })),
      ),
    ],
    kill(pid, signal) {
      for (const container of node.containers.values()) {
        const inside = insideOf(container).find((each) => numbers.get(`${container.id}/${each.pid}`) === pid);
        if (!inside) continue;
        container.machine?.signal(inside.pid, signal);
        container.machine?.step();
        return {};
      }
      for (const sandbox of node.sandboxes.values()) {
        if (sandbox.state !== 'ready' || numbers.get(`${sandbox.id}/pause`) !== pid) continue;
        if (signal === 'KILL' || signal === 'TERM' || signal === 'INT') endSandbox(node, sandbox);
        return {};
      }
      return { error: NODE_PROCESSES.some((each) => each.pid === pid) ? 'EPERM' : 'ESRCH' };
    },
  };
}

const fixed = (pid: number, command: string, startedAt: number): ProcessInfo => ({
  pid,
  ppid: pid === 1 ? 0 : 1,
  user: 'root',
  command,
  argv: command.split(' '),
  state: 'sleeping',
  startedAt,
});
