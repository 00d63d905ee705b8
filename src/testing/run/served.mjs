// The built page behind a server of its own, and a Chromium that looks at it: for pictures and figures.
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the page, serves it, hands address and browser to `use`, and clears away. Throws where the page does not build. */
export async function withServedPage(port, use) {
  const built = spawnSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the page does not build');
  const server = spawn(process.execPath, [join(root, 'e2e/serve.mjs'), String(port), '/'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => server.stdout.once('data', resolve));
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath: await findBrowser() });
  try {
    await use({ browser, address: `http://127.0.0.1:${port}/` });
  } finally {
    await browser.close();
    server.kill();
  }
}

/** How often a page is looked at before its picture is taken as it is. */
const LOOKS = 12;

/** Writes a picture of a page that has come to rest: fonts and late parts are there, and two looks in a row see the same. */
export async function takePicture(page, path) {
  await page.evaluate(() => document.fonts.ready);
  let last = Buffer.alloc(0);
  for (let i = 0; i < LOOKS; i += 1) {
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 200 })));
    const picture = await page.screenshot();
    const isEmpty = await page.evaluate(() => (document.querySelector('#figure') ?? document.body).textContent?.trim() === '');
    if (!isEmpty && picture.equals(last)) break;
    last = picture;
  }
  writeFileSync(path, last);
}
