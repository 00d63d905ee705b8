// The page in the hands of a test: what a person can do with it, and what can be read from it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Recipe } from '../../src/scenario/recipe.ts';
import type { Session } from '../../src/session/session.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A seed manifest, by the name of its file. */
export const sample = (name: string): string => readFileSync(join(root, `src/panels/editor/samples/${name}.yaml`), 'utf8');

/** What src/main.tsx puts on the window. */
declare global {
  interface Window {
    podscope?: {
      readonly session: Session;
      readonly setEditorText: (text: string) => void;
      readonly hash: () => string;
      readonly messagesSent: () => number;
    };
  }
}

/** Where the playhead is and what the run has come to. */
export interface Standing {
  readonly t: number;
  readonly step: number;
  readonly until: number;
  readonly playing: boolean;
  readonly phase: string;
  readonly hash: string;
  readonly edge: number;
  readonly steps: number;
  readonly recipe: Recipe;
  readonly draft: string;
  readonly isShared: boolean;
  readonly isAsking: boolean;
  readonly hasGhost: boolean;
  readonly pace: string | number;
  readonly dialog: string | undefined;
}

/** Opens the page, at a fragment if one is given, and waits until it can be used. */
export async function openPage(page: Page, fragment = ''): Promise<Podscope> {
  await page.goto(`./${fragment}`);
  await page.waitForFunction(() => window.podscope !== undefined);
  return new Podscope(page);
}

/** A page that has been opened. */
export class Podscope {
  readonly page: Page;
  readonly answer: Locator;
  readonly caption: Locator;
  readonly notice: Locator;
  readonly timeline: Locator;
  readonly play: Locator;
  readonly problems: Locator;
  readonly capsules: Locator;
  readonly monaco: Locator;
  readonly prediction: Locator;
  readonly verdict: Locator;

  constructor(page: Page) {
    this.page = page;
    this.answer = page.getByTestId('answer');
    this.caption = page.getByTestId('caption');
    this.notice = page.getByTestId('notice');
    this.play = page.getByTestId('play');
    this.problems = page.getByTestId('problems');
    this.monaco = page.getByTestId('monaco');
    this.prediction = page.getByTestId('predict');
    this.verdict = page.getByTestId('verdict');
    this.timeline = page.locator('[role="slider"]').filter({ has: page.locator('[data-playhead]') });
    this.capsules = page.locator('[data-capsules] [data-message]');
  }

  /** Leaves the invitation for the editor, and waits for Monaco. */
  async openEditor(): Promise<void> {
    await this.page.getByRole('button', { name: /YAML 직접 쓰기|Write my own YAML/ }).click();
    await expect(this.monaco.locator('.view-line').first()).toBeVisible();
  }

  /** Puts a text into Monaco as a person would: selects what is there and pastes. */
  async write(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.monaco.locator('.view-lines').click();
    await this.page.evaluate((given) => navigator.clipboard.writeText(given), text);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('ControlOrMeta+v');
    await expect.poll(async () => (await this.standing()).draft).toBe(text);
  }

  /** Opens a scenario with these inputs, run up to an instant, as one that somebody has come back to. */
  async openRecipe(inputs: Recipe['inputs'], at: number): Promise<void> {
    await this.page.evaluate(
      ([given, to]) => {
        const { session } = window.podscope ?? {};
        session?.open({ ...session.store.getState().recipe, inputs: given }, { at: to });
        session?.set({ isFirstVisit: false });
      },
      [inputs, at] as const,
    );
    await this.page.waitForFunction(() => window.podscope?.session.store.getState().phase === 'ready');
  }

  /** Lets simulated time pass as fast as it can. */
  async setPace(pace: number | 'story'): Promise<void> {
    await this.page.evaluate((given) => window.podscope?.session.setPace(given), pace);
  }

  /** Waits until the run has been played to its end. */
  async untilOver(): Promise<void> {
    await this.page.waitForFunction(() => {
      const state = window.podscope?.session.store.getState();
      return state?.phase === 'ready' && state.recipe.inputs.length > 0 && !state.playing && state.t >= state.until;
    });
  }

