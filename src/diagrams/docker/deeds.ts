// What the figure's buttons do: put two containers on both sides, and run the same command in both. All of it as a person would type it.
import type { Pod } from '../../cluster/api/types.ts';
import type { DockerRow } from '../../cluster/docker/row.ts';
import type { Trace } from '../../engine/trace.ts';
import type { Action } from '../../session/protocol.ts';
import type { Session } from '../../session/session.ts';
import { EMPTY_RECIPE, isLive } from '../../session/state.ts';
import { type Manifest, podLike, runsLike, SEED_POD, SEED_RUNS } from './likeness.ts';
import type { Box, Side } from './rooms.ts';
import type { Scene } from './scene.ts';
import type { PodSide } from './sides.ts';
import { isBusy, NO_SUCH_THING, PROGRAMS, type Question } from './questions.ts';

/** The terminal of the laptop with Docker Engine. */
const DOCKER_TERMINAL = 'docker';
/** When the second is run, and when all four containers have been running for a while. */
const SECOND_AT_MS = 6000;
const READY_AT_MS = 12_000;

/** Puts the same containers where they are not yet: both sides of a world of its own, or what is missing beside what is there. */
export function tryTwo(session: Session, { docker, pod }: Pick<Scene, 'docker' | 'pod'>): void {
  const { recipe, trace } = session.store.getState();
  if (recipe.inputs.length === 0) {
    edit(session, SEED_POD);
    const [first = '', second = ''] = SEED_RUNS;
    const inputs = [
      { at: 0, apply: SEED_POD.text, file: SEED_POD.file },
      { at: 0, run: first, terminal: DOCKER_TERMINAL },
      { at: SECOND_AT_MS, run: second, terminal: DOCKER_TERMINAL },
    ];
    session.open({ ...EMPTY_RECIPE, inputs }, { at: READY_AT_MS });
    return;
  }
  const actions: Action[] = [];
  if (!pod) {
    const made = docker ? podLike(rowsOf(trace, docker)) : SEED_POD;
    edit(session, made);
    actions.push({ apply: made.text, file: made.file });
  }
  if (!docker) {
    const lines = pod ? runsLike(trace.row(pod.key, trace.lastStep) as Pod | undefined) : SEED_RUNS;
    actions.push({ run: lines.join('; '), terminal: freeTerminal(session) });
  }
  actNow(session, actions);
}

function edit(session: Session, { text, file }: Manifest): void {
  session.setDraft(text);
  session.set({ file });
}

const rowsOf = (trace: Trace, { boxes }: Side): readonly DockerRow[] =>
  boxes.flatMap(({ key }) => (key === undefined ? [] : ((trace.row(key, trace.lastStep) as DockerRow | undefined) ?? [])));

/** Runs the same command in a container of each side. */
export function askBoth(session: Session, { docker, pod }: Pick<Scene, 'docker' | 'pod'>, question: Question): void {
  const inDocker = docker && clientOf(docker);
  const inPod = pod && clientOf(pod);
  if (!inDocker || !inPod) return;
  const program = PROGRAMS[question];
  actNow(session, [
    { run: `docker exec ${inDocker.name} ${program}`, terminal: freeTerminal(session) },
    { run: `kubectl exec ${ofNamespace(pod)}${pod.name} -c ${inPod.name} -- ${program}` },
  ]);
}

/** Asks the API server for containers, of which it knows nothing. */
export const askForContainers = (session: Session): void => actNow(session, [{ run: NO_SUCH_THING }]);

function ofNamespace({ key }: PodSide): string {
  const [, , , namespace = 'default'] = key.split('/');
  return namespace === 'default' ? '' : `-n ${namespace} `;
}

/** Whoever asks serves nothing itself, where there is such a one. */
export function clientOf({ boxes }: Side): Box | undefined {
  const running = boxes.filter(({ state }) => state === 'running');
  return running.findLast(({ ports }) => ports.length === 0) ?? running.at(-1);
}

/** What is done is done now: the past stays as it was. */
function actNow(session: Session, actions: readonly Action[]): void {
  if (session.store.getState().phase === 'ready' && !isLive(session.store.getState())) session.end();
  for (const action of actions) session.act(action);
}

function freeTerminal({ store }: Session): string {
  const { trace } = store.getState();
  const step = trace.lastStep;
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? DOCKER_TERMINAL : `${DOCKER_TERMINAL}-${i}`;
    if (!isBusy(trace, step, name)) return name;
  }
}
