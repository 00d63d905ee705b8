// The first picture is there before any script, and nothing moves when the page itself comes: the same words in the same places.
import { type Browser, type BrowserContextOptions, expect, test } from '@playwright/test';

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

/** Every text in sight, with its place and colour. What is only read aloud has none. */
function wordsInSight(): Word[] {
  const found: Word[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (text === '' || !parent?.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { x, y } = range.getBoundingClientRect();
    if (!parent.contains(document.elementFromPoint(x + 1, y + 4)) && !(parent instanceof SVGElement)) continue;
    const style = getComputedStyle(parent);
    found.push({ text, x, y, colour: parent instanceof SVGElement ? style.fill : style.color });
  }
  return found;
}

async function look(browser: Browser, options: BrowserContextOptions, baseURL: string, hasScript: boolean): Promise<readonly Word[]> {
  const context = await browser.newContext({ ...options, baseURL });
  const page = await context.newPage();
  if (!hasScript) await page.route('**/*.js', (route) => route.abort());
  await page.goto('./');
  if (hasScript) await expect(page.getByTestId('create-one')).toBeVisible();
  const words = await page.evaluate(wordsInSight);
  await context.close();
  return words;
}

const DESKTOP = { width: 1440, height: 900 };
/** Low: the map closes its ranks. */
const LAPTOP = { width: 1366, height: 650 };
const PHONE = { width: 390, height: 844 };

for (const [name, options] of [
  ['light, ko', { viewport: DESKTOP, colorScheme: 'light', locale: 'ko-KR' }],
  ['low, dark, en', { viewport: LAPTOP, colorScheme: 'dark', locale: 'en-US' }],
  ['a phone, dark, ko', { viewport: PHONE, colorScheme: 'dark', locale: 'ko-KR' }],
  ['a phone, light, en', { viewport: PHONE, colorScheme: 'light', locale: 'en-US' }],
] as const) {
  test(`the first picture is the page's own: ${name}`, async ({ browser, baseURL }) => {
    const before = await look(browser, options, baseURL ?? '', false);
    const after = await look(browser, options, baseURL ?? '', true);
    expect(before.length).toBeGreaterThan(20);
    const distance = (a: Word, b: Word): number => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
    const isSame = (a: Word, b: Word): boolean => a.text === b.text && a.colour === b.colour && distance(a, b) <= 1.5;
    expect(before.filter((word) => !after.some((other) => isSame(word, other)))).toEqual([]);
    expect(after.filter((word) => !before.some((other) => isSame(word, other)))).toEqual([]);
  });
}
