// systemctl on a node: the kubelet as a service that is stopped and started. Models systemd's systemctl.
import { FAULTS } from '../../names.ts';
import type { RuntimeNode } from '../node.ts';
import type { Program, Sys } from '../process/program.ts';
import { print, readOptions, type Running } from '../shell/applets/applet.ts';

/** A unit that is there. */
interface Unit {
  readonly name: string;
  readonly about: string;
  readonly docs: string;
  readonly pid: number;
  readonly program: string;
}

const KUBELET: Unit = {
  name: 'kubelet.service',
  about: 'kubelet: The Kubernetes Node Agent',
  docs: 'https://kubernetes.io/docs/',
  pid: 871,
  program: 'kubelet',
};
const CONTAINERD: Unit = {
  name: 'containerd.service',
  about: 'containerd container runtime',
  docs: 'https://containerd.io',
  pid: 612,
  program: 'containerd',
};
/** systemd's own codes. */
const DEAD = 3;
const NO_SUCH_UNIT = 4;
const NOT_LOADED = 5;
const CHANGING = ['stop', 'start', 'restart', 'try-restart'];

/** The program, of a node. */
export const systemctl = (node: RuntimeNode): Program =>
  function* runSystemctl(sys) {
    const { operands } = readOptions(sys, 'qn:', { 'no-pager': 'q', now: 'q', quiet: 'q' });
    const [verb = '', ...units] = operands;
    if (verb === 'daemon-reload') return 0;
    const [given] = units;
    if (given === undefined) return yield* fail(verb === '' ? 'Podscope simulates systemctl for units only.' : 'Too few arguments.', 1);
    const name = given.includes('.') ? given : `${given}.service`;
    const unit = [KUBELET, CONTAINERD].find((each) => each.name === name);
    if (CHANGING.includes(verb)) return yield* change(node, verb, name, unit);
    if (verb === 'status') return unit ? yield* status(node, sys, unit) : yield* fail(`Unit ${name} could not be found.`, NO_SUCH_UNIT);
    if (verb === 'is-active') {
      const isActive = unit !== undefined && !isStopped(node, unit);
      yield* print(`${isActive ? 'active' : 'inactive'}\n`);
      return isActive ? 0 : unit ? DEAD : NO_SUCH_UNIT;
    }
    return yield* fail(`Podscope does not simulate "systemctl ${verb}"`, 1);
  };

function* fail(text: string, exit: number): Running {
  yield { ask: 'write', fd: 2, text: `${text}\n` };
  return exit;
}

const isStopped = (node: RuntimeNode, unit: Unit): boolean => unit === KUBELET && node.kubeletStoppedAt !== undefined;

function* change(node: RuntimeNode, verb: string, name: string, unit: Unit | undefined): Running {
  if (!unit) return yield* fail(`Failed to ${verb} ${name}: Unit ${name} not loaded.`, NOT_LOADED);
  if (unit !== KUBELET) return yield* fail(`Podscope does not simulate "systemctl ${verb} ${unit.program}"`, 1);
  const strike = (kind: string): void => void node.context().signal(FAULTS, { type: 'fault', kind, node: node.options.node });
  if (verb !== 'start' && !isStopped(node, unit)) strike('kubelet-down');
  const isToRun = verb === 'start' || verb === 'restart' || !isStopped(node, unit);
  if (verb !== 'stop' && isToRun) strike('kubelet-up');
  return 0;
}

function* status(node: RuntimeNode, sys: Sys, unit: Unit): Running {
  const isDead = isStopped(node, unit);
  const since = isDead ? (node.kubeletStoppedAt ?? 0) : node.kubeletStartedAt;
  const date = new Date(sys.epochMs + since);
  const when = `${DAYS[date.getUTCDay()]} ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC; ${agoOf(sys.at() - since)} ago`;
  const lines = [
    `${isDead ? '○' : '●'} ${unit.name} - ${unit.about}`,
    `     Loaded: loaded (/usr/lib/systemd/system/${unit.name}; enabled; preset: enabled)`,
    `     Active: ${isDead ? 'inactive (dead)' : 'active (running)'} since ${when}`,
    `       Docs: ${unit.docs}`,
    ...(isDead ? [] : [`   Main PID: ${unit.pid} (${unit.program})`]),
  ];
  yield* print(`${lines.join('\n')}\n`);
  return isDead ? DEAD : 0;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Models format_timestamp_relative of systemd, as far as a run lasts. */
function agoOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60)];
  if (hours > 0) return `${hours}h${minutes % 60 > 0 ? ` ${minutes % 60}min` : ''}`;
  if (minutes > 0) return `${minutes}min${seconds % 60 > 0 ? ` ${seconds % 60}s` : ''}`;
  return seconds > 0 ? `${seconds}s` : `${ms}ms`;
}
