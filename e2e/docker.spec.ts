// Docker and Pod side by side: the same two containers twice, the same command on both sides, and what a person can do with both.
import { expect, type Page, test } from '@playwright/test';
import { openPage, type Podscope } from './pages/podscope.ts';

/** The figure, with nothing done yet. */
async function openFigure(page: Page): Promise<Podscope> {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await page.getByRole('tab', { name: 'Docker와 파드' }).click();
  await podscope.setPace(600);
  return podscope;
}

const answer = (page: Page, side: 'docker' | 'pod' | 'api') => page.locator(`[data-answer="${side}"]`);

test('one button, then the same question on both sides and two answers', async ({ page }) => {
  const podscope = await openFigure(page);
  await page.getByTestId('try-two').click();
  await page.getByRole('button', { name: '1 curl localhost' }).click();
  await expect(answer(page, 'docker')).toContainText(
    "curl: (7) Failed to connect to localhost port 80 after 1 ms: Couldn't connect to server",
  );
  await expect(answer(page, 'pod')).toContainText('<h1>Welcome to nginx!</h1>');
  await expect(page.locator('[data-wire="refused"]')).toHaveCount(1);
  await expect(page.locator('[data-wire="connected"]')).toHaveCount(1);
  await expect(page.locator('[data-kind="net"] [data-shared]')).toHaveCount(1);
  await expect(page.locator('[data-kind="pid"] [data-shared]')).toHaveCount(0);
  await expect(
    page.getByRole('img', { name: /^파드 하나에 담은 컨테이너: .*my-nginx-container 컨테이너의 포트 80에 닿았다$/ }),
  ).toBeVisible();

  await page.getByRole('button', { name: '다음: 호스트 이름도 하나일까?' }).click();
  await expect(answer(page, 'pod')).toContainText('my-nginx-pod');
  await expect(answer(page, 'docker')).toContainText(/^\$ docker exec ubuntu hostname.*[0-9a-f]{12}$/);
  // What has been answered is shown again without running anything.
  await podscope.untilOver();
  const { recipe } = await podscope.standing();
  await page.getByRole('button', { name: '1 curl localhost' }).click();
  await expect(answer(page, 'pod')).toContainText('Welcome to nginx!');
  expect((await podscope.standing()).recipe.inputs).toHaveLength(recipe.inputs.length);
  // The past has none of it.
  await podscope.seek(100);
  await expect(answer(page, 'pod')).toHaveCount(0);
});

test('docker in its own terminal, and an API server that knows no containers', async ({ page }) => {
  const podscope = await openFigure(page);
  await page.getByTestId('try-two').click();
  await page.getByRole('tab', { name: '터미널 docker' }).click();
  const field = page.getByTestId('terminal-docker');
  await field.fill('docker ps');
  await field.press('Enter');
  await expect(page.getByTestId('terminal-docker-output')).toContainText(/CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES/);
  await field.fill('docker stop ubuntu');
  await field.press('Enter');
  await expect(page.locator('[data-box="ubuntu"]')).toHaveAttribute('data-state', 'exited');
  await podscope.untilOver();
  await page.getByRole('button', { name: 'API 서버에 물어보기' }).click();
  await expect(answer(page, 'api')).toContainText('error: the server doesn\'t have a resource type "container"');
});
