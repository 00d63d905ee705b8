// What the first sight costs: of the page, and of a figure in somebody else's page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { openPage } from './pages/podscope.ts';

/** Bytes, gzipped, of every file that is requested on a cold cache before the first click or key. */
const FIRST_SIGHT = 250_000;
const EMBEDDED = 150_000;
/** The same, until the moment of the link is shown: the simulation has come. */
const EMBEDDED_SHOWN = 650_000;

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** Weighs every file that a page asks for from now on. */
function weigh(page: Page, baseURL: string | undefined): (what: string) => number {
  const paths = new Set<string>();
  page.context().on('request', (request) => paths.add(new URL(request.url()).pathname));
  const base = new URL(baseURL ?? '').pathname;
  return (what) => {
    const sizes = [...paths].map((path) => {
      const file = path === base ? 'index.html' : path.slice(base.length);
      return { file, bytes: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length };
    });
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`${what}: ${(total / 1000).toFixed(1)} kB gzip in ${sizes.length} files`);
    for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes))
      console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
    return total;
  };
}

test('the first sight stays within 250 kB', async ({ page, baseURL }) => {
  const weight = weigh(page, baseURL);
  const podscope = await openPage(page);
  await page.waitForLoadState('networkidle');
  expect((await podscope.standing()).phase).toBe('closed');
  expect(weight('first sight')).toBeLessThanOrEqual(FIRST_SIGHT);
});

test('an embedded figure stays within 150 kB, and fetches the simulation on a click', async ({ page, baseURL }) => {
  const weight = weigh(page, baseURL);
  await page.goto('./?embed=1&view=pod');
  await expect(page.getByTestId('poster')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(weight('embedded, before the click')).toBeLessThanOrEqual(EMBEDDED);
  await page.getByTestId('poster').click();
  await page.waitForFunction(() => window.podscope?.session.store.getState().phase === 'ready');
  await page.waitForLoadState('networkidle');
  expect(weight('embedded, its moment shown')).toBeLessThanOrEqual(EMBEDDED_SHOWN);
});
