// The first thirty seconds: one button, a question, the restart that answers it, three doors.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPage, type Podscope } from './pages/podscope.ts';

/** From the click to the question, at story pace, with room for a slow machine. */
const STORY = { timeout: 50_000 };

/** Steps from event to event instead of waiting for the story: to the question, or to what was found out. */
const stepTo = async ({ page }: Podscope, what: 'question' | 'finding'): Promise<void> => {
  const step = (wanted: 'question' | 'finding'): boolean => {
    const session = window.podscope?.session;
    const isThere = (): boolean => {
      const asked = session?.store.getState().asked;
      return wanted === 'question' ? asked !== undefined : asked?.finding !== undefined;
    };
    if (!isThere()) session?.next();
    return isThere();
  };
  await expect.poll(() => page.evaluate(step, what), { intervals: [50] }).toBe(true);
};

const seriousFindings = async ({ page }: Podscope): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);

const faults = async (podscope: Podscope): Promise<readonly unknown[]> =>
  (await podscope.standing()).recipe.inputs.flatMap((input) => ('fault' in input ? [input.fault] : []));

test('by mouse: a wrong answer, the restart that shows it, and the door to what keeps dying', async ({ page }) => {
  const podscope = await openPage(page);
  await page.getByTestId('create-one').click();
  await expect(page.getByTestId('stations')).toHaveAttribute('data-passed', /[1-6]/);
  await stepTo(podscope, 'question');
  await expect(podscope.prediction).toBeVisible();
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Running');
  expect((await podscope.standing()).playing).toBe(false);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await seriousFindings(podscope)).toEqual([]);
  await podscope.prediction.locator('[data-option="new-pod"]').click();
  await expect(podscope.container('web', 'nginx')).toHaveAttribute('data-meaning', 'failed');
  await stepTo(podscope, 'finding');
  await expect(podscope.verdict).toHaveAttribute('data-right', 'false');
  expect(await faults(podscope)).toEqual([{ kind: 'kill-container', pod: 'web', container: 'nginx' }]);
  await expect(podscope.prediction).toContainText('0 → 1');
  await expect(podscope.prediction).toContainText(/10\.244\.\d\.\d+ 그대로/);
  await expect(podscope.prediction).toContainText('137');
  expect(await seriousFindings(podscope)).toEqual([]);
  await page.getByTestId('door-next').click();
  await expect(podscope.prediction).toHaveCount(0);
  await podscope.setPace(600);
  await podscope.untilOver();
  const backOffs = await page.evaluate(() => window.podscope?.session.store.getState().trace.notesNamed('container-backoff').length);
  expect(backOffs).toBeGreaterThan(0);
});

test('by keyboard alone, as it plays: Space, a letter, and the door to the YAML; it does not come again', async ({ page }) => {
  test.slow();
  const podscope = await openPage(page);
  await page.keyboard.press('Space');
  await expect(podscope.prediction).toBeFocused(STORY);
  await page.keyboard.press('a');
  await expect(podscope.verdict).toHaveAttribute('data-right', 'true', STORY);
  await expect(podscope.prediction).toBeFocused();
  await expect(page.getByTestId('door-yaml')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('door-yaml')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(podscope.prediction).toHaveCount(0);
  await expect(page.locator('[data-editor] :focus')).toHaveCount(1);
  expect(await page.evaluate(() => localStorage.getItem('podscope:settings'))).toContain('"hasWalked":true');
});

test('skipped by Escape', async ({ page }) => {
  const podscope = await openPage(page);
  await page.getByTestId('create-one').click();
  await stepTo(podscope, 'question');
  await expect(podscope.prediction).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(podscope.prediction).toHaveCount(0);
  await expect(page.getByTestId('play')).toBeFocused();
  expect(await faults(podscope)).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark', locale: 'en-US' });

  test('one tap answers, everything is in sight, and something can be broken', async ({ page }) => {
    const podscope = await openPage(page);
    await page.getByTestId('create-one').tap();
    await stepTo(podscope, 'question');
    await expect(podscope.prediction).toBeInViewport({ ratio: 1 });
    await expect(podscope.container('web', 'nginx')).toBeInViewport();
    await podscope.prediction.locator('[data-option="in-place"]').tap();
    await stepTo(podscope, 'finding');
    await expect(podscope.verdict).toHaveAttribute('data-right', 'true');
    await expect(podscope.prediction).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await seriousFindings(podscope)).toEqual([]);
    await page.getByTestId('door-break').tap();
    await expect(page.getByRole('menu')).toBeVisible();
  });
});
