// A phone: 390 wide, a plain text area instead of Monaco, one sheet at a time.
import { expect, test } from '@playwright/test';
import { nginx, openPage } from './pages/podscope.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('a plain text area takes a manifest, and the stage shows its Pod; nothing is wider than the screen', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  const podscope = await openPage(page);
  await expect(page.getByTestId('create-one')).toBeInViewport();
  await page.getByTestId('create-one').tap();
  await podscope.setPace(600);
  await podscope.untilOver();
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Running');
  await page.getByRole('button', { name: 'YAML' }).tap();
  const area = page.getByTestId('plain-editor');
  await expect(area).toBeVisible();
  await area.fill(nginx('phone'));
  await page.getByTestId('apply').tap();
  await podscope.until('it is dated', ({ recipe }) => recipe.inputs.length === 2);
  await podscope.untilOver();
  await page.getByRole('navigation', { name: '화면' }).getByRole('button').first().tap();
  await expect(podscope.pod('phone')).toHaveAttribute('data-status', 'Running');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(loaded.filter((url) => url.includes('monaco'))).toEqual([]);
});
