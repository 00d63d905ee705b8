// The headless runner: runs scenario files and prints what happened (design.md section 5).
import { readFileSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { openScenario } from '../scenario/open.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { Recipe } from '../scenario/recipe.ts';
import { readArguments } from './arguments.ts';
import { createReport, type ReportRecord } from './report.ts';
import { formatRecord } from './text-format.ts';

/** Simulated milliseconds between two looks at what a run has written, so that a long run is not held in memory whole. */
const CHUNK_MS = 60_000;
/** Without `until`, a scenario runs on this long after its last input. */
const AFTER_LAST_INPUT_MS = 60_000;

interface Scenario {
  readonly name: string;
  readonly recipe: Recipe;
}

/** Reads every file; a mistake in any of them refuses the whole batch. */
function readAll(files: readonly string[]): readonly Scenario[] | readonly string[] {
  const mistakes: string[] = [];
  const scenarios = files.flatMap((file): readonly Scenario[] => {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      mistakes.push(`${file}: ${(error as Error).message}`);
      return [];
    }
    const read = readScenario(text);
    if ('recipe' in read) return [{ name: basename(file).replace(/\.[^.]+$/, ''), recipe: read.recipe }];
    for (const { path, message } of read.mistakes) mistakes.push(`${file}: ${path === '' ? '' : `${path}: `}${message}`);
    return [];
  });
  return mistakes.length > 0 ? mistakes : scenarios;
}

function simulate(
  { recipe }: Scenario,
  untilMs: number | undefined,
  watch: readonly string[],
  print: (record: ReportRecord) => void,
): void {
  const before = process.cpuUsage();
  const run = openScenario(recipe);
  const report = createReport(watch);
  const until = untilMs ?? recipe.until ?? Math.max(0, ...recipe.inputs.map((input) => input.at)) + AFTER_LAST_INPUT_MS;
  const records: ReportRecord[] = [...report.add(run.take())];
  while (run.edge <= until) {
    run.advance(Math.min(until + 1, run.edge + CHUNK_MS));
    records.push(...report.add(run.take()));
  }
  const hash = run.hash();
  const { user, system } = process.cpuUsage(before);
  for (const record of records) print(record);
  for (const record of report.end(until)) print(record);
  print({ type: 'end', t: until, steps: run.steps, cpuMs: Math.round((user + system) / 100) / 10, hash });
}

/** Writes all of a text to standard output, also where it is a pipe that is full for a moment. */
function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(1, bytes, offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Runs the command line; answers the exit status. */
export function main(argv: readonly string[]): number {
  const asked = readArguments(argv);
  if ('mistake' in asked) {
    console.error(`${asked.mistake}\nusage: npm run -s sim -- FILE... [--until 300s] [--format text|json] [--watch pods,events,nodes]`);
    return 2;
  }
  const scenarios = readAll(asked.files);
  if (scenarios.some((scenario) => typeof scenario === 'string')) {
    console.error(scenarios.join('\n'));
    return 2;
  }
  for (const scenario of scenarios as readonly Scenario[]) {
    if (asked.format === 'text') write(`# ${scenario.name}\n`);
    simulate(scenario, asked.untilMs, asked.watch, (record) => {
      const { type, t, ...rest } = record;
      write(asked.format === 'json' ? `${JSON.stringify({ type, scenario: scenario.name, t, ...rest })}\n` : `${formatRecord(record)}\n`);
    });
  }
  return 0;
}
