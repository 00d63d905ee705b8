// Presenting: stage and caption fill the screen, a clicker goes through the story, and one comes back to the same moment.
import { expect, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope, sample } from './pages/podscope.ts';

/** A run that has been played to its end, seen at an instant, on a stage before an audience. */
async function presented(page: Page, text: string, t: number): Promise<Podscope> {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(text);
  await podscope.applyAndWatch();
  await podscope.seek(t);
  await page.getByRole('heading', { name: 'Podscope' }).click();
  await page.keyboard.press('Shift+P');
  await expect(page.getByTestId('present')).toBeVisible();
  return podscope;
}

/** Pixels of a text as it is seen. */
const sizeOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const figure = element.closest('[data-audience]');
      const scale = figure ? figure.getBoundingClientRect().width / (figure as HTMLElement).offsetWidth : 1;
      return Number.parseFloat(getComputedStyle(element).fontSize) * scale;
    });

test('stage and caption fill the screen, readable from the last row', async ({ page }) => {
  await presented(page, nginx('web'), 1500);
  for (const [width, height] of [
    [1280, 720],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    const box = await page.getByTestId('present').boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width, height });
    await expect.poll(() => sizeOf(page, '[data-testid="caption"]')).toBeGreaterThanOrEqual(28);
    // A fiftieth of the screen's height is what the last row can read.
    await expect.poll(() => sizeOf(page, '[data-audience] svg text:text-is("kubelet")')).toBeGreaterThanOrEqual(height / 50);
  }
  await expect(page.getByTestId('monaco')).not.toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
});

test('a clicker goes from event to event', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const podscope = await presented(page, nginx('web'), 0);
  const beats = page.getByTestId('beats');
  const told = async (): Promise<number> => Number(/\d+/.exec((await beats.textContent()) ?? '')?.[0]);
  await page.keyboard.press('Home');
  expect(await told()).toBe(0);
  for (const [key, n] of [
    ['PageDown', 1],
    ['ArrowRight', 2],
    ['Space', 3],
    ['PageUp', 2],
    ['ArrowLeft', 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(told, key).toBe(n);
    expect((await podscope.standing()).playing).toBe(false);
  }
  await page.keyboard.press('End');
  await page.keyboard.press('2');
  await expect(page.locator('[data-audience] article[data-pod]')).toBeVisible();
  await page.keyboard.press('b');
  await expect(page.getByTestId('blank')).toBeVisible();
  await page.keyboard.press('.');
  await expect(page.getByTestId('blank')).toHaveCount(0);
  await page.keyboard.press('q');
  await expect(page.getByTestId('qr')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('qr')).toHaveCount(0);
  await page.keyboard.press('k');
  await page.mouse.move(300, 200);
  const ring = await page.getByTestId('pointer').boundingBox();
  expect(ring && { x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 }).toEqual({ x: 300, y: 200 });
});

test('with motion, a step plays the way to the next event and rests', async ({ page }) => {
  const podscope = await presented(page, nginx('web'), 0);
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  await expect(page.getByTestId('beats')).toContainText('사건 1 ');
  const instants = await page.evaluateHandle(() => {
    const seen = new Set<number>();
    window.podscope?.session.store.subscribe(({ t, playing }) => playing && seen.add(t));
    return seen;
  });
  await page.keyboard.press('PageDown');
  await expect(page.getByTestId('beats')).toContainText('사건 2 ');
  await podscope.until('it rests', ({ playing }) => !playing);
  expect(await instants.evaluate(({ size }) => size)).toBeGreaterThan(2);
});

test('leaving, editing and coming back lose neither the moment nor the text', async ({ page }) => {
  const podscope = await presented(page, sample('s002_1'), 10_000);
  const before = await podscope.standing();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('present')).toHaveCount(0);
  // Monaco was not taken down: what was written can be undone.
  await podscope.monaco.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText('# said on stage');
  await expect.poll(async () => (await podscope.standing()).draft).toContain('# said on stage');
  await page.getByRole('heading', { name: 'Podscope' }).click();
  await page.getByRole('button', { name: '발표' }).click();
  await expect(page.getByTestId('present')).toBeVisible();
  const after = await podscope.standing();
  expect({ t: after.t, step: after.step, hash: after.hash }).toEqual({ t: before.t, step: before.step, hash: before.hash });
  await page.keyboard.press('Shift+P');
  await expect(page.getByTestId('present')).toHaveCount(0);
  await podscope.monaco.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await podscope.standing()).draft).not.toContain('# said on stage');
});
