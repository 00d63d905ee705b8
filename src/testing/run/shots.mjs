// `npm run shots`: writes every view in both themes, both languages, 1440 and 390 wide, at telling moments, into `shots/`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureKoreanFont, findBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PORT = 4180;
const SAMPLES = join(root, 'src/panels/editor/samples');

/** Each view: what is applied, and the event (from the end) or instant that is shown. */
const VIEWS = [
  { name: 'first-visit' },
  { name: 'pod-flying', text: pod('web', 'nginx:1.14'), event: 6 },
  { name: 'pod-running', text: pod('web', 'nginx:1.14'), until: 20_000 },
  { name: 'echo-lp', file: 'echo-lp.yaml', until: 45_000 },
  { name: 'multipod', file: 'multipod.yaml', until: 40_000 },
  { name: 'refused', file: 'resource-typo.yaml', until: 1_000 },
];

function pod(name, image) {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: nginx\n    image: ${image}\n`;
}

async function shoot(browser, view, { theme, language, width, height }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await page.waitForFunction(() => window.podscope !== undefined);
  const text = view.file ? readFileSync(join(SAMPLES, view.file), 'utf8') : view.text;
  if (text) {
    await page.evaluate(({ text: given, event, until }) => window.podscope.show(given, { event, until }), {
      text,
      event: view.event,
      until: view.until,
    });
    await page.waitForFunction(() => window.podscope.isSettled());
  }
  await page.screenshot({ path: join(root, 'shots', `${view.name}-${theme}-${language}-${width}.png`) });
  await context.close();
}

const { chromium } = await import('playwright');
const executablePath = await findBrowser();
ensureKoreanFont();
spawnSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
mkdirSync(join(root, 'shots'), { recursive: true });
const server = spawn(process.execPath, [join(root, 'e2e/serve.mjs'), String(PORT), '/'], { cwd: root });
const browser = await chromium.launch({ executablePath });
const only = process.argv[2];
try {
  for (const view of VIEWS.filter(({ name }) => only === undefined || name === only)) {
    for (const theme of ['light', 'dark']) {
      for (const language of ['ko', 'en']) {
        for (const [width, height] of [
          [1440, 900],
          [390, 844],
        ])
          await shoot(browser, view, { theme, language, width, height });
      }
    }
    console.log(view.name);
  }
} finally {
  await browser.close();
  server.kill();
}
