// axe: no serious or critical finding in any view, in both themes and both languages, Monaco loaded, each panel and dialog open.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope, sample } from './pages/podscope.ts';

async function findings(page: Page): Promise<readonly string[]> {
  // Nothing is excluded, Monaco neither.
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length).toBeGreaterThan(15);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`),
    );
}

const VIEWS: readonly (readonly [string, (podscope: Podscope) => Promise<void>])[] = [
  ['first visit', () => Promise.resolve()],
  [
    'editor with marks',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.write(sample('s002_4'));
      await expect(podscope.problems).toBeVisible();
    },
  ],
  [
    'running, messages flying',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.write(sample('s002_1'));
      await podscope.applyAndWatch();
      const flying = await podscope.page.evaluate(() => {
        const message = window.podscope?.session.store
          .getState()
          .trace.messages.find(({ level, at, arrivesAt }) => level === 'story' && arrivesAt > at);
        return message ? (message.at + message.arrivesAt) / 2 : 0;
      });
      await podscope.seek(flying);
      await expect(podscope.capsules.first()).toBeVisible();
    },
  ],
  [
    'help',
    async (podscope) => {
      await podscope.page.keyboard.press('?');
      await expect(podscope.page.getByRole('dialog')).toBeVisible();
    },
  ],
  [
    'share',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.page.keyboard.press('ControlOrMeta+s');
      await expect(podscope.page.getByTestId('link')).toBeVisible();
    },
  ],
  [
    'history',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.write(nginx('earlier'));
      await podscope.applyAndWatch();
      await podscope.page.evaluate(() => window.podscope?.session.set({ dialog: 'history' }));
      await expect(podscope.page.getByRole('dialog')).toBeVisible();
    },
  ],
  [
    'presenting',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.write(sample('s002_1'));
      await podscope.applyAndWatch();
      await podscope.page.evaluate(() => window.podscope?.session.set({ mode: 'present' }));
      await expect(podscope.page.getByTestId('present')).toBeVisible();
    },
  ],
  [
    'Docker and Pod, asked',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.page.evaluate(() => window.podscope?.session.setTab('docker'));
      await podscope.page.getByTestId('try-two').click();
      await podscope.setPace(600);
      await podscope.page.getByRole('button', { name: '1 curl localhost' }).click();
      await expect(podscope.page.locator('[data-answer="pod"][data-exit="0"]')).toBeVisible();
      await podscope.untilOver();
    },
  ],
  [
    'fork question',
    async (podscope) => {
      await podscope.openEditor();
      await podscope.write(nginx('web'));
      await podscope.applyAndWatch();
      await podscope.seek(2000);
      await podscope.page.evaluate(() => window.podscope?.session.apply('apply'));
      await expect(podscope.page.getByTestId('fork')).toBeVisible();
    },
  ],
];

/** Every figure of the stage, one after the other, with a Pod that crashes selected. */
async function everyFigure(podscope: Podscope): Promise<readonly string[]> {
  await podscope.openEditor();
  await podscope.write(sample('s002_1'));
  await podscope.applyAndWatch();
  await podscope.pod('multipod').click();
  const found: string[] = [];
  for (const tab of await podscope.page.locator('[role="tab"][aria-controls="figure"]').all()) {
    const id = await tab.getAttribute('id');
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    found.push(...(await findings(podscope.page)).map((finding) => `${id}: ${finding}`));
  }
  return found;
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['ko', 'en'] as const) {
    test.describe(`${theme}, ${language}`, () => {
      test.use({ colorScheme: theme, locale: language === 'ko' ? 'ko-KR' : 'en-US' });
      for (const [view, show] of VIEWS) {
        test(view, async ({ page }) => {
          const podscope = await openPage(page);
          await show(podscope);
          expect(await findings(page)).toEqual([]);
        });
      }
      test('embedded', async ({ page }) => {
        await page.goto('./?embed=1');
        await expect(page.getByTestId('poster')).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.getByTestId('poster').click();
        await expect(page.getByTestId('play')).toBeVisible();
        await page.evaluate(() => window.podscope?.session.setPace(600));
        await page.waitForFunction(() => window.podscope?.session.store.getState().playing === false);
        expect(await findings(page)).toEqual([]);
      });
      test('every figure', async ({ page }) => {
        expect(await everyFigure(await openPage(page))).toEqual([]);
      });
    });
  }
}

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
