// The system calls that do not wait, for one process.
import type { Descriptor, Process } from './process.ts';
import { createDevice, createFileDescription, createPipe } from './descriptor.ts';
import type { Kernel } from './kernel.ts';
import { closeDescriptor, setDescriptor } from './kernel.ts';
import type { KernelView } from './kernel-files.ts';
import { specialAt, withKernelFiles } from './kernel-files.ts';
import { absolutePath } from './paths.ts';
import type { Program, Signal, Spawning, Sys } from './program.ts';
import { deliver } from './signals.ts';

const descriptorLimit = 256;
/** Descriptors that are not asked for by number start here: scripts use the ones below 10 by number. */
const firstDescriptor = 10;
/** Starting a process costs as much as so many interpreted steps. */
const forkSteps = 30;

/** The system calls of a process. */
export function createSys(kernel: Kernel, process: Process): Sys {
  const { host, spec, table } = kernel;
  const view: KernelView = {
    files: spec.files,
    table,
    processes: kernel.processes,
    uptimeMs: () => host.at() - kernel.bootedAt,
    userName: spec.user.name,
    hostname: spec.hostname,
    memoryLimitBytes: spec.memoryLimitBytes,
  };
  const files = withKernelFiles(view, process);

  const free = (): number | undefined => {
    let fd = firstDescriptor;
    while (process.fds.has(fd)) fd += 1;
    return fd < descriptorLimit ? fd : undefined;
  };
  const install = (description: Descriptor): { readonly fd: number } | { readonly error: string } => {
    const fd = free();
    if (fd === undefined) return { error: 'EMFILE' };
    setDescriptor(process, fd, description);
    return { fd };
  };
  const randomText = (): string => host.random(`device/${process.pid}`).text(64, 'abcdefghijklmnopqrstuvwxyz0123456789+/=~');

  const charge = (steps: number): void => {
    process.debtUs += (steps * 10) / Math.min(1, spec.cpuLimit ?? 1);
  };
  const child = (program: Program, argv: readonly string[], fds: Spawning['fds']): Process => {
    charge(forkSteps);
    const made = kernel.start(process, program, argv);
    applyDescriptors(made, process, fds);
    return made;
  };

  const open: Sys['open'] = (path, mode) => {
    const full = absolutePath(path, process.cwd);
    const special = specialAt(view, process, full);
    if (special && 'device' in special) return install(createDevice(special.device, randomText));
    if (special) {
      if (!special.descriptor) return { error: full === '/dev/tty' ? 'ENXIO' : 'ENOENT' };
      const { file, name } = special.descriptor;
      return install(file ? createFileDescription(file, mode, name) : special.descriptor);
    }
    const opened = files.open(full, mode);
    return 'error' in opened ? opened : install(createFileDescription(opened.file, mode, full));
  };

  return {
    pid: process.pid,
    get ppid() {
      return process.ppid;
    },
    get argv() {
      return process.argv;
    },
    get env() {
      return process.env;
    },
    get cwd() {
      return process.cwd;
    },
    get umask() {
      return process.umask;
    },
    set umask(bits) {
      process.umask = bits & 0o777;
    },
    set cwd(path) {
      process.cwd = path;
    },
    files,
    at: () => host.at(),
    epochMs: host.epochMs,
    hostname: spec.hostname,
    user: spec.user,
    addresses: spec.addresses,
    random: (purpose) => host.random(purpose),
    spawn(spawning) {
      const found = kernel.find(spawning.argv, spawning.env ?? process.env, spawning.cwd ?? process.cwd);
      if ('error' in found) return found;
      if (!kernel.canStart(process)) return { error: 'EAGAIN' };
      charge(forkSteps);
      const made = child(found.program, found.argv, spawning.fds);
      become(made, spawning);
      kernel.queue.ready(made);
      return { pid: made.pid };
    },
    fork(body, fds) {
      if (!kernel.canStart(process)) return -1;
      const made = child(body, process.argv, fds);
      kernel.queue.ready(made);
      return made.pid;
    },
    exec(spawning) {
      const found = kernel.find(spawning.argv, spawning.env ?? process.env, spawning.cwd ?? process.cwd);
      if ('error' in found) return found;
      charge(forkSteps);
      applyDescriptors(process, process, spawning.fds);
      process.argv = found.argv;
      become(process, spawning);
      kernel.changed();
      return found.program;
    },
    open,
    pipe() {
      const ends = createPipe<Process>(kernel.queue.wake);
      const read = install(ends.read);
      const write = install(ends.write);
      if ('fd' in read && 'fd' in write) return { read: read.fd, write: write.fd };
      if ('fd' in read) closeDescriptor(process, read.fd);
      return { read: -1, write: -1 };
    },
    dup(from, to) {
      const description = process.fds.get(from);
      if (!description) return { error: 'EBADF' };
      if (to < 0) return install(description);
      if (to >= descriptorLimit) return { error: 'EBADF' };
      setDescriptor(process, to, description);
      return {};
    },
    close: (fd) => closeDescriptor(process, fd),
    isOpen: (fd) => process.fds.has(fd),
    isTty: (fd) => process.fds.get(fd)?.kind === 'terminal',
    kill: (pid, signal) => kill(kernel, process, pid, signal),
    onSignal(signal, disposition) {
      if (disposition === 'default') process.dispositions.delete(signal);
      else process.dispositions.set(signal, disposition);
    },
    takeSignal: () => process.pending.shift(),
    disposition: (signal) => process.dispositions.get(signal) ?? 'default',
    listen(port) {
      if (process.backlog.has(port)) return { error: 'EADDRINUSE' };
      if (!host.listen(port)) return { error: 'EADDRINUSE' };
      process.ports.add(port);
      process.backlog.set(port, []);
      kernel.changed();
      return {};
    },
    unlisten(port) {
      if (!process.ports.delete(port)) return;
      process.backlog.delete(port);
      host.unlisten(port);
      kernel.changed();
    },
    processes: kernel.processes,
    allocate: (bytes) => kernel.hold(process, bytes),
    burn(cores) {
      process.burnsCores = cores;
      kernel.changed();
    },
  };
}

