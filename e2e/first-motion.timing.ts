// How soon something moves after the first click: measured alone, when nothing else runs (playwright.config.ts).
import { type Browser, expect, test } from '@playwright/test';
import { openPage } from './pages/podscope.ts';

const FIRST_MOTION_MS = 1000;
const ROUNDS = 3;

/** Milliseconds from the click on a cold page to the first frame in which a capsule is elsewhere than in the frame before. */
async function firstMotion(browser: Browser): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await openPage(page);
  await page.waitForLoadState('networkidle');
  const moved = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clickedAt = 0;
        let before: string | null | undefined;
        addEventListener('click', () => (clickedAt = performance.now()), { capture: true, once: true });
        const look = (): void => {
          const way = document.querySelector('[data-capsules] [data-message]')?.getAttribute('transform');
          if (way && before && way !== before) resolve(performance.now() - clickedAt);
          else requestAnimationFrame(look);
          before = way;
        };
        requestAnimationFrame(look);
      }),
  );
  await page.getByTestId('create-one').click();
  const took = await moved;
  await context.close();
  return took;
}

test('something moves within a second of the first click', async ({ browser }) => {
  const rounds: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) rounds.push(await firstMotion(browser));
  const median = rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.POSITIVE_INFINITY;
  console.log(`first motion after the click: ${rounds.map((each) => each.toFixed(0)).join(', ')} ms`);
  expect(median).toBeLessThanOrEqual(FIRST_MOTION_MS);
});
