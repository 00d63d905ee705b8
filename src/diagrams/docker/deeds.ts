// What the figure's buttons do: put two containers on both sides, and run the same command in both. All of it as a person would type it.
import type { Action } from '../../session/protocol.ts';
import type { Session } from '../../session/session.ts';
import { EMPTY_RECIPE, isLive } from '../../session/state.ts';
import type { Box, PodSide, Scene, Side } from './scene.ts';
import { isBusy, NO_SUCH_THING, PROGRAMS, type Question } from './questions.ts';

/** The terminal of the laptop with Docker Engine. */
const DOCKER_TERMINAL = 'docker';
const POD_FILE = 'nginx-pod-with-ubuntu.yml';
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: my-nginx-pod
spec:
  containers:
    - name: my-nginx-container
      image: nginx:latest
      ports:
        - containerPort: 80
          protocol: TCP

    - name: ubuntu-sidecar-container
      image: alicek106/rr-test:curl
      command: ["tail"]
      args: ["-f", "/dev/null"]
`;
const RUN_NGINX = 'docker run -d --name nginx nginx:latest';
const RUN_UBUNTU = 'docker run -d --name ubuntu alicek106/rr-test:curl tail -f /dev/null';
/** When the second is run, and when all four containers have been running for a while. */
const SECOND_AT_MS = 6000;
const READY_AT_MS = 12_000;

/** Puts the same two containers where they are not yet: into a world of its own, or into the one that is open. */
export function tryTwo(session: Session, { docker, pod }: Pick<Scene, 'docker' | 'pod'>): void {
  session.setDraft(POD);
  session.set({ file: POD_FILE });
  if (session.store.getState().recipe.inputs.length === 0) {
    const inputs = [
      { at: 0, apply: POD, file: POD_FILE },
      { at: 0, run: RUN_NGINX, terminal: DOCKER_TERMINAL },
      { at: SECOND_AT_MS, run: RUN_UBUNTU, terminal: DOCKER_TERMINAL },
    ];
    session.open({ ...EMPTY_RECIPE, inputs }, { at: READY_AT_MS });
    return;
  }
  const actions: Action[] = [];
  if (!pod) actions.push({ apply: POD, file: POD_FILE });
  // One after the other, as two lines that are pasted together.
  if (!docker) actions.push({ run: `${RUN_NGINX}\n${RUN_UBUNTU}`, terminal: freeTerminal(session) });
  actNow(session, actions);
}

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
