// What the first sight costs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { openPage } from './pages/podscope.ts';

/** Bytes, gzipped, of every file that is requested on a cold cache before the first click or key. */
const FIRST_SIGHT = 250_000;

test('the first sight stays within 250 kB', async ({ page, baseURL }) => {
  const paths = new Set<string>();
  page.on('request', (request) => paths.add(new URL(request.url()).pathname));
  const podscope = await openPage(page);
  await page.waitForLoadState('networkidle');
  expect((await podscope.standing()).phase).toBe('closed');
  const base = new URL(baseURL ?? '').pathname;
  const dist = fileURLToPath(new URL('../dist', import.meta.url));
  const sizes = [...paths].map((path) => {
    const file = path === base ? 'index.html' : path.slice(base.length);
    return { file, bytes: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length };
  });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`first sight: ${(total / 1000).toFixed(1)} kB gzip in ${sizes.length} files, of ${FIRST_SIGHT / 1000} kB`);
  for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes))
    console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
  expect(total).toBeLessThanOrEqual(FIRST_SIGHT);
});
