// The real cluster with hands: what a person does, time that moves only when told to, and what can be seen meanwhile.
import type { Event, Node, Pod } from '../cluster/api/types.ts';
import { nodeKey, podKey } from '../cluster/api/resources.ts';
import type { NoteName, Notes } from '../cluster/notes.ts';
import type { RuntimeContainer } from '../cluster/runtime/cri.ts';
import { podStatus } from '../cluster/apiserver/tables/pod-status.ts';
import type { NoteRecord, TraceRecord } from '../engine/records.ts';
import { createTrace, type Trace } from '../engine/trace.ts';
import { openScenario } from '../scenario/open.ts';
import { type Input, type Recipe, readRecipe } from '../scenario/recipe.ts';

/** What a scenario file says, its version left out. */
export type World = Readonly<Record<string, unknown>>;

/** What a terminal line came to. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

/** A note with its data. */
export interface Noted<N extends NoteName> extends NoteRecord {
  readonly data: Notes[N];
}

/** A cluster in the hands of a test. */
export interface Driver {
  readonly trace: Trace;
  /** Milliseconds since the start. */
  readonly at: number;
  hash(): string;
  /** Applies a manifest now, as `kubectl apply -f pod.yaml` would; time does not move. */
  apply(manifest: string | object): void;
  /** Types a line into a terminal now, lets time move until it has ended (at most `withinMs`), and answers what it said. */
  kubectl(line: string, withinMs?: number): Said;
  /** Breaks something now; time does not move. */
  fault(kind: string, fields?: Readonly<Record<string, unknown>>): void;
  runFor(ms: number): void;
  /** Lets time move in steps of 100 ms until something holds; throws, saying what was awaited, where it does not within `withinMs`. */
  runUntil(what: string, holds: () => boolean, withinMs?: number): void;
  /** A stored Pod (`name` or `namespace/name`) as of now; undefined where there is none. */
  pod(name: string): Pod | undefined;
  /** The STATUS that `kubectl get pods` would print, or undefined. */
  status(name: string): string | undefined;
  node(name: string): Node | undefined;
  /** The events of an object, oldest first, as `Reason: message`. */
  events(name: string): readonly string[];
  /** The container that runs, or ran last, on the node of a Pod. */
  container(pod: string, name: string): RuntimeContainer | undefined;
  /** What the container that runs, or ran last, has written. */
  log(pod: string, container: string): string;
  notes<N extends NoteName>(name: N): readonly Noted<N>[];
  /** Every record so far, in order. */
  records(): readonly TraceRecord[];
}

/** The recipe of a world. Throws where the scenario file would be refused. */
export function recipeOf(world: World): Recipe {
  const read = readRecipe({ podscope: 1, ...world });
  if ('mistakes' in read) throw new Error(`a scenario that is refused: ${JSON.stringify(read.mistakes)}`);
  return read.recipe;
}

/** Opens a world: three nodes, unless it says otherwise. */
export function drive(world: World = {}): Driver {
  const run = openScenario(recipeOf(world));
  const trace = createTrace();
  const records: TraceRecord[] = [];
  const collect = (): void => {
    const taken = run.take();
    trace.append(taken);
    for (const record of taken) records.push(record);
  };
  collect();
  const give = (input: object): void => {
    run.give(recipeOf({ inputs: [{ ...input, at: `${run.edge}ms` }] }).inputs[0] as Input);
  };
  const runTo = (to: number): void => {
    run.advance(to);
    collect();
  };
  const row = <T>(key: string): T | undefined => trace.row(key, trace.lastStep) as T | undefined;
  const notes = <N extends NoteName>(name: N) => trace.notes.filter((note): note is Noted<N> => note.name === name);
  const pod = (name: string): Pod | undefined => row<Pod>(keyOf(name));
  const container = (podName: string, name: string): RuntimeContainer | undefined => {
    const { metadata, spec } = pod(podName) ?? {};
    return trace
      .rowsUnder(`/run/${spec?.nodeName}/containers/`, trace.lastStep)
      .map(([, value]) => value as RuntimeContainer)
      .findLast((each) => each.podUid === metadata?.uid && each.name === name);
  };
  const runUntil: Driver['runUntil'] = (what, holds, withinMs = 60_000) => {
    const limit = run.edge + withinMs;
    while (!holds()) {
      if (run.edge >= limit) throw new Error(`${what}: not within ${withinMs} ms`);
      runTo(run.edge + 100);
    }
  };
  return {
    trace,
    get at() {
      return run.edge;
    },
    hash: () => run.hash(),
    apply: (manifest) => give({ apply: typeof manifest === 'string' ? manifest : JSON.stringify(manifest) }),
    kubectl(line, withinMs = 60_000) {
      const before = notes('command-ended').length;
      give({ run: line });
      runUntil(line, () => notes('command-ended').length > before, withinMs);
      const { stdout, stderr, exit } = (notes('command-ended')[before] as Noted<'command-ended'>).data;
      return { stdout, stderr, exit };
    },
    fault: (kind, fields = {}) => give({ fault: { kind, ...fields } }),
    runFor: (ms) => runTo(run.edge + ms),
    runUntil,
    pod,
    status(name) {
      const found = pod(name);
      return found && podStatus(found).status;
    },
    node: (name) => row<Node>(nodeKey(name)),
    events: (name) =>
      trace
        .rowsUnder('/registry/events/', trace.lastStep)
        .map(([, value]) => value as Event)
        .filter(({ involvedObject }) => involvedObject.name === name)
        .map(({ reason, message }) => `${reason}: ${message}`),
    container,
    log(podName, name) {
      const found = container(podName, name);
      const stream = `/run/${pod(podName)?.spec.nodeName}/logs/${found?.id}`;
      return trace
        .logs(stream, trace.lastStep)
        .map(({ text }) => text)
        .join('');
    },
    notes,
    records: () => records,
  };
}

function keyOf(name: string): string {
  const [first = '', second] = name.split('/');
  return second === undefined ? podKey('default', first) : podKey(first, second);
}

/** A Pod of these containers. */
export function podOf(name: string, containers: readonly object[], spec: object = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { ...spec, containers } };
}

/** A container that runs a script. */
export const scripted = (script: string, image = 'busybox:1.28'): object => ({ name: 'c', image, command: ['sh', '-c', script] });
