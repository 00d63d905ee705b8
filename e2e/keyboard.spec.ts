// The whole first walk without a mouse: every step by keys, the focus always seen and never lost.
import { expect, type Page, test } from '@playwright/test';
import { openPage, type Podscope } from './pages/podscope.ts';

/** Where the focus is: what it is called, and whether it can be seen. */
interface Focus {
  readonly name: string;
  readonly role: string;
  readonly id: string;
  readonly isSeen: boolean;
}

/** What has the focus. It can be seen where it, or the box that it stands in, has an outline. */
async function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: 'nothing', role: '', id: '', isSeen: false };
    const marks = (at: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    };
    const monaco = element.closest('[data-testid="monaco"]');
    const around = monaco ? getComputedStyle(monaco, '::after').borderTopWidth === '2px' : false;
    const box = element.getBoundingClientRect();
    const isInSight = box.width > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const owners = [element, element.parentElement, element.parentElement?.parentElement].filter((each) => each instanceof Element);
    // A mark of a figure is drawn with a heavier line.
    const lines = element instanceof SVGElement ? [...element.querySelectorAll('rect')] : [];
    const isHeavy = lines.some((line) => parseFloat(getComputedStyle(line).strokeWidth) >= 2 || marks(line));
    return {
      name: element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 60) ?? '',
      role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
      id: monaco ? 'monaco' : (element.getAttribute('data-testid') ?? element.id),
      isSeen: around || (isInSight && (isHeavy || owners.some(marks))),
    };
  });
}

/** Tab, until what has the focus is what is looked for; each stop on the way must be seen. */
async function tabTo(page: Page, what: string, isIt: (focus: Focus) => boolean, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press(key);
    const focus = await focusOf(page);
    passed.push(`${focus.role} ${focus.name}`);
    // Between the last stop and the first, the focus is the browser's own.
    if (focus.name !== 'nothing') expect(focus, `${focus.role} "${focus.name}" is seen`).toHaveProperty('isSeen', true);
    if (isIt(focus)) return;
    if (focus.id === 'monaco') await page.keyboard.press('Control+m');
  }
  throw new Error(`Tab does not reach ${what}, but: ${passed.join(' | ')}`);
}

const focused = (page: Page, is: (focus: Focus) => boolean, what: string): Promise<void> =>
  expect.poll(async () => is(await focusOf(page)), what).toBe(true);

/** The first Pod, made by Tab and Enter. */
async function createByKeys(page: Page): Promise<Podscope> {
  const podscope = await openPage(page);
  await tabTo(page, 'the button', ({ id }) => id === 'create-one');
  await page.keyboard.press('Enter');
  await podscope.until('it plays', ({ playing }) => playing);
  return podscope;
}

test('from the first Tab to a shared link, without a mouse', async ({ page }) => {
  const podscope = await createByKeys(page);
  await focused(page, ({ id }) => id === 'play', 'who has created goes on to play');

  // Play and pause, back and forth.
  await page.keyboard.press('Space');
  await podscope.until('it is paused', ({ playing }) => !playing);
  await podscope.setPace(600);
  await page.keyboard.press('Space');
  await podscope.untilOver();
  await focused(page, ({ id }) => id === 'play', 'the focus stays on play');
  const { t: over } = await podscope.standing();
  await page.keyboard.press('ArrowLeft');
  await podscope.until('it is an event back', ({ t }) => t < over);
  const live = page.getByTestId('live');
  await expect(live).toHaveText(/^t [\d.]+초\. .+\.$/);
  const told = await live.textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(live).not.toHaveText(told ?? '');
  await page.keyboard.press('End');

  // The slider: one event a key, told with its number.
  await tabTo(page, 'the timeline', ({ role }) => role === 'slider');
  const slider = page.locator(':focus');
  await expect(slider).toHaveAttribute('aria-valuetext', /^[\d.]+초, 사건 (\d+) \/ \1\. .+/);
  const count = Number(await slider.getAttribute('aria-valuemax'));
  // After the last event the first press leads back to its moment, the next to the event before.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuenow', String(count - 1));
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');

  // Another figure, and back.
  await tabTo(page, 'the tab of the Pod', ({ role, name }) => role === 'tab' && name.startsWith('파드'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { selected: true }).filter({ hasText: '파드' })).toBeVisible();
  await page.keyboard.press('1');

  // Into Monaco, write, and out again.
  await page.keyboard.press('e');
  await focused(page, ({ id }) => id === 'monaco', 'E leads to the manifest');
  await expect(page.getByText('Ctrl+M')).toBeVisible();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# mine');
  await podscope.until('it is written', ({ draft }) => draft.endsWith('# mine'));
  await page.keyboard.press('Control+m');
  await page.keyboard.press('Shift+Tab');
  await focused(page, ({ id }) => id === 'apply', 'out of Monaco, backwards');

  // The terminal, and out again.
  await page.keyboard.press('`');
  await focused(page, ({ id }) => id === 'terminal-1', 'to the terminal');
  await page.keyboard.type('kubectl get pods');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('terminal-1-output')).toContainText('Running');
  await page.keyboard.press('Shift+Tab');
  await focused(page, ({ id }) => id !== 'terminal-1', 'out of the terminal');

  // The share dialog gives the focus back.
  const before = await focusOf(page);
  await page.keyboard.press('Control+s');
  await expect(page.getByTestId('link')).toBeVisible();
  await page.keyboard.press('Escape');
  await focused(page, ({ name }) => name === before.name, 'back from the dialog');
});

