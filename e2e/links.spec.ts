// Links and keeping: a shared moment comes back as it was, paused; a link that cannot be read says so; work is never overwritten.
import { expect, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope } from './pages/podscope.ts';

async function worked(page: Page, name: string): Promise<Podscope> {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(nginx(name));
  await podscope.applyAndWatch();
  return podscope;
}

async function linkOf(podscope: Podscope): Promise<string> {
  await podscope.page.getByRole('button', { name: '공유' }).click();
  const link = await podscope.page.getByTestId('link').inputValue();
  await podscope.page.keyboard.press('Escape');
  return link;
}

test('a link opens the same moment, paused, with the same hash', async ({ page, browser }) => {
  const podscope = await worked(page, 'shared');
  await podscope.seek(1500);
  const before = await podscope.standing();
  const link = await linkOf(podscope);
  expect(link).toMatch(/#1[A-Za-z0-9_-]+$/);
  const elsewhere = await browser.newContext({ locale: 'en-US' });
  const other = await openPage(await elsewhere.newPage(), link.slice(link.indexOf('#')));
  await other.until('it is opened', ({ phase, recipe }) => phase === 'ready' && recipe.inputs.length === 1);
  const after = await other.standing();
  expect({ t: after.t, step: after.step, playing: after.playing }).toEqual({ t: 1500, step: before.step, playing: false });
  expect(after.draft).toBe(nginx('shared'));
  await expect(other.pod('shared')).toHaveAttribute('data-status', (await podscope.pod('shared').getAttribute('data-status')) ?? '');
  await other.setPace(600);
  await other.play.click();
  await other.until('it is over', ({ t, until, playing }) => t >= until && !playing);
  expect((await other.standing()).hash).toBe(before.hash);
  await elsewhere.close();
});

test('a damaged link says so and leaves the work alone', async ({ page }) => {
  const podscope = await worked(page, 'mine');
  const link = await linkOf(podscope);
  const fragment = link.slice(link.indexOf('#'));
  const middle = Math.floor(fragment.length / 2);
  const swapped = fragment[middle] === 'A' ? 'B' : 'A';
  for (const damaged of [fragment.slice(0, -3), fragment.slice(0, middle) + swapped + fragment.slice(middle + 1), '#1', '#1!!!']) {
    await page.goto('about:blank');
    const again = await openPage(page, damaged);
    await expect(again.notice).toContainText('링크가 망가졌습니다');
    await again.until('the work is there', ({ phase, draft }) => phase === 'ready' && draft === nginx('mine'));
  }
});

test('a link of a newer format says so', async ({ page }) => {
  const podscope = await openPage(page, '#2abcdefghijk');
  await expect(podscope.notice).toContainText('새로운 Podscope');
});

test('work survives a reload', async ({ page }) => {
  const podscope = await worked(page, 'kept');
  const before = await podscope.standing();
  await page.reload();
  await page.waitForFunction(() => window.podscope !== undefined);
  await podscope.until('it is back', ({ phase, recipe }) => phase === 'ready' && recipe.inputs.length === 1);
  const after = await podscope.standing();
  expect(after.draft).toBe(nginx('kept'));
  expect(after.recipe).toEqual(before.recipe);
  expect({ t: after.t, hash: after.hash, playing: after.playing }).toEqual({ t: before.t, hash: before.hash, playing: false });
  await expect(podscope.pod('kept')).toHaveAttribute('data-status', 'Running');
});

test('opening a link does not overwrite the work, even where one acts on it', async ({ page, browser }) => {
  const theirs = await browser.newContext({ locale: 'ko-KR' });
  const link = await linkOf(await worked(await theirs.newPage(), 'theirs'));
  await theirs.close();
  await worked(page, 'mine');
  await page.goto('about:blank');
  const opened = await openPage(page, link.slice(link.indexOf('#')));
  await opened.until('the link is opened', ({ phase, isShared, draft }) => phase === 'ready' && isShared && draft === nginx('theirs'));
  await opened.setPace(600);
  await page.evaluate(() => window.podscope?.session.act({ run: 'kubectl get pods' }));
  await opened.until('something is done there', ({ recipe, isAsking }) => recipe.inputs.length === 2 || isAsking);
  await page.goto('about:blank');
  const home = await openPage(page);
  await home.until('one’s own work is there', ({ phase, draft, isShared }) => phase === 'ready' && !isShared && draft === nginx('mine'));
  expect((await home.standing()).recipe.inputs).toHaveLength(1);
});

test('a link that is too long for chat programs says so, and rather gives the file', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  const noise = Array.from({ length: 400 }, (_, i) => `# ${Math.imul(i + 1, 2_654_435_761) >>> 0}\n`).join('');
  await podscope.write(noise + nginx('long'));
  await podscope.applyAndWatch();
  await page.getByRole('button', { name: '공유' }).click();
  await expect(page.getByRole('dialog')).toContainText('2,000자가 넘는 링크');
  await expect(page.getByRole('dialog')).toContainText('모든 내용은 링크 안에 있습니다. 서버로 보내지 않습니다.');
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: '시나리오 파일로 내려받기' }).click();
  expect((await file).suggestedFilename()).toBe('podscope.json');
});
