// What is meant to exhaust the page is refused within a second with a sentence, and the page lives.
import { expect, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope } from './pages/podscope.ts';

/** What one may wait for an answer, from the press of the key to the text on the page. */
const ANSWER_MS = 1000;

const deep = `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`;
const aliases = `a: &a [x]\n${Array.from({ length: 1000 }, (_, i) => `b${i}: *a`).join('\n')}\n`;
const laughs = Array.from(
  { length: 12 },
  (_, i) =>
    `l${i}: &l${i} [${Array(9)
      .fill(i === 0 ? 'lol' : `*l${i - 1}`)
      .join(', ')}]`,
).join('\n');

/** Applies a text that would take a person long to paste; answers how long the page took to say something. */
async function applyText(podscope: Podscope, text: string): Promise<number> {
  await podscope.until('the simulation is there', ({ phase }) => phase === 'ready');
  await podscope.setPace(600);
  return podscope.page.evaluate(async (given) => {
    const { session } = window.podscope ?? {};
    if (!session) throw new Error('the page has no session');
    const started = performance.now();
    session.act({ apply: given, file: 'bad.yaml' });
    await new Promise<void>((resolve) => {
      const stop = session.store.subscribe(({ trace }) => {
        if (!trace.notes.some(({ name }) => name === 'command-ended')) return;
        stop();
        resolve();
      });
    });
    return performance.now() - started;
  }, text);
}

async function isAlive(page: Page, podscope: Podscope): Promise<void> {
  await podscope.untilOver();
  await page.evaluate((text) => window.podscope?.session.act({ apply: text, file: 'web.yaml' }), nginx('alive'));
  await podscope.until('it goes on', ({ recipe }) => recipe.inputs.length === 2);
  await podscope.untilOver();
  await expect(podscope.pod('alive')).toHaveAttribute('data-status', 'Running');
}

for (const [what, text, limit] of [
  ['10 MB', `a: ${'x'.repeat(10_000_000)}\n`, 'is larger than 1048576 bytes'],
  ['10 MB of lines', 'a: 1\n'.repeat(2_000_000), 'is larger than 1048576 bytes'],
  ['a thousand aliases', aliases, 'has more than 100 aliases'],
  ['a billion laughs', laughs, 'has more than 100 aliases'],
  ['10,000 levels', deep, 'nests deeper than 500 levels'],
] as const) {
  test(`${what}: refused within a second with a sentence that says the limit, and the page lives`, async ({ page }) => {
    const podscope = await openPage(page);
    await podscope.openEditor();
    const took = await applyText(podscope, text);
    await expect(podscope.answer).toContainText(limit);
    const exit = await page.evaluate(
      () => window.podscope?.session.store.getState().trace.notes.find(({ name }) => name === 'command-ended')?.data,
    );
    expect(exit).toMatchObject({ exit: 1 });
    expect(took).toBeLessThan(ANSWER_MS);
    await isAlive(page, podscope);
  });
}

test('10 MB pasted into the editor: the page answers', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await page.evaluate(() => window.podscope?.setEditorText(`a: ${'x\n  '.repeat(2_500_000)}`));
  await page.evaluate((text) => window.podscope?.setEditorText(text), nginx('web'));
  await podscope.applyAndWatch();
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Running');
});

test('a process that loops for ever is parked as busy, and the page lives', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  const manifest = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: busy\nspec:\n  containers:\n  - name: c\n    image: busybox:1.28\n    command: [sh, -c, "while true; do :; done"]\n`;
  await podscope.write(manifest);
  await podscope.applyAndWatch();
  await expect(podscope.pod('busy')).toHaveAttribute('data-status', 'Running');
  await page.keyboard.press('Escape');
  await podscope.seek(1000);
  await expect(podscope.pod('busy')).toHaveAttribute('data-status', 'ContainerCreating');
});

test('a manifest is shown as text, never as markup', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "<img src=x onerror=alert(1)>"\nspec:\n  containers:\n  - name: c\n    image: a\n',
  );
  await podscope.applyAndWatch();
  await expect(podscope.answer).toContainText('<img src=x onerror=alert(1)>');
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});

test('what goes wrong on the page itself is shown as our bug, with a link, and one can start over', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openRecipe([{ at: 0, run: 'kubectl run web --image=nginx:1.14', terminal: 'main' }], 5000);
  await expect(page.locator('[data-part="apiserver"]')).toBeVisible();
  await page.evaluate(() => {
    const { session } = window.podscope ?? {};
    const { trace } = session?.store.getState() ?? {};
    // A trace that cannot be read: whatever draws it throws.
    if (trace) session?.store.setState({ trace: { ...trace, rowsUnder: () => JSON.parse('no such thing') }, version: -1 });
  });
  await expect(page.getByRole('alert')).toContainText(/우리 쪽 버그/);
  await expect(page.getByRole('alert').getByRole('link')).toHaveAttribute('href', /^#1/);
  await page.getByRole('button', { name: '처음부터 다시' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(page.locator('[data-part="apiserver"]')).toBeVisible();
});
