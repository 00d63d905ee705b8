// One cursor: what is selected in one place is marked in all the others, by mouse and by keyboard; a link opens with it.
import { expect, type Page, test } from '@playwright/test';
import { openPage, type Podscope } from './pages/podscope.ts';

const MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  containers:
  - name: api
    image: nginx:1.14
  - name: helper
    image: busybox:1.28
    command: [sh, -c, "echo up; sleep 4; exit 1"]
`;
const SHOP = '/registry/pods/default/shop';

interface Marks {
  readonly selection: string | undefined;
  readonly lane: string | null;
  readonly stage: string | null;
  readonly editor: string | null;
  readonly terminal: string | null;
}

/** What is marked as selected, place by place. */
const marksOf = (page: Page): Promise<Marks> =>
  page.evaluate(() => {
    const first = (selector: string, attribute: string) => document.querySelector(selector)?.getAttribute(attribute) ?? null;
    return {
      selection: window.podscope?.session.store.getState().selection,
      lane: first('[data-lane][data-selected]', 'data-lane'),
      stage: first('main :is([data-container], [data-node])[data-selected]', 'data-select'),
      editor: first('[data-testid="monaco"]', 'data-selected'),
      terminal: first('[data-names][data-selected]', 'data-names'),
    };
  });

/** A container is selected, here and everywhere. */
const isMarked = (page: Page, name: string): Promise<void> => {
  const key = `${SHOP}/${name}`;
  return expect.poll(() => marksOf(page)).toEqual({ selection: key, lane: name, stage: key, editor: key, terminal: key });
};

const pickedRecord = (page: Page) =>
  page.evaluate(() => {
    const { picked, trace } = window.podscope?.session.store.getState() ?? {};
    const record = picked === undefined ? undefined : trace?.record(picked);
    return record && { type: record.type, what: record.type === 'row' ? record.key : record.type === 'note' ? record.name : '' };
  });

async function watched(page: Page): Promise<Podscope> {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(MANIFEST);
  await podscope.applyAndWatch();
  await page.getByRole('tab', { name: '터미널 1' }).click();
  const field = page.getByTestId('terminal-1');
  for (const line of ['kubectl logs shop -c api', 'kubectl logs shop -c helper', 'kubectl get events']) {
    await field.fill(line);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  }
  await podscope.untilOver();
  return podscope;
}

test('each place selects, and every other place marks it; a link opens with it', async ({ page, browser }) => {
  const podscope = await watched(page);
  const output = page.getByTestId('terminal-1-output');
  const bar = (lane: string, word: string) => podscope.timeline.locator(`[data-lane="${lane}"] [data-segment="${word}"]`).last();

  // Near its end: earlier, the terminal would be empty.
  const box = await bar('api', 'Running').boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 6, (box?.y ?? 0) + 7);
  await isMarked(page, 'api');
  expect(await pickedRecord(page)).toMatchObject({ type: 'row', what: SHOP });
  await expect(bar('api', 'Running')).toHaveAttribute('data-picked', 'true');
  await page.keyboard.press('End');

  await page.getByRole('button', { name: 'shop 파드의 helper 컨테이너' }).click();
  await isMarked(page, 'helper');
  expect(await pickedRecord(page)).toBeUndefined();

  await podscope.container('shop', 'api').click();
  await isMarked(page, 'api');
  await page.locator('[data-footprint]').last().click();
  expect(await pickedRecord(page)).toMatchObject({ type: 'message' });

  await output.getByRole('button', { name: 'helper', exact: true }).first().click();
  await isMarked(page, 'helper');
  await podscope.monaco.locator('.view-line').filter({ hasText: 'nginx:1.14' }).click();
  await isMarked(page, 'api');
  await page.locator('[data-glyph="helper"]').click();
  await isMarked(page, 'helper');

  await output.getByRole('button', { name: 'BackOff' }).first().click();
  await isMarked(page, 'helper');
  expect(await pickedRecord(page)).toMatchObject({ type: 'row', what: expect.stringContaining('/events/') });

  const inspector = page.getByTestId('inspector');
  await inspector.getByRole('tab', { name: '이벤트' }).click();
  await expect(inspector.getByTestId('inspected-events').locator('[aria-pressed="true"]')).toContainText('BackOff');
  await inspector.getByRole('button', { name: /^api/ }).click();
  await isMarked(page, 'api');
  await inspector.getByRole('button', { name: /^helper/ }).click();
  await inspector.getByRole('tab', { name: '로그' }).click();
  await inspector.getByTestId('logs').getByRole('button', { name: 'up' }).first().click();
  await isMarked(page, 'helper');
  expect(await pickedRecord(page)).toMatchObject({ type: 'log' });

  await page.locator('#tab-pod').click();
  await page.locator('section[data-container="api"] h4').click();
  await isMarked(page, 'api');
  await page.locator('[data-condition="Ready"] button').click();
  await expect(page.locator('[data-condition="Ready"]')).toHaveAttribute('data-picked', 'true');
  await page.locator('#tab-states').click();
  await page.locator('figure[data-container="helper"] h3').click();
  await isMarked(page, 'helper');
  await page.locator('#tab-scheduler').click();
  await page.locator('tr[data-node="node2"] th button').click();
  await expect(page.locator('tr[data-node="node2"]')).toHaveAttribute('data-selected', 'true');
  await page.locator('#tab-cluster').click();
  await expect(page.locator('svg [data-node="node2"]')).toHaveAttribute('data-selected', 'true');

  await podscope.container('shop', 'helper').click();
  await page.getByRole('button', { name: '공유' }).click();
  const link = await page.getByTestId('link').inputValue();
  const elsewhere = await browser.newContext({ locale: 'ko-KR' });
  const other = await openPage(await elsewhere.newPage(), link.slice(link.indexOf('#')));
  await other.until('it is opened', ({ phase, recipe }) => phase === 'ready' && recipe.inputs.length > 0);
  await expect(other.monaco).toHaveAttribute('data-selected', `${SHOP}/helper`);
  expect(await marksOf(other.page)).toMatchObject({ selection: `${SHOP}/helper`, lane: 'helper', stage: `${SHOP}/helper` });
  await elsewhere.close();
});

test('by keyboard alone; Escape selects nothing', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.setPace(600);
  await page.keyboard.press('Space');
  await podscope.setPace(600);
  await podscope.untilOver();
  await expect(podscope.monaco.locator('.view-line').first()).toBeVisible();
  const web = '/registry/pods/default/web';
  const focused = (attribute: string) => page.evaluate((name) => document.activeElement?.getAttribute(name) ?? '', attribute);
  const walkTo = (key: string, selection: string): Promise<void> =>
    expect
      .poll(async () => {
        if ((await focused('data-object')) !== selection) await page.keyboard.press(key);
        return focused('data-object');
      })
      .toBe(selection);
  // The tree of objects stands for what the map shows.
  await page.keyboard.press('o');
  await walkTo('ArrowDown', web);
  await page.keyboard.press('Enter');
  expect(await marksOf(page)).toMatchObject({ selection: web, lane: 'STATUS', editor: web });
  await walkTo('ArrowRight', `${web}/nginx`);
  await page.keyboard.press('Space');
  expect(await marksOf(page)).toMatchObject({ selection: `${web}/nginx`, lane: 'nginx', stage: `${web}/nginx`, editor: `${web}/nginx` });
  // The names of the lanes are one stop, at the selected lane.
  await podscope.timeline.focus();
  await page.keyboard.press('Tab');
  expect(await focused('data-select')).toBe(`${web}/nginx`);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await marksOf(page)).toMatchObject({ selection: web, lane: 'STATUS' });
  await page.keyboard.press('e');
  for (let line = 1; line < 10; line += 1) await page.keyboard.press('ArrowDown');
  await expect.poll(() => marksOf(page)).toMatchObject({ selection: `${web}/nginx`, lane: 'nginx' });
  await podscope.timeline.focus();
  await page.keyboard.press('Escape');
  expect(await marksOf(page)).toEqual({ selection: undefined, lane: null, stage: null, editor: null, terminal: null });
});
