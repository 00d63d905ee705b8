// Every seed manifest in the real editor: its end is read from the stage and the timeline.
import { expect, test } from '@playwright/test';
import { openPage, sample } from './pages/podscope.ts';

for (const [file, pod, containers] of [
  ['s001_0', 'kubia-manual', ['kubia']],
  ['s001_1', 'kubia-manual-v2', ['kubia']],
  ['s002_0', 'mypod', ['nginx-container']],
  ['s002_2', 'mypod', ['nginx-container']],
  ['s002_5', 'mypod', ['nginx-container']],
  ['s004_0', 'my-nginx-pod', ['my-nginx-container']],
  ['s004_1', 'my-nginx-pod', ['my-nginx-container', 'ubuntu-sidecar-container']],
] as const) {
  test(`${file}: ${pod} runs`, async ({ page }) => {
    const podscope = await openPage(page);
    await podscope.openEditor();
    await podscope.write(sample(file));
    await podscope.applyAndWatch();
    await expect(podscope.answer).toContainText(`pod/${pod} created`);
    await expect(podscope.pod(pod)).toHaveAttribute('data-status', 'Running');
    await expect(podscope.pod(pod)).toHaveAttribute('data-phase', 'Running');
    await expect(podscope.pod(pod)).toHaveAttribute('data-ready', `${containers.length}/${containers.length}`);
    expect((await podscope.lane('STATUS')).at(-1)).toBe('Running');
    expect(await podscope.lane('STATUS')).toContain('ContainerCreating');
    for (const name of containers) {
      await expect(podscope.container(pod, name)).toHaveAttribute('data-state', 'Running');
      expect((await podscope.lane(name)).at(-1)).toBe('Running');
    }
  });
}

test('s002_1: nginx runs beside centos, which ends again and again', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(sample('s002_1'));
  await podscope.applyAndWatch();
  await expect(podscope.pod('multipod')).toHaveAttribute('data-status', /^(NotReady|CrashLoopBackOff)$/);
  expect(await podscope.lane('STATUS')).toContain('CrashLoopBackOff');
  // STATUS, phase and the containers' states are three things.
  await expect(podscope.pod('multipod')).toHaveAttribute('data-phase', 'Running');
  await expect(podscope.pod('multipod')).toHaveAttribute('data-ready', '1/2');
  await expect(podscope.container('multipod', 'nginx-container')).toHaveAttribute('data-state', 'Running');
  await expect(podscope.container('multipod', 'centos-container')).toHaveAttribute('data-state', /^(Completed|CrashLoopBackOff)$/);
  expect(await podscope.lane('centos-container')).toContain('CrashLoopBackOff');
  expect(await podscope.lane('nginx-container')).not.toContain('CrashLoopBackOff');
});

test('s003_1: echo-lp fails its liveness probe and restarts', async ({ page }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(sample('s003_1'));
  await podscope.applyAndWatch();
  await expect(podscope.pod('echo-lp')).toHaveAttribute('data-status', /^(Running|CrashLoopBackOff)$/);
  await expect(podscope.container('echo-lp', 'app')).toHaveAttribute('data-restarts', /^[34]$/);
  const failed = podscope.timeline.locator('[data-lane="app"] [data-probe="liveness"][data-ok="false"]');
  expect(await failed.count()).toBeGreaterThanOrEqual(3);
});

for (const [file, text, line] of [
  ['s002_3', 'The Pod "mypod" is invalid: spec.initContainers[0].name: Invalid value: "init-myService": a lowercase RFC 1123 label', 12],
  ['s002_4', 'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].resource"', 11],
  ['s003_0', 'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "metadata.app"', 6],
] as const) {
  test(`${file} is refused in the real words, marked on its line, and nothing is applied`, async ({ page }) => {
    const podscope = await openPage(page);
    await podscope.openEditor();
    await podscope.write(sample(file));
    await expect(podscope.problems.getByRole('button')).toHaveText(new RegExp(`\\b${line}\\b`));
    await expect(podscope.monaco.locator('.squiggly-error').first()).toBeVisible();
    await podscope.applyAndWatch();
    await expect(podscope.answer).toContainText(text);
    await expect(page.locator('svg [data-pod][data-status]')).toHaveCount(0);
  });
}
