// A figure in somebody else's page: what it weighs, what it leaves alone, what it says and hears.
import { expect, type Frame, type Page, test } from '@playwright/test';
import { writeLink } from '../src/scenario/link.ts';
import { readRecipe } from '../src/scenario/recipe.ts';
import { nginx, openPage } from './pages/podscope.ts';

// The host's answer is made up by the test: Chromium does not know that it is of this machine too.
test.use({ permissions: ['local-network-access'] });

/** A link to a moment of a run. */
function moment(at: string): string {
  const read = readRecipe({
    podscope: 1,
    title: { ko: '파드 하나', en: 'One Pod' },
    inputs: [{ apply: nginx('web') }],
    view: { at, select: 'pod/default/web/nginx' },
  });
  if (!('recipe' in read)) throw new Error('the recipe is not read');
  return `#${writeLink(read.recipe)}`;
}

interface Held {
  readonly figure: Frame;
  /** What the figure has told its holder. */
  readonly told: () => Promise<readonly unknown[]>;
  readonly say: (message: unknown) => Promise<void>;
}

/** A page of another site that holds the figure, with something to scroll and something to write into. */
async function hold(page: Page, baseURL: string | undefined, query: string, fragment: string): Promise<Held> {
  const address = `${baseURL}?embed=1${query}${fragment}`;
  return holdCode(page, baseURL, `<iframe src="${address}" width="720" height="460"></iframe>`);
}

async function holdCode(page: Page, baseURL: string | undefined, iframe: string): Promise<Held> {
  const body = `<!doctype html><title>host</title><input id="mine">${iframe}
    <div style="height:3000px"></div><script>told=[];addEventListener('message',e=>told.push(e.data))</script>`;
  const host = `http://localhost:${new URL(baseURL ?? '').port}/host.html`;
  await page.route(host, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(host);
  const figure = await (await page.waitForSelector('iframe')).contentFrame();
  if (!figure) throw new Error('the iframe has no frame');
  await figure.waitForFunction(() => window.podscope !== undefined);
  return {
    figure,
    told: () => page.evaluate(() => (window as unknown as { readonly told: readonly unknown[] }).told),
    say: (message) => page.evaluate((given) => document.querySelector('iframe')?.contentWindow?.postMessage(given, '*'), message),
  };
}

const phaseOf = (figure: Frame) => figure.evaluate(() => window.podscope?.session.store.getState().phase);
const standing = (figure: Frame) =>
  figure.evaluate(() => {
    const state = window.podscope?.session.store.getState();
    return state && { t: state.t, playing: state.playing };
  });

test('a click shows the shared moment, paused; its link leads to the same moment', async ({ page, baseURL }) => {
  const { figure } = await hold(page, baseURL, '&theme=dark&lang=en', moment('1500ms'));
  expect(await phaseOf(figure)).toBe('closed');
  await figure.getByTestId('poster').click();
  await expect(figure.locator('svg [data-pod$="/web"]').first()).toBeVisible();
  expect(await standing(figure)).toEqual({ t: 1500, playing: false });
  await expect(figure.locator('svg [data-container="nginx"]')).toHaveAttribute('data-selected', 'true');
  await expect(figure.locator('html')).toHaveAttribute('data-theme', 'dark');
  const link = figure.getByRole('link', { name: 'Open in Podscope' });
  await link.hover();
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(new URL((await link.getAttribute('href')) ?? '', baseURL).href);
  await elsewhere.waitForFunction(() => window.podscope?.session.store.getState().phase === 'ready');
  expect(await elsewhere.evaluate(() => window.podscope?.session.store.getState().t)).toBe(1500);
});

test('it takes neither focus nor wheel nor keys, and keeps nothing', async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    // Whoever touches the storage is noted.
    const touched: string[] = [];
    Object.assign(window, { touched });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'] as const)
      Object.defineProperty(window, name, { get: () => touched.push(name), configurable: true });
  });
  const { figure } = await hold(page, baseURL, '&ctl=0&view=pod', moment('20s'));
  await page.locator('#mine').focus();
  await figure.waitForFunction(() => window.podscope?.session.store.getState().phase === 'ready');
  await expect(figure.locator('article[data-pod]')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('mine');
  await page.mouse.move(300, 250);
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(400);
  await page.evaluate(() => scrollTo(0, 0));
  await figure.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true })));
  expect((await standing(figure))?.t).toBe(20_000);
  await figure.getByTestId('embed').click({ position: { x: 20, y: 60 } });
  await page.keyboard.press('Home');
  await expect.poll(async () => (await standing(figure))?.t).toBe(0);
  expect(await figure.evaluate(() => (window as unknown as { readonly touched: readonly string[] }).touched)).toEqual([]);
  expect(await page.evaluate(() => navigator.serviceWorker?.controller ?? null)).toBeNull();
});

