// Without a network after one visit: everything works, and a newer build takes the place of an older one as a whole.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test as base } from '@playwright/test';
import { nginx, Podscope } from './pages/podscope.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A host that can be taken away, and that can be given another build. */
interface Host {
  readonly address: string;
  /** The next build: its page says so, and its service worker is another one. */
  publish(build: string): void;
  takeAway(): void;
}

async function openHost(): Promise<Host & { readonly server: Server }> {
  let build = 'first';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://host').pathname.replace('/sub/path/', '') || 'index.html';
    try {
      const content = readFileSync(join(dist, path));
      const changed =
        path === 'index.html'
          ? String(content).replace('<title>', `<title>${build} `)
          : path === 'sw.js'
            ? `// ${build}\n${content}`
            : content;
      const text = path === 'sw.js' ? String(changed).replace(/VERSION = "/, `VERSION = "${build}-`) : changed;
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(text);
    } catch {
      response.writeHead(404).end('not found');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sub/path/`,
    publish(next) {
      build = next;
    },
    takeAway() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const test = base.extend<{ readonly host: Host }>({
  host: async ({ browserName: _ }, use) => {
    const host = await openHost();
    await use(host);
    host.takeAway();
  },
});
test.use({ serviceWorkers: 'allow' });

/** Opens the page and waits until it can be used. */
async function visit(page: Page, address: string): Promise<Podscope> {
  await page.goto(address);
  await page.waitForFunction(() => window.podscope !== undefined);
  return new Podscope(page);
}

/** Clicks, and waits until a build has been kept and is in charge. */
async function begin(page: Page): Promise<void> {
  await page.getByTestId('create-one').click();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

const kept = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ')[2] ?? ''));

test('nothing is kept before the first click; after it everything works without a network', async ({ page, context, host }) => {
  await visit(page, host.address);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await begin(page);
  host.takeAway();
  await context.setOffline(true);
  const failed: string[] = [];
  page.on('requestfailed', (request) => failed.push(request.url()));
  page.on('pageerror', ({ message }) => failed.push(message));
  await page.reload();
  await page.waitForFunction(() => window.podscope?.session.store.getState().phase === 'ready');
  const podscope = new Podscope(page);
  await expect(podscope.monaco.locator('.view-line').first()).toBeVisible();
  await podscope.write(nginx('offline'));
  await podscope.applyAndWatch();
  await expect(podscope.pod('offline')).toHaveAttribute('data-status', 'Running');
  for (const tab of await page.getByRole('tab').all()) {
    if ((await tab.getAttribute('aria-controls')) !== 'figure') continue;
    await tab.click();
    await expect(page.locator('#figure > *').first()).toBeVisible();
  }
  await page.keyboard.press('Shift+P');
  await expect(page.getByTestId('present')).toBeVisible();
  expect(failed).toEqual([]);
});

test('a newer build comes as a whole, and the older one goes', async ({ page, context, host }) => {
  await visit(page, host.address);
  await begin(page);
  expect(await kept(page)).toEqual([expect.stringMatching(/^first-/)]);
  host.publish('second');
  await page.reload();
  await expect(page).toHaveTitle(/^second /);
  // It has been fetched, but waits: the page of the older build may still ask for its own files.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting?.state === 'installed');
  expect(await kept(page)).toHaveLength(2);
  // Another page of the same host: nobody looks at Podscope now.
  await page.goto(new URL('/', host.address).href);
  await expect.poll(() => kept(page)).toEqual([expect.stringMatching(/^second-/)]);
  await visit(page, host.address);
  host.takeAway();
  await context.setOffline(true);
  await page.reload();
  await page.waitForFunction(() => window.podscope !== undefined);
  await expect(page).toHaveTitle(/^second /);
});
