// Time under one's hands: seeking, the live picture, the hash in the real worker, faults, forks, the keyboard.
import { expect, type Page, test } from '@playwright/test';
import { fileOf, hashInNode, nginx, openPage, type Podscope, sample } from './pages/podscope.ts';

/** A page on which the first Pod has been created and its run played to the end. */
async function afterFirstPod(page: Page): Promise<Podscope> {
  const podscope = await openPage(page);
  await page.getByTestId('create-one').click();
  await podscope.setPace(600);
  await podscope.untilOver();
  return podscope;
}

test('seeking sends the worker no message', async ({ page }) => {
  const podscope = await afterFirstPod(page);
  const { until, hash } = await podscope.standing();
  const before = await podscope.messagesSent();
  const box = await podscope.timeline.boundingBox();
  if (!box) throw new Error('the timeline has no box');
  await page.mouse.move(box.x + box.width * 0.9, box.y + 30);
  await page.mouse.down();
  for (const share of [0.7, 0.5, 0.3, 0.6, 0.95, 0.4]) await page.mouse.move(box.x + box.width * share, box.y + 30);
  await page.mouse.up();
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'ArrowLeft', 'End', 'ArrowLeft', 'Home', 'j', 'l'])
    await page.keyboard.press(key);
  for (let i = 0; i < 50; i += 1) await podscope.seek((i * 7919) % until);
  expect(await podscope.messagesSent()).toBe(before);
  expect((await podscope.standing()).hash).toBe(hash);
});

test('what is shown at an instant does not depend on how one came there', async ({ page }) => {
  const podscope = await afterFirstPod(page);
  const picture = () => page.locator('#figure svg').first().innerHTML();
  await podscope.seek(1500);
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'ContainerCreating');
  const first = await picture();
  await page.keyboard.press('End');
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Running');
  await podscope.seek(1500);
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'ContainerCreating');
  expect(await picture()).toBe(first);
});

test('the worker in Chromium comes to the hash that Node comes to', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(sample('s002_1'));
  await podscope.applyAndWatch();
  await page.evaluate(() =>
    window.podscope?.session.act({ fault: { kind: 'kill-container', pod: 'multipod', container: 'nginx-container' } }),
  );
  await podscope.until('the fault is dated', ({ recipe }) => recipe.inputs.length === 2);
  await podscope.untilOver();
  const { recipe, until, hash, edge } = await podscope.standing();
  expect(edge).toBe(until + 1);
  expect(hashInNode(fileOf(recipe, until))).toBe(hash);
});

test('with the scheduler down no capsule binds, and every capsule is a message of the trace', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(nginx('web'));
  await page.evaluate(() => window.podscope?.session.act({ fault: { kind: 'scheduler-down' } }));
  await podscope.until('the fault is dated', ({ recipe }) => recipe.inputs.length === 1);
  await podscope.applyAndWatch();
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Pending');
  const messages = await page.evaluate(() =>
    (window.podscope?.session.store.getState().trace.messages ?? []).map(({ id, at, arrivesAt, label, level }) => ({
      id,
      at,
      arrivesAt,
      label,
      level,
    })),
  );
  expect(messages.filter(({ label }) => /bind/i.test(label))).toEqual([]);
  const story = messages.filter(({ level, at, arrivesAt }) => level === 'story' && arrivesAt > at);
  expect(story.length).toBeGreaterThan(0);
  const shown = new Set<string>();
  for (const { at, arrivesAt } of story) {
    await podscope.seek((at + arrivesAt) / 2);
    expect(await podscope.strayCapsules()).toEqual([]);
    for (const text of await podscope.capsules.allTextContents()) shown.add(text);
  }
  expect([...shown].length).toBeGreaterThan(0);
  expect([...shown].filter((text) => /bind/i.test(text))).toEqual([]);
});

