// The questions that are asked on both sides, and the commands of the trace that asked them: through `docker exec` there, through
// `kubectl exec` here.
import type { Notes } from '../../cluster/notes.ts';
import type { NoteRecord } from '../../engine/records.ts';
import { lastAtStep, type Trace } from '../../engine/trace.ts';

/** What can be asked: the same program on both sides. */
export const QUESTIONS = ['curl', 'hostname', 'ps'] as const;
export type Question = (typeof QUESTIONS)[number];

/** What is run in a container for a question. `-sS`: curl's errors, but no progress. */
export const PROGRAMS: Readonly<Record<Question, string>> = { curl: 'curl -sS localhost', hostname: 'hostname', ps: 'ps aux' };
/** What the API server is asked for a thing it does not have. */
export const NO_SUCH_THING = 'kubectl get container';

/** A command as of a step. */
export interface Asked {
  readonly line: string;
  /** What ran in the container: `curl -sS localhost`. */
  readonly program: string;
  /** The container's name, empty where the command leaves it to kubectl; and of a Pod, the Pod's. */
  readonly container: string;
  readonly pod: string | undefined;
  readonly startedStep: number;
  /** The records between which it ran; the second is missing while it runs. */
  readonly startedId: number;
  readonly endedId: number | undefined;
  readonly answer: Pick<Notes['command-ended'], 'stdout' | 'stderr' | 'exit'> | undefined;
}

const IN_DOCKER = /^docker exec (?:-[a-z]+ )*(?<container>\S+) (?<program>.+)$/;
const IN_POD = /^kubectl exec (?:-n \S+ |-[it]+ )*(?:pod\/)?(?<pod>\S+)(?: -c (?<container>\S+))?(?: -[it]+)* -- (?<program>.+)$/;
const KINDS: readonly (readonly [Question, RegExp])[] = [
  ['curl', /^curl .*\S/],
  ['hostname', /^hostname$/],
  ['ps', /^ps\b/],
];

/** The last command for a question on one side that had started by a step. */
export function lastAsked(trace: Trace, step: number, question: Question, side: 'docker' | 'pod'): Asked | undefined {
  const kind = KINDS.find(([each]) => each === question)?.[1];
  return lastCommand(trace, step, (line) => {
    const { container = '', pod, program = '' } = (side === 'docker' ? IN_DOCKER : IN_POD).exec(line)?.groups ?? {};
    return kind?.test(program) ? { container, pod, program } : undefined;
  });
}

/** The last command with exactly this line that had started by a step. */
export const lastLine = (trace: Trace, step: number, wanted: string): Asked | undefined =>
  lastCommand(trace, step, (line) => (line.trim() === wanted ? { container: '', pod: undefined, program: '' } : undefined));

/** The question that was asked last on either side, and at which step; undefined before the first. */
export function lastQuestion(trace: Trace, step: number): { readonly question: Question; readonly step: number } | undefined {
  let last: { readonly question: Question; readonly step: number } | undefined;
  for (const question of QUESTIONS) {
    for (const side of ['docker', 'pod'] as const) {
      const asked = lastAsked(trace, step, question, side);
      if (asked && asked.startedStep > (last?.step ?? -1)) last = { question, step: asked.startedStep };
    }
  }
  return last;
}

/** Whether a command runs in a terminal as of a step: what is typed there is its input. */
export function isBusy(trace: Trace, step: number, terminal: string): boolean {
  const last = (name: 'command-started' | 'command-ended'): number => {
    const notes = trace.notesNamed(name);
    for (let i = lastAtStep(notes, step); i >= 0; i -= 1) if (terminalOf(notes[i]) === terminal) return notes[i]?.id ?? 0;
    return 0;
  };
  return last('command-started') > last('command-ended');
}

type Found = Pick<Asked, 'container' | 'pod' | 'program'>;

function lastCommand(trace: Trace, step: number, read: (line: string) => Found | undefined): Asked | undefined {
  const started = trace.notesNamed('command-started');
  for (let i = lastAtStep(started, step); i >= 0; i -= 1) {
    const note = started[i];
    const line = (note?.data as Notes['command-started'] | undefined)?.line.trim() ?? '';
    const found = note && read(line);
    if (!found) continue;
    const ended = endOf(trace, step, note);
    return {
      line,
      ...found,
      startedStep: note.step,
      startedId: note.id,
      endedId: ended?.id,
      answer: ended && (ended.data as Notes['command-ended']),
    };
  }
  return undefined;
}

/** The end of a command: in its terminal, the next one with its line. */
function endOf(trace: Trace, step: number, started: NoteRecord): NoteRecord | undefined {
  const { line } = started.data as Notes['command-started'];
  const notes = trace.notesNamed('command-ended');
  for (let i = lastAtStep(notes, started.step); i < notes.length; i += 1) {
    const note = notes[i];
    if (!note || note.id < started.id) continue;
    if (note.step > step) return undefined;
    if (terminalOf(note) === terminalOf(started) && (note.data as Notes['command-ended']).line === line) return note;
  }
  return undefined;
}

const terminalOf = (note: NoteRecord | undefined): string | undefined => (note?.data as Notes['command-started'] | undefined)?.terminal;
