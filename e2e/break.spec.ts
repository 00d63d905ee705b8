// Breaking things from the menu: what is seen on the stage afterwards. What happens in the cluster is tested in src/testing/scenarios.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, test } from '@playwright/test';
import { nginx, openPage, type Podscope } from './pages/podscope.ts';

const LIMITED = `${nginx('web')}    resources:\n      limits: {memory: 128Mi}\n    readinessProbe: {httpGet: {port: 80}, periodSeconds: 1, failureThreshold: 1}\n`;

/** A page on which this has been applied and the run played to its end. */
async function withPod(podscope: Podscope, manifest: string): Promise<void> {
  await podscope.openRecipe([{ at: 0, apply: manifest, file: 'web.yaml' }], 10_000);
  await podscope.setPace(600);
}

const menuOf = ({ page }: Podscope): Locator => page.getByRole('menu');
const item = (podscope: Podscope, name: string): Locator => menuOf(podscope).locator(`[data-break-item="${name}"]`);

/** Opens the menu of a part of the figure, does one thing, and plays the run to its end. */
async function breakOn(podscope: Podscope, part: Locator, name: string): Promise<void> {
  await part.click({ button: 'right' });
  await podscope.after(() => item(podscope, name).click());
  await expect(menuOf(podscope)).toBeHidden();
}

/** Opens the menu at its button, does one thing, and plays the run to its end. */
async function breakAround(podscope: Podscope, name: string): Promise<void> {
  await podscope.page.locator('[data-break]').click();
  await podscope.after(() => item(podscope, name).click());
}

const restarts = (podscope: Podscope) =>
  podscope.page.evaluate(() => {
    const { trace, step } = window.podscope?.session.store.getState() ?? {};
    const pod = trace?.row('/registry/pods/default/web', step ?? 0) as
      | { readonly status: { readonly podIP?: string; readonly containerStatuses?: readonly Record<string, unknown>[] } }
      | undefined;
    const { restartCount, ready, lastState } = pod?.status.containerStatuses?.[0] ?? {};
    return { podIP: pod?.status.podIP, restartCount, ready, lastState };
  });

test('a container: killed, it starts again in place; past its memory limit it is OOMKilled; hanging and failing it is not ready', async ({
  page,
}) => {
  const podscope = await openPage(page);
  await withPod(podscope, LIMITED);
  const container = podscope.container('web', 'nginx');
  const { podIP } = await restarts(podscope);

  await breakOn(podscope, container, 'kill');
  expect(await restarts(podscope)).toMatchObject({ podIP, restartCount: 1, ready: true, lastState: { terminated: { exitCode: 137 } } });

  await breakOn(podscope, container, 'memory');
  expect(await restarts(podscope)).toMatchObject({
    podIP,
    restartCount: 2,
    lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
  });
  expect(await podscope.lane('nginx')).toContain('OOMKilled');

  for (const [breaks, mends] of [
    ['fail', 'unfail'],
    ['hang', 'unhang'],
  ] as const) {
    await breakOn(podscope, container, breaks);
    await expect(podscope.pod('web')).toHaveAttribute('data-ready', '0/1');
    await breakOn(podscope, container, mends);
    await expect(podscope.pod('web')).toHaveAttribute('data-ready', '1/1');
  }
  const { recipe } = await podscope.standing();
  expect(recipe.inputs.flatMap((input) => ('fault' in input ? [input.fault.kind] : []))).toEqual([
    'kill-container',
    'memory',
    'app-fail',
    'app-heal',
    'app-hang',
    'app-heal',
  ]);
  // Every deed is a diamond that says what was done.
  const deeds = podscope.timeline.locator('[data-fault] title');
  await expect(deeds.first()).toHaveText(/web\/nginx 컨테이너의 프로세스를 죽였다/);
});

