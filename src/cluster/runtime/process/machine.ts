// A machine: processes as generators over files, pipes and signals, stepped by its host in simulated time.
import type { Instant } from '../../../engine/records.ts';
import type { AskContext } from './asks.ts';
import { answerAsk, owesTime, sleepFor } from './asks.ts';
import type { Input } from './descriptor.ts';
import { createDevice, createFlow, createInput, createOutput } from './descriptor.ts';
import type { Machine, MachineHost, MachineSpec, SessionSpec, Started } from './machine-interface.ts';
import type { Process } from './process.ts';
import { infoOf } from './process.ts';
import type { Answer, Ask, ProcessInfo, Program, Signal } from './program.ts';
import { findProgram } from './program-search.ts';
import { createQueue } from './scheduler.ts';
import { deliver } from './signals.ts';
import { createSys } from './sys.ts';
import type { Kernel } from './kernel.ts';
import { closeAll, inherit, setDescriptor } from './kernel.ts';

/** How many processes a session of a machine may have at once. */
const processLimit = 400;
/** So many answers, and the host gets its turn. */
const asksPerStep = 20_000;
/** So many answers, and the next process gets its turn. */
const asksPerTurn = 500;

/** A machine with no process yet. */
export function createMachine(host: MachineHost, spec: MachineSpec): Machine {
  const bootedAt = host.at();
  const queue = createQueue();
  const table = new Map<number, Process>();
  const sessions = new Map<number, { readonly input: Input<Process> | undefined; readonly tty: boolean; readonly first: Process }>();
  const requests = new Map<number, Process>();
  const counters = { pid: 0, session: 0, request: 0, exits: 0 };
  let requestedWake: Instant | undefined;
  let dirty = false;

  const changed = (): void => {
    dirty = true;
  };
  const tell = (): void => {
    if (!dirty) return;
    dirty = false;
    host.changed();
  };

  const others = (): readonly ProcessInfo[] => spec.pids?.others() ?? [];
  const processes = (): readonly ProcessInfo[] =>
    [...[...table.values()].map((process) => infoOf(process, spec.user.name)), ...others()].sort((a, b) => a.pid - b.pid);
  const memory = (): number => {
    let bytes = 0;
    for (const process of table.values()) bytes += process.memoryBytes;
    return bytes;
  };

  const create = (from: Process | undefined, program: Program, argv: readonly string[], session: number): Process => {
    counters.pid += 1;
    const process: Process = {
      pid: spec.pids?.take() ?? counters.pid,
      ppid: from?.pid ?? 0,
      session,
      argv,
      env: new Map(from?.env),
      cwd: from?.cwd ?? '/',
      umask: from?.umask ?? 0o022,
      sys: undefined,
      program,
      running: undefined,
      fds: new Map(),
      ask: undefined,
      held: undefined,
      answer: undefined,
      request: undefined,
      until: undefined,
      waitsOn: new Set(),
      state: 'waiting',
      stopped: false,
      stuck: false,
      doomed: undefined,
      dispositions: new Map(from?.dispositions),
      pending: [],
      children: new Map(),
      childWaiters: { waiting: new Set() },
      exit: undefined,
      debtUs: 0,
      stepsSinceWait: 0,
      memoryBytes: 256 * 1024,
      burnsCores: 0,
      ports: new Set(),
      backlog: new Map(),
      connections: new Set(),
      startedAt: host.at(),
      timer: 0,
    };
    process.sys = createSys(kernel, process);
    table.set(process.pid, process);
    from?.children.set(process.pid, process);
    if (from) inherit(from, process);
    changed();
    return process;
  };

  const context: AskContext = {
    host,
    queue,
    stepUs: () => 10 / Math.min(1, spec.cpuLimit ?? 1),
    request(process) {
      counters.request += 1;
      requests.set(counters.request, process);
      return counters.request;
    },
    reap(parent, child) {
      parent.children.delete(child.pid);
      table.delete(child.pid);
    },
    raise: (process, signal) => deliver(kernel, process, signal, false),
    hostsFile(name) {
      if (name === 'localhost') return '127.0.0.1';
      const hosts = spec.files.read('/etc/hosts');
      if ('error' in hosts) return name === spec.hostname ? spec.addresses[0] : undefined;
      for (const line of hosts.text.split('\n')) {
        const [ip = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
        if (names.includes(name) && /^[\d.]+$/.test(ip)) return ip;
      }
      return undefined;
    },
  };

  /** A terminal whose processes have used up all that it may have leaves the others alone. */
  const countIn = (session: number): number => {
    let count = 0;
    for (const process of table.values()) if (process.session === session) count += 1;
    return count;
  };

  const kernel: Kernel = {
    host,
    spec,
    queue,
    table,
    changed,
    processes,
    bootedAt,
    canStart: ({ session }) => countIn(session) + others().length < processLimit,
    start(from, program, argv) {
      const process = create(from, program, argv, from.session);
      return process;
    },
    finish,
    find: (argv, env, cwd) => findProgram(spec, argv, env, cwd),
    hold(process, bytes) {
      process.memoryBytes = bytes;
      changed();
      if (spec.memoryLimitBytes === undefined || memory() <= spec.memoryLimitBytes) return;
      host.outOfMemory?.();
      for (const each of [...table.values()].reverse()) deliver(kernel, each, 'KILL', true);
    },
    isMain: (process) => sessions.get(1)?.first === process,
  };

  function finish(process: Process, exitCode: number, signal: Signal | undefined): void {
    if (process.exit) return;
    counters.exits += 1;
    process.exit = { exitCode, signal, order: counters.exits };
    if (kernel.isMain(process)) for (const each of [...table.values()].reverse()) if (each !== process) finish(each, 137, 'KILL');
    queue.forget(process);
    process.state = 'zombie';
    process.running = undefined;
    process.memoryBytes = 0;
    if (process.request !== undefined) requests.delete(process.request);
    closeAll(process);
    for (const port of process.ports) host.unlisten(port);
    for (const id of process.connections) host.reset?.(id);
    orphan(process);
    const session = sessions.get(process.session);
    const parent = table.get(process.ppid);
    if (parent && !parent.exit) {
      queue.wake(parent.childWaiters);
      deliver(kernel, parent, 'CHLD', false);
    } else table.delete(process.pid);
    if (session?.first === process) {
      if (session.tty) for (const each of table.values()) if (each.session === process.session) deliver(kernel, each, 'HUP', false);
      host.ended(process.session, exitCode, signal);
    }
    changed();
  }

  /** Children of a process that ends get process 1 (or the machine's first) as their parent, which reaps them if it waits. */
  function orphan(process: Process): void {
    const first = sessions.get(1)?.first;
    for (const child of process.children.values()) {
      if (!first || first.exit || first === process) {
        child.ppid = 0;
        if (child.exit) table.delete(child.pid);
        continue;
      }
      child.ppid = first.pid;
      first.children.set(child.pid, child);
      if (child.exit) queue.wake(first.childWaiters);
    }
    process.children.clear();
  }

  /** Gives a process its answers until it must wait, has had its turn or has ended. */
  const run = (process: Process): number => {
    for (let turn = 1; ; turn += 1) {
      if (process.exit) return turn;
      if (process.stopped || process.stuck) {
        process.state = 'waiting';
        return turn;
      }
      const answer = nextAnswer(process);
      if (answer === undefined) return turn;
      if (turn > asksPerTurn) {
        process.held = answer;
        process.state = 'waiting';
        queue.ready(process);
        return turn;
      }
      resume(process, answer);
    }
  };

  const nextAnswer = (process: Process): Answer | undefined => {
    let answer = process.held;
    if (answer === undefined) {
      answer = process.ask ? answerAsk(context, process, process.ask) : {};
      if (answer === undefined) return undefined;
    } else if (process.until !== undefined && host.at() < process.until) {
      process.state = 'computing';
      queue.at(process, process.until);
      return undefined;
    } else process.until = undefined;
    process.held = undefined;
    if (!owesTime(process)) return answer;
    process.held = answer;
    return sleepFor(context, process, 0, 'computing');
  };

  const resume = (process: Process, answer: Answer): void => {
    const { sys } = process;
    if (!sys) return;
    process.running ??= process.program(sys);
    process.ask = undefined;
    const step = advance(process.running, answer);
    const { doomed } = process;
    process.doomed = undefined;
    if (doomed !== undefined) deliver(kernel, process, doomed, true);
    if (step === undefined) finish(process, 139, 'SEGV');
    else if (step.done) finish(process, step.value & 255, undefined);
    else process.ask = step.value;
  };

  const requestWake = (): void => {
    const next = queue.idle ? queue.earliest() : host.at();
    if (next === undefined || (requestedWake !== undefined && requestedWake <= next && requestedWake > host.at())) return;
    requestedWake = next;
    host.wakeAt(next);
  };

  const step = (): void => {
    if (requestedWake !== undefined && requestedWake <= host.at()) requestedWake = undefined;
    queue.due(host.at());
    let asks = 0;
    while (asks < asksPerStep) {
      const process = queue.next();
      if (!process) break;
      if (process.state === 'ready') asks += run(process);
    }
    requestWake();
    tell();
  };

  const standardStreams = (process: Process, id: number, session: SessionSpec): Input<Process> | undefined => {
    const toHost = (fd: 1 | 2) => (text: string) => host.output(id, session.tty && !session.stderrApart ? 1 : fd, text);
    const input = session.stdin === 'open' || session.tty ? createInput<Process>(queue.wake, session.tty, toHost(1)) : undefined;
    const terminal = session.tty ? input : undefined;
    setDescriptor(process, 0, input ?? createDevice('null', () => ''));
    // Of process 1 a log is kept, which has bounds of its own.
    const flow = id === 1 ? undefined : createFlow(host.at);
    setDescriptor(process, 1, createOutput(toHost(1), terminal, flow));
    setDescriptor(process, 2, createOutput(toHost(2), terminal, flow));
    return input;
  };

  const answerRequest = (id: number, answer: Answer): void => {
    const process = requests.get(id);
    requests.delete(id);
    if (!process || process.exit || process.request !== id) return;
    process.answer = answer;
    queue.ready(process);
    requestWake();
  };

  return {
    files: spec.files,
    start(session: SessionSpec): Started {
      const found = findProgram(spec, session.argv, session.env, session.cwd);
      if ('error' in found) return found;
      counters.session += 1;
      const id = counters.session;
      const process = create(undefined, found.program, found.argv, id);
      process.env = new Map(session.env);
      process.cwd = session.cwd;
      const input = standardStreams(process, id, session);
      sessions.set(id, { input, tty: session.tty, first: process });
      queue.ready(process);
      requestWake();
      tell();
      return { session: id, pid: process.pid };
    },
    step,
    input(session, text) {
      const to = sessions.get(session);
      if (to?.tty) host.output(session, 1, text);
      to?.input?.push(text);
      requestWake();
    },
    takeInput: (session) => sessions.get(session)?.input?.flush() ?? '',
    isRead: (session) => [...(sessions.get(session)?.input?.waiting ?? [])].some(({ ask, exit }) => ask?.ask === 'read' && !exit),
    closeInput(session) {
      sessions.get(session)?.input?.end();
      requestWake();
    },
    interrupt(session, signal) {
      const to = sessions.get(session);
      to?.input?.flush();
      if (to?.tty) host.output(session, 1, signal === 'INT' ? '^C' : signal === 'QUIT' ? '^\\' : '^Z');
      for (const process of [...table.values()]) if (process.session === session) deliver(kernel, process, signal, false);
      requestWake();
      tell();
    },
    signal(pid, signal) {
      const process = table.get(pid);
      if (process) deliver(kernel, process, signal, true);
      requestWake();
      tell();
    },
    hang(session, isStuck) {
      for (const process of table.values()) {
        if (process.session !== session || process.stuck === isStuck) continue;
        process.stuck = isStuck;
        // What it was waiting for may have come meanwhile.
        if (!isStuck) queue.ready(process);
      }
      requestWake();
    },
    killAll() {
      for (const process of [...table.values()].reverse()) finish(process, 137, 'KILL');
      tell();
    },
    connect(port, connectionId, from, http, respond) {
      for (const process of table.values()) {
        const backlog = process.backlog.get(port);
        if (!backlog || process.exit) continue;
        process.connections.add(connectionId);
        const connection = {
          from,
          respond(response: Parameters<typeof respond>[0]): void {
            if (process.connections.delete(connectionId)) respond(response);
          },
        };
        backlog.push(http ? { ...connection, http } : connection);
        if (process.ask?.ask === 'accept' && process.state === 'waiting') queue.ready(process);
        requestWake();
        return true;
      }
      return false;
    },
    dialled(id, { outcome, response }) {
      answerRequest(id, { dialled: response ? { outcome, response } : { outcome } });
    },
    resolved(id, ip) {
      answerRequest(id, ip === undefined ? {} : { text: ip });
    },
    answered(id, value) {
      answerRequest(id, { value });
    },
    processes,
    memoryBytes: memory,
  };
}

/** Steps a generator. Undefined: it ran out of stack, which ends a real process with SIGSEGV. */
function advance(running: Generator<Ask, number, Answer>, answer: Answer): IteratorResult<Ask, number> | undefined {
  try {
    return running.next(answer);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