test('it hears the page that holds it, and nothing that it does not understand', async ({ page, baseURL }) => {
  const { figure, told, say } = await hold(page, baseURL, '', moment('1500ms'));
  await say({ podscope: 'seek', at: 'x' });
  await say('<img src=x onerror=alert(1)>');
  await say({ podscope: 'open', recipe: {} });
  expect(await phaseOf(figure)).toBe('closed');
  await say({ podscope: 'seek', at: 20 });
  await expect.poll(async () => (await standing(figure))?.t).toBe(20);
  const before = (await told()).length;
  await say({ podscope: 'step', by: 1 });
  await expect
    .poll(async () => (await told()).slice(before))
    .toContainEqual(expect.objectContaining({ podscope: 'step', n: expect.any(Number) }));
  expect(await told()).toContainEqual(expect.objectContaining({ podscope: 'ready', until: 60_000 }));
  await say({ podscope: 'height' });
  await expect.poll(told).toContainEqual({ podscope: 'height', height: expect.any(Number) });
  // Another frame of the same page is not the one that holds it.
  const t = (await standing(figure))?.t;
  await page.evaluate(() => {
    const stranger = document.body.appendChild(document.createElement('iframe'));
    const script = stranger.contentDocument?.createElement('script');
    if (!script) return;
    script.textContent = "parent.frames[0].postMessage({podscope:'seek',at:0},'*')";
    stranger.contentDocument?.body.append(script);
  });
  await say({ podscope: 'height' });
  expect((await standing(figure))?.t).toBe(t);
});

test('play=1 plays as soon as it is seen; hide and controls=0 leave the figure alone', async ({ page, baseURL }) => {
  const { figure } = await hold(page, baseURL, '&play=1&controls=0&hide=title,caption&view=timeline', moment('0s'));
  await figure.waitForFunction(() => (window.podscope?.session.store.getState().t ?? 0) > 0);
  await expect(figure.locator('[data-lane="STATUS"]')).toBeVisible();
  await expect(figure.getByTestId('play')).toHaveCount(0);
  await expect(figure.getByTestId('caption')).toHaveCount(0);
});

test('the code that Share gives shows the same figure at the same moment', async ({ page, baseURL }) => {
  const podscope = await openPage(page);
  await podscope.openEditor();
  await podscope.write(nginx('given'));
  await podscope.applyAndWatch();
  await podscope.seek(1500);
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByRole('button', { name: '퍼가기 코드' }).click();
  const code = await page.getByTestId('link').inputValue();
  const elsewhere = await page.context().newPage();
  const { figure } = await holdCode(elsewhere, baseURL, code);
  await figure.getByTestId('poster').click();
  await expect(figure.locator('svg [data-pod$="/given"]').first()).toBeVisible();
  expect(await standing(figure)).toEqual({ t: 1500, playing: false });
});

test('a damaged link says so', async ({ page, baseURL }) => {
  const { figure } = await hold(page, baseURL, '&lang=ko', moment('1500ms').slice(0, -2));
  await expect(figure.getByRole('alert')).toContainText('링크가 망가졌습니다');
});
