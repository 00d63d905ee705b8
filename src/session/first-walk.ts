// The first walk: the first Pod is made at story pace, the story rests when it is Ready, and one question is asked. Whoever does anything
// else on the way has left the walk; it does not come a second time.
import type { Pod } from '../cluster/api/types.ts';
import { containerSelection } from './cursor.ts';
import { ask } from './prediction.ts';
import type { Session } from './session.ts';
import { FIRST_POD, type SessionState } from './state.ts';
import { whatIfKilled } from './what-if-killed.ts';

/** What the walk makes, by its names in FIRST_POD. */
const FIRST = { namespace: 'default', pod: 'web', container: 'nginx' } as const;
const FIRST_KEY = `/registry/pods/${FIRST.namespace}/${FIRST.pod}`;
/** Its container, as it is selected. */
export const FIRST_CONTAINER = containerSelection(FIRST_KEY, FIRST.container);

/** Makes the first Pod, and accompanies it. */
export function startFirstWalk(session: Session): void {
  const { store } = session;
  const { hasWalked, isShared, mode, draft } = store.getState();
  session.setPace('story');
  const isWalk = !hasWalked && !isShared && mode === 'page' && draft === FIRST_POD;
  session.set({ isWalking: isWalk });
  session.apply('apply');
  if (!isWalk) return;
  const leave = (): void => {
    stop();
    session.set({ isWalking: false, asked: undefined });
  };
  let hasAsked = false;
  const stop = store.subscribe((state, before) => {
    if (!state.isWalking) stop();
    else if (hasAsked) {
      if (state.asked === undefined) leave();
    } else if (hasLeft(state)) leave();
    else if (state.step !== before.step && isReady(state)) {
      session.pause();
      session.set({ hasWalked: true });
      ask(session, whatIfKilled(FIRST));
      hasAsked = true;
    }
  });
}

/** Whether the person has gone another way before the question came. */
const hasLeft = ({ pace, draft, recipe, isShared, mode, phase, asking }: SessionState): boolean =>
  pace !== 'story' ||
  draft !== FIRST_POD ||
  recipe.inputs.length > 1 ||
  isShared ||
  mode !== 'page' ||
  phase === 'bug' ||
  asking !== undefined;

function isReady({ trace, step }: SessionState): boolean {
  const pod = trace.row(FIRST_KEY, step) as Pod | undefined;
  return pod?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** What tells that the first Pod has passed each station of its way, in order. */
const STATIONS = [
  'request-stage',
  'object-stored',
  'scheduling-attempt',
  'pod-seen',
  'sandbox-ready',
  'container-started',
  'pod-ready',
] as const;

/** How many stations of its way the first Pod has passed by a step. */
export function stationsPassed({ trace, step }: Pick<SessionState, 'trace' | 'step'>): number {
  const hasPassed = (name: string): boolean => {
    const note = trace.notesNamed(name).find(({ subject }) => subject === FIRST_KEY);
    return note !== undefined && note.step <= step;
  };
  const next = STATIONS.findIndex((name) => !hasPassed(name));
  return next < 0 ? STATIONS.length : next;
}