  /** Does something that becomes an input, and plays the run to its end: not the end that it may have come to before. */
  async after(act: () => Promise<unknown>): Promise<void> {
    const { recipe } = await this.standing();
    await act();
    await this.until('it is dated', (standing) => standing.recipe.inputs.length > recipe.inputs.length);
    await this.untilOver();
  }

  /** Applies what is in the editor from the keyboard, and plays the run to its end. */
  async applyAndWatch(): Promise<void> {
    await this.setPace(600);
    await this.page.keyboard.press('ControlOrMeta+Enter');
    await this.untilOver();
  }

  async standing(): Promise<Standing> {
    return this.page.evaluate(() => {
      const state = window.podscope?.session.store.getState();
      if (!state) throw new Error('the page has no session');
      const { t, step, until, playing, phase, hash, edge, recipe, draft, isShared, asking, ghost, pace, dialog, trace } = state;
      return {
        ...{ t, step, until, playing, phase, hash, edge, recipe, draft, isShared, pace, dialog },
        steps: trace.lastStep,
        isAsking: asking !== undefined,
        hasGhost: ghost !== undefined,
      };
    });
  }

  /** Waits until something holds of where the page stands. */
  async until(what: string, holds: (standing: Standing) => boolean): Promise<void> {
    await expect.poll(async () => holds(await this.standing()), what).toBe(true);
  }

  async seek(t: number): Promise<void> {
    await this.page.evaluate((to) => window.podscope?.session.seek({ t: to }), t);
  }

  async messagesSent(): Promise<number> {
    return this.page.evaluate(() => window.podscope?.messagesSent() ?? -1);
  }

  /** A Pod on the stage. */
  pod(name: string): Locator {
    return this.page.locator(`svg [data-pod="/registry/pods/default/${name}"][data-status]`);
  }

  /** A container of a Pod on the stage. */
  container(pod: string, name: string): Locator {
    return this.pod(pod).locator(`[data-container="${name}"]`);
  }

  /** The words of a lane of the timeline, in order. */
  async lane(id: string): Promise<readonly string[]> {
    const segments = this.timeline.locator(`[data-lane="${id}"] [data-segment]`);
    return segments.evaluateAll((all) => all.map((each) => each.getAttribute('data-segment') ?? ''));
  }

  /** The ids of the capsules on the stage right now that are no messages of the trace: there should be none. */
  async strayCapsules(): Promise<readonly string[]> {
    return this.page.evaluate(() => {
      const ids = new Set(window.podscope?.session.store.getState().trace.messages.map(({ id }) => String(id)));
      const drawn = [...document.querySelectorAll('[data-capsules] [data-message]')].map((each) => each.getAttribute('data-message') ?? '');
      return drawn.filter((id) => !ids.has(id));
    });
  }
}

/** A recipe as a scenario file writes it. */
export function fileOf(recipe: Recipe, until: number): string {
  return JSON.stringify({
    podscope: 1,
    seed: recipe.seed,
    cluster: { preset: recipe.cluster.preset, startAt: recipe.cluster.startAt, nodes: recipe.cluster.nodes },
    files: recipe.files,
    inputs: recipe.inputs.map((input) => ({ ...input, at: `${input.at}ms` })),
    until: `${until}ms`,
  });
}

/** The hash that Node computes of a scenario file. */
export function hashInNode(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'podscope-e2e-'));
  const path = join(folder, 'scenario.json');
  writeFileSync(path, file);
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'src/cli/run-sim.mjs'), path, '--format', 'json'], {
    cwd: root,
  });
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(`the runner ended with ${status}: ${stderr}`);
  const end = stdout.toString().trim().split('\n').at(-1) ?? '';
  return (JSON.parse(end) as { readonly hash: string }).hash;
}

/** An nginx Pod's manifest. */
export const nginx = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: nginx\n    image: nginx:1.14\n`;
