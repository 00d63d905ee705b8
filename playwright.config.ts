import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

// A Chromium that is present, else Playwright's own.
const executablePath =
  process.env.PW_CHROMIUM ??
  (existsSync(chromium.executablePath())
    ? undefined
    : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path)));

const port = Number(process.env.PODSCOPE_PORT ?? 4179);

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'page', testMatch: '**/*.spec.ts' },
    // What is timed runs last and alone.
    { name: 'timing', testMatch: '**/*.timing.ts', dependencies: ['page'], fullyParallel: false },
  ],
  use: {
    baseURL: `http://127.0.0.1:${port}/sub/path/`,
    viewport: { width: 1440, height: 900 },
    locale: 'ko-KR',
    video: 'off',
    // Each test begins with an empty browser; what is kept for later is the matter of offline.spec.ts.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'],
    },
  },
  webServer: {
    command: `node e2e/serve.mjs ${port} /sub/path/`,
    url: `http://127.0.0.1:${port}/sub/path/`,
    reuseExistingServer: false,
  },
});
