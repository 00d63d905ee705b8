// axe: no serious or critical finding in any view, in both themes and both languages, Monaco loaded, each panel and dialog open. One
// page a theme and a language; after the whole page has been looked at once, only what a step has added is.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope, sample } from './pages/podscope.ts';

/** What axe finds in the page, or in the parts of it that are named. Nothing is excluded, Monaco neither. */
async function findings(page: Page, ...parts: readonly string[]): Promise<readonly string[]> {
  // In the page itself, which has no frames; what passes is counted, not told node by node.
  const whole = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const axe = parts.reduce((builder, part) => builder.include(part), whole);
  const { violations, passes } = await axe.analyze();
  expect(passes.length).toBeGreaterThan(parts.length === 0 ? 15 : 5);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`),
    );
}

interface Stop {
  readonly name: string;
  /** How one comes there from the stop before. */
  readonly go: (podscope: Podscope) => Promise<void>;
  /** What has come with it; the whole page where none is named. */
  readonly parts?: readonly string[];
}

/** A key, pressed on the play button, brings a part. */
const press =
  (key: string, part: string) =>
  async ({ page }: Podscope): Promise<void> => {
    await page.locator('#play').focus();
    await page.keyboard.press(key);
    await expect(page.locator(part).first()).toBeVisible();
  };
const leave = async ({ page }: Podscope): Promise<void> => {
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
};
/** A dialog that a key opens; the next stop begins after it. */
const dialog = (name: string, key: string, content: string): Stop => ({
  name,
  go: async (podscope) => {
    await leave(podscope);
    await press(key, `dialog[open] ${content}`)(podscope);
  },
  parts: ['dialog[open]'],
});
const FIGURES = ['pod', 'scheduler', 'states', 'docker', 'cluster'];
const figure = (id: string): Stop => ({
  name: `figure ${id}`,
  go: async ({ page }) => {
    await page.locator(`#tab-${id}`).click();
    await expect(page.locator(`#tab-${id}`)).toHaveAttribute('aria-selected', 'true');
  },
  parts: ['#figure'],
});

/** A tab of the inspector, with something selected. */
const inspected = (selection: string, tab: string): Stop => ({
  name: `inspector: ${tab} of ${selection}`,
  go: async ({ page }) => {
    await page.evaluate((chosen) => window.podscope?.session.select(chosen), selection);
    await page.locator(`#inspector-${tab}`).click();
    await expect(page.locator(`#inspector-${tab}`)).toHaveAttribute('aria-selected', 'true');
  },
  parts: ['aside'],
});
const CRASHING = '/registry/pods/default/multipod/centos-container';