test('with the scheduler up, the binding flies', async ({ page }) => {
  const podscope = await afterFirstPod(page);
  const binding = await page.evaluate(() =>
    window.podscope?.session.store.getState().trace.messages.find(({ label, level }) => level === 'story' && /bind/i.test(label)),
  );
  if (!binding) throw new Error('no story-level message binds');
  await podscope.seek((binding.at + binding.arrivesAt) / 2);
  await expect(page.locator(`[data-capsules] [data-message="${binding.id}"]`)).toHaveCount(1);
});

test('acting in the past asks once, then forks; the old branch stays as a ghost', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(nginx('first'));
  await podscope.applyAndWatch();
  await podscope.seek(10_000);
  await podscope.write(nginx('second'));
  await page.keyboard.press('ControlOrMeta+Enter');
  const question = page.getByRole('dialog');
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: '그냥 보기' }).click();
  await expect(question).toBeHidden();
  expect((await podscope.standing()).recipe.inputs).toHaveLength(1);
  await podscope.monaco.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByTestId('fork').click();
  await podscope.until('the run is forked', ({ recipe, hasGhost }) => recipe.inputs.length === 2 && hasGhost);
  const { recipe } = await podscope.standing();
  expect(recipe.inputs.map(({ at }) => at)).toEqual([0, 10_001]);
  await podscope.untilOver();
  await expect(podscope.pod('first')).toHaveAttribute('data-status', 'Running');
  await expect(podscope.pod('second')).toHaveAttribute('data-status', 'Running');
  // At the edge nothing is asked.
  await podscope.write(nginx('third'));
  await page.keyboard.press('ControlOrMeta+Enter');
  await podscope.until('the third is dated', (standing) => standing.recipe.inputs.length === 3);
  await expect(question).toBeHidden();
});

test('the keyboard alone: create, pause, step, go to both ends, apply', async ({ page }) => {
  const podscope = await openPage(page);
  await page.keyboard.press('Space');
  await podscope.until('it plays', ({ playing, recipe }) => playing && recipe.inputs.length === 1);
  await podscope.until('time passes', ({ t }) => t > 0);
  await page.keyboard.press('Space');
  await podscope.until('it is paused', ({ playing }) => !playing);
  const { t: paused } = await podscope.standing();
  await page.keyboard.press('ArrowRight');
  await podscope.until('it is further', ({ t }) => t > paused);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Home');
  await podscope.until('it is at the start', ({ t, step }) => t === 0 && step === 0);
  await page.keyboard.press('End');
  await podscope.until('it is at the edge', ({ t, edge }) => t === edge - 1);
  await page.keyboard.press('ControlOrMeta+Enter');
  await podscope.until('the second apply is dated', ({ recipe }) => recipe.inputs.length === 2);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a whole walk by Tab reaches the editor, the transport and the timeline, and leaves Monaco', async ({ page }) => {
  const podscope = await afterFirstPod(page);
  await expect(podscope.monaco.locator('.view-line').first()).toBeVisible();
  const reached = new Set<string>();
  await page.locator('body').press('Tab');
  for (let i = 0; i < 60; i += 1) {
    const where = await page.evaluate(() => {
      const element = document.activeElement;
      if (element?.closest('.monaco-editor')) return 'monaco';
      return element?.getAttribute('data-testid') ?? element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? '';
    });
    reached.add(where);
    // Inside Monaco Tab writes; its own key lets it out, as the hint below the editor says.
    if (where === 'monaco') await page.keyboard.press('Control+m');
    await page.keyboard.press('Tab');
  }
  for (const place of ['monaco', 'play', 'slider', 'apply', 'samples']) expect([...reached]).toContain(place);
});

test('reduced motion: nothing moves by itself but simulated time', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const podscope = await afterFirstPod(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const isMoving = (animationName !== 'none' && parseFloat(animationDuration) > 0.01) || parseFloat(transitionDuration) > 0.01;
      return isMoving && !element.closest('.monaco-editor') ? [`${element.tagName}.${element.getAttribute('class')}`] : [];
    }),
  );
  expect(moving).toEqual([]);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await podscope.until('one event further', ({ step }) => step > 0);
});
