// The learner's terminal: lines and keys as in a shell, the past at a past playhead, nothing typed is lost.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { openPage, type Podscope } from './pages/podscope.ts';

/** With the ends of lines, which the content of the elements does not have. */
const INNER = { useInnerText: true };

interface Opened {
  readonly podscope: Podscope;
  readonly field: Locator;
  readonly output: Locator;
  readonly enter: (line: string) => Promise<void>;
}

/** The Pod web runs, and terminal 1 is open. */
async function openTerminal(page: Page): Promise<Opened> {
  const podscope = await openPage(page);
  await page.getByTestId('create-one').click();
  await podscope.setPace(600);
  await podscope.untilOver();
  await page.getByRole('tab', { name: '터미널 1' }).click();
  const field = page.getByTestId('terminal-1');
  await expect(field).toBeFocused();
  const enter = async (line: string): Promise<void> => {
    await field.fill(line);
    await field.press('Enter');
    await expect(field).toHaveValue('');
  };
  return { podscope, field, output: page.getByTestId('terminal-1-output'), enter };
}

test('lines, a watch ended with Ctrl-C, a pipe, a shell in a container, and its end', async ({ page }) => {
  const { field, output, enter } = await openTerminal(page);
  await enter('kubectl get pods -w');
  await expect(output).toContainText(/NAME +READY +STATUS +RESTARTS +AGE\nweb +1\/1 +Running/, INNER);
  await field.press('Control+c');
  await expect(output).toContainText('종료 코드 130');
  await enter('kubectl get pods | grep -c web');
  await expect(output).toContainText(/grep -c web\n1/, INNER);
  await enter('kubectl exec -it web -- sh');
  await enter('hostname');
  await expect(output).toContainText(/# hostname\nweb\n/, INNER);
  await enter('exit');
  await enter('pwd');
  await expect(output).toContainText('/root');
  await field.press('ArrowUp');
  await field.press('ArrowUp');
  await expect(field).toHaveValue('exit');
});

test('a slip is answered as a shell would, with a hint beside', async ({ page }) => {
  const { output, enter } = await openTerminal(page);
  await enter('kebectl get pods');
  await expect(output).toContainText('bash: kebectl: command not found');
  await expect(output).toContainText('명령의 철자는 kubectl이다.');
});

test('a name of a Pod is a link to it', async ({ page }) => {
  const { output, enter } = await openTerminal(page);
  await enter('kubectl get pods');
  await output.getByRole('button', { name: 'web' }).click();
  expect(await page.evaluate(() => window.podscope?.session.store.getState().selection)).toBe('/registry/pods/default/web');
});

test('in the past it shows the past; who decides against a fork keeps the line', async ({ page }) => {
  const { podscope, field, output, enter } = await openTerminal(page);
  await enter('echo later');
  await expect(output).toContainText('later');
  await podscope.seek(5000);
  await expect(output).not.toContainText('later');
  await field.fill('echo kept');
  await field.press('Enter');
  await expect(page.getByTestId('fork')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('echo kept');
  await field.press('Enter');
  await page.getByTestId('fork').click();
  await expect(output).toContainText('$ echo kept');
  await expect(field).toHaveValue('');
});

test('Hangul: Enter while a syllable is composed enters nothing', async ({ page }) => {
  const { podscope, field, output } = await openTerminal(page);
  await field.pressSequentially('echo ');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', { text: '파드', selectionStart: 2, selectionEnd: 2 });
  await field.evaluate((element) =>
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })),
  );
  expect((await podscope.standing()).recipe.inputs).toHaveLength(1);
  await devtools.send('Input.insertText', { text: '파드' });
  await expect(field).toHaveValue('echo 파드');
  await field.press('Enter');
  await expect(output).toContainText(/\$ echo 파드\n파드/, INNER);
});

test('Tab completes as in bash, and never holds the keyboard', async ({ page }) => {
  const { podscope, field } = await openTerminal(page);
  const [first] = (await podscope.standing()).recipe.inputs;
  const file = first && 'file' in first ? first.file : '';
  const offers = page.getByTestId('offers');
  const tab = async (line: string, after: string): Promise<void> => {
    await field.fill(line);
    await field.press('Tab');
    await expect(field).toHaveValue(after);
    await expect(field).toBeFocused();
  };
  await tab('kubectl des', 'kubectl describe ');
  await tab('kubectl describe po', 'kubectl describe pod');
  await field.press('Tab');
  await expect(offers).toHaveText(/pods.*podtemplates/);
  await field.press('Tab');
  await expect(field).not.toBeFocused();
  await field.focus();
  await tab('kubectl describe pods w', 'kubectl describe pods web ');
  await tab('kubectl logs web -c n', 'kubectl logs web -c nginx ');
  await tab('kubectl get pods -o ya', 'kubectl get pods -o yaml ');
  await tab('kubectl get pods --show-l', 'kubectl get pods --show-labels ');
  await tab('kubectl delete -f ', `kubectl delete -f ${file} `);
  await tab('ssh node', 'ssh node');
  await field.press('Tab');
  await expect(offers).toHaveText('node1node2');
  await field.press('Escape');
  await field.press('Tab');
  await expect(field).not.toBeFocused();
  // Nothing fits, and nothing stands there: Tab moves on.
  for (const line of ['kubectl nosuch x', '']) {
    await field.fill(line);
    await field.press('Tab');
    await expect(field).not.toBeFocused();
    await expect(field).toHaveValue(line);
    await field.focus();
  }
  await page.keyboard.press('Shift+Tab');
  await expect(field).not.toBeFocused();
});

test('pasted lines are entered one after another; what has no end stays in the field', async ({ page }) => {
  const { field, output } = await openTerminal(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('echo one\nsleep 2\n\necho two\nkubectl get po'));
  await field.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(field).toHaveValue('kubectl get po');
  await expect(output).toContainText(/\$ echo one\none\n\$ sleep 2\n\$ echo two\ntwo/, INNER);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in a used terminal, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { output, enter } = await openTerminal(page);
    await enter('kubectl get pods; kubectl desribe pod web');
    await expect(output).toContainText('Did you mean this?');
    await enter('kubectl get pods -w');
    await expect(page.getByRole('button', { name: '중단 (Ctrl+C)' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  });
}