/** The way through the page. */
const WAY: readonly Stop[] = [
  { name: 'first visit', go: () => Promise.resolve() },
  {
    name: 'editor with marks',
    go: async (podscope) => {
      await podscope.openEditor();
      await podscope.write(sample('s002_4'));
      await expect(podscope.problems).toBeVisible();
    },
    parts: ['[data-editor]'],
  },
  {
    name: 'running, messages flying, a Pod that crashes selected',
    go: async (podscope) => {
      await podscope.write(sample('s002_1'));
      await podscope.applyAndWatch();
      await podscope.pod('multipod').click();
      const flying = await podscope.page.evaluate(() => {
        const message = window.podscope?.session.store
          .getState()
          .trace.messages.find(({ level, at, arrivesAt }) => level === 'story' && arrivesAt > at);
        return message ? (message.at + message.arrivesAt) / 2 : 0;
      });
      await podscope.seek(flying);
      await expect(podscope.capsules.first()).toBeVisible();
    },
  },
  { name: 'at the end', go: async ({ page }) => page.keyboard.press('End'), parts: ['main', '[role="slider"]'] },
  ...FIGURES.map(figure),
  ...['why', 'events', 'conditions', 'yaml', 'logs'].map((tab) => inspected(CRASHING, tab)),
  inspected('/registry/minions/node1', 'pods'),
  {
    name: 'the ways that the first Tab offers',
    go: async ({ page }) => {
      await page.getByTestId('skip').getByRole('button').first().focus();
      await expect(page.getByTestId('skip')).toBeInViewport();
    },
    parts: ['[data-testid="skip"]'],
  },
  {
    name: 'summary',
    go: async ({ page }) => {
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('summary')).toBeFocused();
    },
    parts: ['[data-testid="summary"]'],
  },
  {
    name: 'objects',
    go: press('o', '[role="treeitem"]:focus'),
    parts: ['[role="tree"]'],
  },
  {
    name: 'why',
    go: press('w', '[data-testid="why"] li'),
    parts: ['aside'],
  },
  ...['events', 'conditions', 'yaml', 'logs'].map(
    (tab): Stop => ({
      name: `inspector, ${tab}`,
      go: async ({ page }) => page.locator(`#inspector-${tab}`).click(),
      parts: ['#inspector-panel'],
    }),
  ),
  dialog('events', 'v', '[data-testid="events"] button'),
  dialog('help', '?', 'dl'),
  dialog('share', 'Control+s', '[data-testid="link"]'),
  {
    name: 'history',
    go: async (podscope) => {
      await leave(podscope);
      await podscope.write(nginx('later'));
      await podscope.applyAndWatch();
      await podscope.page.evaluate(() => window.podscope?.session.set({ dialog: 'history' }));
      await expect(podscope.page.getByRole('dialog')).toBeVisible();
    },
    parts: ['dialog[open]'],
  },
  {
    name: 'fork question',
    go: async (podscope) => {
      await leave(podscope);
      await podscope.seek(2000);
      await podscope.page.evaluate(() => window.podscope?.session.apply('apply'));
      await expect(podscope.page.getByTestId('fork')).toBeVisible();
    },
    parts: ['dialog[open]'],
  },
  {
    name: 'presenting',
    go: async (podscope) => {
      await leave(podscope);
      await podscope.page.evaluate(() => window.podscope?.session.set({ mode: 'present' }));
      await expect(podscope.page.getByTestId('present')).toBeVisible();
    },
  },
];

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['ko', 'en'] as const) {
    test.describe(`${theme}, ${language}`, () => {
      test.use({ colorScheme: theme, locale: language === 'ko' ? 'ko-KR' : 'en-US' });
      test('embedded, and Docker asked', async ({ page }) => {
        await page.goto('./?embed=1');
        await expect(page.getByTestId('poster')).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.getByTestId('poster').click();
        await expect(page.getByTestId('play')).toBeVisible();
        await page.evaluate(() => window.podscope?.session.setPace(600));
        await page.waitForFunction(() => window.podscope?.session.store.getState().playing === false);
        expect(await findings(page)).toEqual([]);

        const podscope = await openPage(page);
        await podscope.openEditor();
        await page.evaluate(() => window.podscope?.session.setTab('docker'));
        await page.getByTestId('try-two').click();
        await podscope.setPace(600);
        await page.getByRole('button', { name: '1 curl localhost' }).click();
        await expect(page.locator('[data-answer="pod"][data-exit="0"]')).toBeVisible();
        await podscope.untilOver();
        expect(await findings(page)).toEqual([]);
      });
      test('every view, panel and dialog', async ({ page }) => {
        // As many stops as a dozen tests.
        test.setTimeout(240_000);
        const podscope = await openPage(page);
        const found: string[] = [];
        for (const { name, go, parts = [] } of WAY)
          await test.step(name, async () => {
            await go(podscope);
            found.push(...(await findings(page, ...parts)).map((finding) => `${name}: ${finding}`));
          });
        expect(found).toEqual([]);
      });
    });
  }
}

test('every figure is one of the stops', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  const tabs = page.locator('[role="tab"][aria-controls="figure"]');
  const ids = await tabs.evaluateAll((all) => all.map(({ id }) => id.replace('tab-', '')));
  expect(ids.sort()).toEqual([...FIGURES].sort());
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const theme of ['light', 'dark'] as const) {
    test(`running, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      const podscope = await openPage(page);
      expect(await findings(page)).toEqual([]);
      await page.getByTestId('create-one').click();
      await podscope.setPace(600);
      await podscope.untilOver();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'YAML' }).click();
      expect(await findings(page)).toEqual([]);
    });
  }
});

test.describe('forced colours, 200 % zoom', () => {
  test.use({ viewport: { width: 720, height: 450 } });
  test('nothing is lost: every control can be reached and seen', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    const podscope = await openPage(page);
    await page.getByTestId('create-one').click();
    await podscope.setPace(600);
    await podscope.untilOver();
    const parts = [page.locator('header'), page.getByRole('tablist').first(), podscope.pod('web'), podscope.caption, podscope.play];
    for (const part of [...parts, podscope.timeline, page.getByRole('navigation', { name: '화면' })]) {
      await part.scrollIntoViewIfNeeded();
      await expect(part).toBeInViewport({ ratio: 0.5 });
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
    expect(await findings(page)).toEqual([]);
  });
});
