// What is meant to exhaust the page is refused within a second with a sentence, and the page lives.
import { expect, type Page, test } from '@playwright/test';
import { nginx, openPage, type Podscope } from './pages/podscope.ts';
import { TerminalPage } from './pages/terminal.ts';

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
  // The editor has alerts of its own.
  const bug = page.getByRole('alert').filter({ hasText: '우리 쪽 버그' });
  await expect(bug).toContainText(/우리 쪽 버그/);
  await expect(bug.getByRole('link')).toHaveAttribute('href', /^#1/);
  await page.getByRole('button', { name: '처음부터 다시' }).click();
  await expect(bug).toBeHidden();
  await expect(page.locator('[data-part="apiserver"]')).toBeVisible();
});

/** A page with a terminal in which time passes fast. */
async function openTerminal(page: Page, objects = ''): Promise<TerminalPage> {
  const podscope = await openPage(page);
  await page.evaluate((given) => {
    const { session } = window.podscope ?? {};
    session?.open({
      podscope: 1,
      seed: 1,
      cluster: { preset: 'three-node', startAt: '2026-01-01T00:00:00Z', nodes: [], images: [] },
      ...(given === '' ? {} : { objects: given }),
      files: {},
      inputs: [],
    });
    session?.set({ isFirstVisit: false });
    session?.setPace(600);
  }, objects);
  await podscope.until('the cluster stands', ({ phase }) => phase === 'ready');
  const terminal = new TerminalPage(podscope);
  await terminal.show();
  return terminal;
}

test('slips at the terminal are answered as a shell answers them, and nothing typed is lost', async ({ page }) => {
  const terminal = await openTerminal(page);
  const { field, output } = terminal;
  await terminal.run('nosuchcommand --help', { says: 'bash: nosuchcommand: command not found', exit: 127 });
  await terminal.run('kubectl get pods --nosuch', { says: 'error: unknown flag: --nosuch', exit: 1 });
  await terminal.run('echo $((1/0))', { says: 'division by 0', exit: 1 });
  await terminal.run(')', { says: "bash: syntax error near unexpected token `)'", exit: 2 });
  await terminal.type('echo "never closed', /\n> $/);
  await field.press('Control+c');
  await terminal.shows('종료 코드 130');
  await terminal.run(`echo ${'x'.repeat(99_000)} | wc -c`, { says: '99001' });
  const long = `echo ${'x'.repeat(100_000)}`;
  await field.fill(long);
  await field.press('Enter');
  await expect(page.getByText('한 줄은 100,000자까지다.')).toBeVisible();
  await expect(field).toHaveValue(long);
  await field.fill('echo on');
  await field.press('Enter');
  await expect(output).toContainText('on');
});

test('a flood of text is cut with a sentence, and Ctrl-C ends it', async ({ page }) => {
  const terminal = await openTerminal(page);
  await terminal.enter('yes | cat');
  await expect(terminal.output).toContainText('마지막 2,000줄만 화면에 남긴다.');
  // The page answers meanwhile.
  await terminal.field.fill('typed meanwhile');
  await expect(terminal.field).toHaveValue('typed meanwhile');
  await page.getByRole('button', { name: '중단 (Ctrl+C)' }).click();
  await terminal.shows('종료 코드 130');
  await terminal.run('echo over', { says: 'over' });
});

test('a fork bomb fills its own terminal alone', async ({ page }) => {
  const terminal = await openTerminal(page);
  await terminal.run(':(){ :|:& };:', {});
  await expect(terminal.output).toContainText('fork: retry: Resource temporarily unavailable');
  const second = new TerminalPage(terminal.podscope, '2');
  await second.show();
  await second.run('kubectl get nodes -o name', { says: 'node/node2' });
});

test('rm -rf / in a container leaves the Pod running, and nothing in it to run', async ({ page }) => {
  const terminal = await openTerminal(page);
  await terminal.run('kubectl run box --image=busybox:1.28 -- sleep 100000', {});
  await terminal.run('kubectl get pods', { says: /box +1\/1 +Running/ });
  await terminal.run('kubectl exec box -- rm -rf /', { says: "rm: can't remove '/etc/hosts': Resource busy", exit: 1 });
  await terminal.run('kubectl exec box -- ls', { says: 'exec: "ls": executable file not found in $PATH', exit: 1 });
  await terminal.run('kubectl get pods', { says: /box +1\/1 +Running +0/ });
});

test('kubectl get of 10,000 Pods: all are counted, the last are shown, and the page says so', async ({ page }) => {
  const items = Array.from({ length: 10_000 }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${i}` },
    spec: { nodeName: 'elsewhere', containers: [{ name: 'c', image: 'nginx' }] },
  }));
  const terminal = await openTerminal(page, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await terminal.run('kubectl get pods | grep -c ^p', { says: '10000' });
  // The line itself is soon out of sight.
  await terminal.enter('kubectl get pods');
  await expect(terminal.output).toContainText(/p9999 +0\/1 +Pending/);
  await expect(terminal.output).toContainText('마지막 2,000줄만 화면에 남긴다.');
});
