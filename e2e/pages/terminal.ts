// A terminal in the hands of a test: lines are typed into its field, and what it shows is read from the page.
import { expect, type Locator } from '@playwright/test';
import type { Podscope } from './podscope.ts';

/** What a line is to come to: its output as text or pattern, the hint beside it, its exit code where it is not 0. */
export interface Expected {
  readonly says?: string | RegExp | readonly (string | RegExp)[];
  readonly hint?: string;
  readonly exit?: number;
  /** Whether the line is typed once the run has come to its end: a minute after what was typed before. */
  readonly later?: boolean;
}

/** A terminal of the page. */
export class TerminalPage {
  readonly podscope: Podscope;
  readonly field: Locator;
  readonly output: Locator;
  readonly name: string;

  constructor(podscope: Podscope, name = '1') {
    this.podscope = podscope;
    this.name = name;
    this.field = podscope.page.getByTestId(`terminal-${name}`);
    this.output = podscope.page.getByTestId(`terminal-${name}-output`);
  }

  /** Shows its tab. */
  async show(): Promise<void> {
    const tab = this.podscope.page.getByRole('tab', { name: `터미널 ${this.name}`, exact: true });
    if ((await tab.count()) === 0) await this.podscope.page.getByRole('button', { name: '터미널 하나 더' }).click();
    else await tab.click();
    await expect(this.field).toBeVisible();
  }

  /** Types a line and enters it. */
  async enter(line: string): Promise<void> {
    await this.field.fill(line);
    await this.field.press('Enter');
    await expect(this.field).toHaveValue('');
  }

  /** What has been shown since the last command began. */
  async block(): Promise<string> {
    const text = await this.output.innerText();
    return text.slice(text.lastIndexOf('\n$ ') + 1);
  }

  /** Enters a line, lets time pass until it has ended, and compares what it came to. */
  async run(line: string, { says = [], hint, exit = 0, later = false }: Expected = {}): Promise<string> {
    if (later) await this.podscope.untilOver();
    const before = await this.ended();
    await this.enter(line);
    await expect.poll(() => this.ended(), { message: line, intervals: [30, 60, 100] }).toBeGreaterThan(before);
    const shown = await this.awaitBlock(line);
    for (const each of typeof says === 'string' || says instanceof RegExp ? [says] : says) {
      if (typeof each === 'string') expect(shown, line).toContain(each);
      else expect(shown, line).toMatch(each);
    }
    if (exit !== 0) expect(shown, line).toContain(`종료 코드 ${exit}`);
    else expect(shown, line).not.toContain('종료 코드');
    if (hint !== undefined) expect(shown, line).toContain(hint);
    return shown;
  }

  /** Enters a line that goes on, or one for a command that runs; waits for what it is to show. */
  async type(line: string, says: string | RegExp): Promise<void> {
    await this.enter(line);
    await this.shows(says);
  }

  /** Waits until the last block shows something. */
  async shows(says: string | RegExp): Promise<void> {
    const shown = expect.poll(() => this.block(), { message: String(says), intervals: [30, 60, 100] });
    if (typeof says === 'string') await shown.toContain(says);
    else await shown.toMatch(says);
  }

  /** The page draws a flood of lines when it has time. */
  private async awaitBlock(line: string): Promise<string> {
    const first = line.trim().split('\n')[0] ?? '';
    await expect.poll(() => this.block(), { message: line, intervals: [20, 50, 100] }).toContain(first);
    const wanted = await this.podscope.page.evaluate((name) => {
      const { trace } = window.podscope?.session.store.getState() ?? {};
      const note = trace?.notesNamed('command-ended').findLast(({ data }) => (data as { terminal: string }).terminal === name);
      const { stdout = '', stderr = '' } = (note?.data ?? {}) as { stdout?: string; stderr?: string };
      return `${stdout}${stderr}`.trim().split('\n').at(-1)?.trim().slice(0, 60) ?? '';
    }, this.name);
    if (!wanted.includes('\u001b')) await expect.poll(() => this.block(), { message: line, intervals: [20, 50, 100] }).toContain(wanted);
    return this.block();
  }

  private ended(): Promise<number> {
    return this.podscope.page.evaluate((name) => {
      const { trace, step } = window.podscope?.session.store.getState() ?? {};
      const notes = trace?.notesNamed('command-ended') ?? [];
      return notes.filter((note) => note.step <= (step ?? 0) && (note.data as { terminal: string }).terminal === name).length;
    }, this.name);
  }
}
