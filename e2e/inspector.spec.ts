// The inspector and "Why?": the chain of a restart back to who applied it, the object's revisions, its log; by keyboard; in a narrow window.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope, sample } from './pages/podscope.ts';

const inspector = (page: Page): Locator => page.getByTestId('inspector');
const links = (page: Page): Locator => page.getByTestId('why').locator('[data-note]');
const tab = (page: Page, name: string): Locator => inspector(page).getByRole('tab', { name, exact: true });

/** Applies a manifest, watches it to its end, and leaves the editor. */
async function watched(page: Page, manifest: string): Promise<Podscope> {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(manifest);
  await podscope.applyAndWatch();
  await podscope.play.focus();
  return podscope;
}

test('W tells why a container is restarted, back to who applied it; a link goes to its moment', async ({ page }) => {
  const podscope = await watched(page, sample('s003_1'));
  await page.keyboard.press('w');
  await expect(page.getByTestId('why').getByRole('heading')).toBeFocused();
  await expect(links(page).last()).toHaveAttribute('data-note', 'input');
  const told = await links(page).evaluateAll((all) => all.map((each) => each.getAttribute('data-note')));
  expect(told).toEqual(expect.arrayContaining(['probe-result', 'container-killing', 'container-exited', 'scheduling-attempt']));

  const killing = page.getByTestId('why').locator('[data-note="container-killing"] button').first();
  const before = await podscope.standing();
  await killing.click();
  await expect(killing).toHaveAttribute('aria-current', 'step');
  const after = await podscope.standing();
  expect(after.t).toBeLessThan(before.t);
  await expect(podscope.caption).toContainText('liveness');
  // Walking along a chain keeps it.
  await expect(links(page).last()).toHaveAttribute('data-note', 'input');
});

test('revisions with what each changed, events, and the log of a container', async ({ page }) => {
  const podscope = await watched(page, sample('s001_0'));
  await expect(inspector(page).getByTestId('inspected')).toContainText('kubia-manual');
  await expect(inspector(page).getByTestId('status-sentence')).toHaveAttribute('data-rule', 'phase');

  await tab(page, 'YAML').click();
  const yaml = page.getByTestId('yaml');
  await expect(yaml.locator('[data-diff="added"]').filter({ hasText: 'resourceVersion' })).toBeVisible();
  const newest = await page.getByTestId('revision').textContent();
  await yaml.getByRole('button', { name: '이전 리비전' }).click();
  await expect(page.getByTestId('revision')).not.toHaveText(newest ?? '');

  await tab(page, '이벤트').click();
  await expect(page.getByTestId('inspected-events')).toContainText('Successfully assigned default/kubia-manual to');

  await inspector(page).locator('[data-container="kubia"] button').click();
  await expect(page.getByTestId('container-details')).toContainText('luksa/kubia');
  await expect(podscope.container('kubia-manual', 'kubia')).toBeVisible();
  await tab(page, '로그').click();
  await page.getByTestId('logs').getByRole('button', { name: 'Kubia server starting...' }).click();
  await tab(page, '왜?').click();
  await expect(links(page).first()).toHaveAttribute('data-note', 'log');
  await expect(links(page).last()).toHaveAttribute('data-note', 'input');
});

test('without a mouse: tabs by arrows, a link by Enter', async ({ page }) => {
  const podscope = await watched(page, nginx('web'));
  await page.keyboard.press('w');
  await expect(page.getByTestId('why').getByRole('heading')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(tab(page, '왜?')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, '이벤트')).toBeFocused();
  await expect(page.getByTestId('inspected-events')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await links(page).last().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await podscope.until('at the moment of the apply', ({ t }) => t === 0);
});

test('closed, it stays closed; in a narrow window it is a drawer', async ({ page }) => {
  await watched(page, nginx('web'));
  await inspector(page).getByRole('button', { name: '살펴보기 닫기' }).click();
  await expect(inspector(page)).toBeHidden();
  await expect(page.getByTestId('open-inspector')).toBeFocused();
  await page.reload();
  await expect(page.getByTestId('open-inspector')).toBeVisible();
  await page.setViewportSize({ width: 1000, height: 760 });
  await expect(inspector(page)).toBeHidden();
  await page.getByTestId('play').focus();
  await page.keyboard.press('w');
  await expect(page.getByTestId('why').getByRole('heading')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(inspector(page)).toBeHidden();
});
