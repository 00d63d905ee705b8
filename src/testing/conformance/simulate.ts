// Runs a recorded case in process, as the headless runner would, and answers what it printed.
import { createReport, type ReportRecord } from '../../cli/report.ts';
import { openScenario } from '../../scenario/open.ts';
import { readRecipe } from '../../scenario/recipe.ts';

/** A scenario file that does not stand on disk. */
export type ScenarioFile = Readonly<Record<string, unknown>> & { readonly until: string };

/** What the runner would print of a scenario, its `end` record left out. Throws where the scenario file is refused. */
export function simulate(file: ScenarioFile): readonly ReportRecord[] {
  const read = readRecipe({ podscope: 1, seed: 1, ...file });
  if ('mistakes' in read) throw new Error(`a scenario that is refused: ${JSON.stringify(read.mistakes)}`);
  const until = read.recipe.until ?? 0;
  const run = openScenario(read.recipe);
  run.advance(until + 1);
  const report = createReport(['pods', 'events']);
  return [...report.add(run.take()), ...report.end(until)];
}

/** What a terminal line printed. */
export interface TerminalRecord extends ReportRecord {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

/** The terminal lines of a run, in the order in which they ended. */
export function terminalsOf(records: readonly ReportRecord[]): readonly TerminalRecord[] {
  return records.filter((record): record is TerminalRecord => record.type === 'terminal');
}

/** A revision of an object. */
export interface ObjectRecord<T> extends ReportRecord {
  readonly event: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
}

/** Every revision of the objects of one kind. */
export function revisionsOf<T>(records: readonly ReportRecord[], kind: string): readonly ObjectRecord<T>[] {
  return records.filter(
    (record): record is ObjectRecord<T> => record.type === 'object' && (record.object as { readonly kind?: string }).kind === kind,
  );
}

/** A word as a shell takes it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** A kubectl line of these words. */
export const kubectlLine = (words: readonly string[]): string => ['kubectl', ...words].map(quoted).join(' ');

/** Objects that stand from the start, as a scenario file takes them. */
export const listOf = (items: readonly unknown[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