/** Gives a process the descriptors that a spawning names; `from` has them by the numbers used there. */
function applyDescriptors(to: Process, from: Process, fds: Spawning['fds']): void {
  if (!fds) return;
  const wanted = [...fds].map(
    ([fd, source]) => [fd, source === 'null' ? createDevice<Process>('null', () => '') : from.fds.get(source)] as const,
  );
  for (const [, description] of wanted) if (description) description.references += 1;
  for (const [fd, description] of wanted) {
    if (!description) closeDescriptor(to, fd);
    else {
      setDescriptor(to, fd, description);
      description.references -= 1;
    }
  }
}

/** What a new program changes of a process: caught signals are at their default again, ignored ones stay ignored. */
function become(process: Process, spawning: Spawning): void {
  if (spawning.env) process.env = new Map(spawning.env);
  if (spawning.cwd !== undefined) process.cwd = spawning.cwd;
  for (const [signal, disposition] of [...process.dispositions]) if (disposition === 'catch') process.dispositions.delete(signal);
  for (const signal of spawning.ignore ?? []) process.dispositions.set(signal, 'ignore');
  for (const fd of [...process.fds.keys()]) if (fd >= firstDescriptor) closeDescriptor(process, fd);
}

/** kill(2). Signal `0` only asks whether the process is there; a pid of 0 or below means the processes of the session. */
function kill(kernel: Kernel, from: Process, pid: number, signal: Signal): { readonly error?: string } {
  const send = (to: Process): void => {
    if (signal === '0') return;
    const caught = from.dispositions.has(signal) && signal !== 'KILL' && signal !== 'STOP';
    if (to !== from || caught || from.pid === 1) deliver(kernel, to, signal, false);
    else from.doomed = signal;
  };
  if (pid <= 0) {
    const group = [...kernel.table.values()].filter((to) => (pid === -1 ? to.pid !== 1 && to !== from : to.session === from.session));
    if (pid < -1 && !group.some((to) => to.pid === -pid)) return { error: 'ESRCH' };
    for (const to of group) send(to);
    return {};
  }
  const to = kernel.table.get(pid);
  if (!to) return kernel.spec.pids?.kill(pid, signal) ?? { error: 'ESRCH' };
  send(to);
  return {};
}