test('pause and the node: another sandbox; a node without power is drawn so, and can be powered on', async ({ page }) => {
  const podscope = await openPage(page);
  await withPod(podscope, nginx('web'));
  const { podIP } = await restarts(podscope);
  await breakOn(podscope, podscope.container('web', 'nginx'), 'killPause');
  const after = await restarts(podscope);
  expect(after).toMatchObject({ restartCount: 1, ready: true });
  expect(after.podIP).not.toBe(podIP);

  const node = page.locator('[data-node="node1"][data-select]');
  await breakAround(podscope, 'nodeDown');
  await expect(page.locator('[data-part="kubelet/node1"] [data-down]').first()).toBeVisible();
  await expect(node).toContainText('NotReady');
  await expect(node).toHaveAttribute('data-down', 'power');
  await breakAround(podscope, 'nodeUp');
  await expect(node).not.toHaveAttribute('data-down');
  await breakAround(podscope, 'kubeletDown');
  await expect(page.locator('[data-part="kubelet/node1"] [data-down]').first()).toBeVisible();
  await expect(page.locator('[data-part="runtime/node1"] [data-down]')).toHaveCount(0);
  await breakAround(podscope, 'kubeletUp');
  await expect(page.locator('[data-part="kubelet/node1"] [data-down]')).toHaveCount(0);
});

test('the cluster: without a scheduler nothing is bound, without a registry nothing is pulled, and too large a request waits', async ({
  page,
}) => {
  const podscope = await openPage(page);
  await podscope.openRecipe([], 0);
  await podscope.setPace(600);
  const apply = async (manifest: string): Promise<void> => {
    await podscope.after(() => page.evaluate((text) => window.podscope?.session.act({ apply: text, file: 'pod.yaml' }), manifest));
  };
  const bindings = () =>
    page.evaluate(() => window.podscope?.session.store.getState().trace.messages.filter(({ label }) => /bind/i.test(label)).length ?? -1);
  await breakAround(podscope, 'schedulerDown');
  await expect(page.locator('[data-part="scheduler"] [data-down]').first()).toBeVisible();
  await apply(nginx('web'));
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Pending');
  expect(await bindings()).toBe(0);
  await breakAround(podscope, 'schedulerUp');
  await expect(podscope.pod('web')).toHaveAttribute('data-status', 'Running');
  expect(await bindings()).toBeGreaterThan(0);

  await breakAround(podscope, 'registryDown');
  await expect(page.locator('[data-part="runtime/node1"]')).toContainText(/레지스트리/);
  await apply(nginx('other').replace('nginx:1.14', 'redis:7'));
  await expect(podscope.pod('other')).toHaveAttribute('data-status', /ErrImagePull|ImagePullBackOff/);
  await breakAround(podscope, 'registryUp');
  await apply(`${nginx('large')}    resources: {requests: {memory: 1000Gi}}\n`);
  await expect(podscope.pod('large')).toHaveAttribute('data-status', 'Pending');
  await expect(podscope.pod('other')).toHaveAttribute('data-status', 'Running');
});

test('by keyboard alone: X, arrows, Enter, Escape; Shift+F10 on a Pod of the tree; in the past it asks; no finding of axe', async ({
  page,
}) => {
  const podscope = await openPage(page);
  await withPod(podscope, LIMITED);
  await page.keyboard.press('x');
  await expect(item(podscope, 'kill')).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await expect(item(podscope, 'registryDown')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(item(podscope, 'hang')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menuOf(podscope)).toBeHidden();

  const pod = page.locator('[role="treeitem"][data-object="/registry/pods/default/web"]');
  await page.keyboard.press('o');
  await page.keyboard.type('web');
  await expect(pod).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await expect(item(podscope, 'kill')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(pod).toBeFocused();

  await podscope.seek(5000);
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('fork')).toBeFocused();
  await page.keyboard.press('Enter');
  await podscope.untilOver();
  expect(await restarts(podscope)).toMatchObject({ restartCount: 1 });
  const last = (await podscope.standing()).recipe.inputs.at(-1);
  expect(last).toMatchObject({ fault: { kind: 'kill-container', pod: 'web', container: 'nginx' } });
  expect(last?.at).toBeLessThan(5010);
});