test('the first Tab offers ways, a summary, and a tree in which things are selected', async ({ page }) => {
  const podscope = await createByKeys(page);
  await podscope.setPace(600);
  await podscope.untilOver();
  await tabTo(page, 'the ways', ({ name }) => name === '화면 요약');
  await expect(page.getByTestId('skip')).toBeInViewport();
  await page.keyboard.press('Enter');
  const summary = page.getByTestId('summary');
  await expect(summary).toBeFocused();
  await expect(summary.getByRole('heading')).toHaveText(['화면 요약', '무대', '다룰 수 있는 것', '지금', '다음에 할 수 있는 일']);
  await expect(summary).toContainText('web, 파드, Running, 준비 1/1');

  await page.keyboard.press('o');
  const tree = page.getByRole('tree');
  await expect(tree.getByRole('treeitem', { name: /^control-plane/ })).toBeFocused();
  await page.keyboard.type('web');
  const web = tree.getByRole('treeitem', { name: /^web, 파드, Running, 준비 1\/1, node\d 노드$/ });
  await expect(web).toBeFocused();
  await expect(web).toBeInViewport();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(tree.getByRole('treeitem', { name: /^nginx, 컨테이너, Running/ })).toHaveAttribute('aria-selected', 'true');
  expect(await page.evaluate(() => window.podscope?.session.store.getState().selection)).toBe('/registry/pods/default/web/nginx');
  await page.keyboard.press('ArrowLeft');
  await expect(web).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(web).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Home');
  await page.keyboard.press('Escape');
  await focused(page, ({ role }) => role === 'tab', 'Esc leads to the figure');

  // Why? leads to the question; a link of the answer to its moment, and the focus stays in the answer.
  await page.keyboard.press('w');
  await expect(page.locator('#why-question')).toBeFocused();
  const { t: asked } = await podscope.standing();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await podscope.until('it is at an earlier moment', ({ t }) => t < asked);
  await expect(page.locator('aside :focus')).toHaveCount(1);
});

test('the list of events leads to a moment; acting there asks, and the answer loses nothing', async ({ page }) => {
  const podscope = await createByKeys(page);
  await podscope.setPace(600);
  await podscope.untilOver();
  await page.keyboard.press('v');
  const list = page.getByTestId('events').getByRole('button');
  await expect(list.last()).toBeFocused();
  const count = await list.count();
  expect(count).toBeGreaterThan(10);
  await expect(list.last()).toHaveAttribute('aria-current', 'step');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowUp');
  const chosen = await list.nth(count - 5).textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(chosen).toContain(await podscope.caption.textContent());
  await focused(page, ({ id }) => id === 'play', 'the focus is where it was');

  await tabTo(page, 'apply', ({ id }) => id === 'apply', 'Shift+Tab');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog');
  await expect(page.getByTestId('fork')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await focused(page, ({ id }) => id === 'apply', 'back from the question');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await podscope.until('the run is forked', ({ recipe, hasGhost }) => recipe.inputs.length === 2 && hasGhost);
  await focused(page, ({ id }) => id === 'apply', 'the fork takes the focus from nobody');
});

test('the left column is parted by keys, and stays so', async ({ page }) => {
  const podscope = await createByKeys(page);
  const width = page.getByRole('separator', { name: /너비/ });
  const height = page.getByRole('separator', { name: /높이/ });
  const was = { width: await width.getAttribute('aria-valuenow'), x: (await width.boundingBox())?.x ?? 0 };
  await tabTo(page, 'the separator', ({ name }) => name.includes('너비'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(width).toHaveAttribute('aria-valuenow', String(Number(was.width) + 4));
  expect((await width.boundingBox())?.x ?? 0).toBeGreaterThan(was.x + 40);
  await height.focus();
  await page.keyboard.press('End');
  await expect(height).toHaveAttribute('aria-valuenow', '85');
  await page.reload();
  await expect(width).toHaveAttribute('aria-valuenow', String(Number(was.width) + 4));
  await expect(height).toHaveAttribute('aria-valuenow', '85');
  await width.focus();
  await page.keyboard.press('Enter');
  await expect(width).toHaveAttribute('aria-valuenow', was.width ?? '');
  expect((await podscope.standing()).playing).toBe(false);
});
