// How `kubectl get pods` makes STATUS: the rules of the printer in their order, each with the fields it read and the value after it.
// Models pkg/printers/internalversion/printers.go printPod; its last value is podStatus(pod).status (a test holds that).
import type { ContainerStateTerminated, ContainerStatus, Pod } from '../cluster/api/types.ts';

/** A rule of the printer. */
export type Rule =
  | 'phase'
  | 'reason'
  | 'gated'
  | 'init-ended'
  | 'init-waiting'
  | 'init-count'
  | 'init-done'
  | 'initialized'
  | 'container-waiting'
  | 'container-ended'
  | 'container-runs'
  | 'completed-running'
  | 'completed-error'
  | 'completed-not-ready'
  | 'deleted'
  | 'deleted-over'
  | 'deleted-lost';

/** A field of the Pod, and what was read there. */
export interface ReadField {
  readonly path: string;
  readonly value: string;
}

/** A rule that was come to. */
export interface RuleStep {
  readonly rule: Rule;
  readonly fields: readonly ReadField[];
  /** STATUS after it. */
  readonly value: string;
  /** Whether it has set it, be it to what it was. */
  readonly isSet: boolean;
}

/** STATUS with its derivation. */
export interface Explained {
  readonly status: string;
  readonly steps: readonly RuleStep[];
  /** The step that made the value: the last that set it. */
  readonly made: RuleStep;
}

interface Account {
  value: string;
  readonly steps: RuleStep[];
  /** A rule sets STATUS, or (without a value) looks and leaves it. */
  add(rule: Rule, fields: readonly ReadField[], value?: string): void;
}

function openAccount(): Account {
  const steps: RuleStep[] = [];
  return {
    value: '',
    steps,
    add(rule, fields, value) {
      if (value !== undefined) this.value = value;
      steps.push({ rule, fields, value: this.value, isSet: value !== undefined });
    },
  };
}

const field = (path: string, value: unknown): ReadField => ({ path, value: value === undefined ? '—' : String(value) });

/** Derives the STATUS of a Pod. */
export function explainStatus(pod: Pod): Explained {
  const account = openAccount();
  const isInitializing = readInit(pod, account);
  if (!isInitializing || isInitialized(pod)) {
    if (isInitializing) account.add('initialized', [field('status.conditions[Initialized].status', 'True')]);
    readContainers(pod, account);
  }
  readDeletion(pod, account);
  const made = account.steps.findLast((step) => step.isSet) ?? { rule: 'phase', fields: [], value: '', isSet: true };
  return { status: account.value, steps: account.steps, made };
}

const hasCondition = (pod: Pod, type: string): boolean =>
  (pod.status.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
const isInitialized = (pod: Pod): boolean => hasCondition(pod, 'Initialized');

function readBasics({ status }: Pod, account: Account): void {
  account.add('phase', [field('status.phase', status.phase)], status.phase ?? '');
  if (status.reason) account.add('reason', [field('status.reason', status.reason)], status.reason);
  const gated = (status.conditions ?? []).some((one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated');
  if (gated) account.add('gated', [field('status.conditions[PodScheduled].reason', 'SchedulingGated')], 'SchedulingGated');
}

/** The first init container that is not done speaks for all; answers whether there is one. */
function readInit(pod: Pod, account: Account): boolean {
  readBasics(pod, account);
  const specs = pod.spec.initContainers ?? [];
  const sidecars = new Set(specs.filter((one) => one.restartPolicy === 'Always').map(({ name }) => name));
  const statuses = pod.status.initContainerStatuses ?? [];
  for (const [i, status] of statuses.entries()) {
    const path = `status.initContainerStatuses[${status.name}]`;
    const { terminated, waiting } = status.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecars.has(status.name) && status.started) continue;
    if (terminated) account.add('init-ended', endFields(path, terminated), `Init:${endReason(terminated)}`);
    else if (waiting?.reason && waiting.reason !== 'PodInitializing')
      account.add('init-waiting', [field(`${path}.state.waiting.reason`, waiting.reason)], `Init:${waiting.reason}`);
    else account.add('init-count', countFields(path, status, i, specs.length), `Init:${i}/${specs.length}`);
    return true;
  }
  if (statuses.length > 0) account.add('init-done', [field('status.initContainerStatuses', statuses.map(({ name }) => name).join(', '))]);
  return false;
}

const countFields = (path: string, status: ContainerStatus, done: number, all: number): readonly ReadField[] => [
  field(`${path}.state`, stateName(status)),
  field('done', done),
  field('spec.initContainers', all),
];

const stateName = ({ state }: ContainerStatus): string =>
  state?.running ? 'running' : state?.terminated ? 'terminated' : `waiting${state?.waiting?.reason ? ` (${state.waiting.reason})` : ''}`;

const endReason = (terminated: ContainerStateTerminated): string =>
  terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`);

const endFields = (path: string, terminated: ContainerStateTerminated): readonly ReadField[] => [
  field(`${path}.state.terminated.reason`, terminated.reason || undefined),
  field(`${path}.state.terminated.exitCode`, terminated.exitCode),
];

/** From the last container to the first: the first one's word is the one that stays. */
function readContainers(pod: Pod, account: Account): void {
  let errorReason = '';
  let runs: string | undefined;
  for (const status of (pod.status.containerStatuses ?? []).toReversed()) {
    const path = `status.containerStatuses[${status.name}]`;
    const { waiting, terminated, running } = status.state ?? {};
    if (waiting?.reason) account.add('container-waiting', [field(`${path}.state.waiting.reason`, waiting.reason)], waiting.reason);
    else if (terminated) {
      const reason = endReason(terminated);
      account.add('container-ended', endFields(path, terminated), reason);
      if (terminated.exitCode !== 0) errorReason = reason;
    } else {
      if (status.ready && running) runs = path;
      account.add('container-runs', [field(`${path}.state`, stateName(status)), field(`${path}.ready`, status.ready)]);
    }
  }
  if (account.value !== 'Completed') return;
  const isReady = hasCondition(pod, 'Ready');
  const ready = field('status.conditions[Ready].status', isReady ? 'True' : 'False');
  if (runs !== undefined && isReady) account.add('completed-running', [field(`${runs}.state`, 'running'), ready], 'Running');
  else if (errorReason !== '') account.add('completed-error', [field('state.terminated.reason', errorReason)], errorReason);
  else if (runs !== undefined) account.add('completed-not-ready', [field(`${runs}.state`, 'running'), ready], 'NotReady');
}

function readDeletion({ metadata, status }: Pod, account: Account): void {
  if (metadata.deletionTimestamp === undefined) return;
  const since = field('metadata.deletionTimestamp', metadata.deletionTimestamp);
  if (status.reason === 'NodeLost') account.add('deleted-lost', [since, field('status.reason', 'NodeLost')], 'Unknown');
  else if (status.phase === 'Succeeded' || status.phase === 'Failed')
    account.add('deleted-over', [since, field('status.phase', status.phase)]);
  else account.add('deleted', [since, field('status.phase', status.phase)], 'Terminating');
}
