// `npm run shots [VIEW]`: writes every view in both themes, both languages, 1440 and 390 wide, at telling moments, into `shots/`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureKoreanFont, findBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PORT = 4180;
const sample = (name) => readFileSync(join(root, `src/panels/editor/samples/${name}.yaml`), 'utf8');
const nginx = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: nginx\n    image: nginx:1.14\n';

/** Each view: what is applied, how far the run goes, the moment that is shown, and what is done then. */
const VIEWS = [
  { name: 'first-visit' },
  { name: 'request-flying', text: nginx, until: 20_000, moment: { message: 'POST pods' } },
  { name: 'binding-flying', text: nginx, until: 20_000, moment: { message: 'bind node' } },
  { name: 'pulling', text: nginx, until: 20_000, moment: { t: 1500 } },
  { name: 'all-messages', text: nginx, until: 20_000, moment: { message: 'bind node' }, level: 'all' },
  { name: 'running', text: nginx, until: 20_000 },
  { name: 'echo-lp-restart', text: sample('s003_1'), until: 60_000, moment: { note: 'container-killing', count: 2 } },
  { name: 'multipod-crash-loop', text: sample('s002_1'), until: 60_000, moment: { t: 10_000 } },
  {
    name: 'figure-pod',
    text: sample('s002_1'),
    until: 60_000,
    moment: { t: 10_000 },
    tab: 'pod',
    select: '/registry/pods/default/multipod',
  },
  {
    name: 'figure-states',
    text: sample('s002_1'),
    until: 60_000,
    moment: { t: 10_000 },
    tab: 'states',
    select: '/registry/pods/default/multipod',
  },
  { name: 'figure-scheduler', text: nginx, until: 20_000, tab: 'scheduler', select: '/registry/pods/default/web' },
  { name: 'refused', text: sample('s002_4'), until: 2000, waitFor: '[data-testid="problems"]' },
  { name: 'refused-before', draft: sample('s002_3'), waitFor: '[data-testid="problems"]', sheet: 'yaml' },
  { name: 'scheduler-down', text: nginx, until: 20_000, inputs: [{ at: 0, fault: { kind: 'scheduler-down' } }] },
  { name: 'fork-question', text: nginx, until: 20_000, moment: { t: 2000 }, act: 'apply', waitFor: '[data-testid="fork"]' },
  { name: 'share', text: nginx, until: 20_000, dialog: 'share', waitFor: '[data-testid="link"]' },
  { name: 'help', text: nginx, until: 20_000, dialog: 'help', waitFor: 'dialog[open]' },
  { name: 'history', text: nginx, until: 20_000, dialog: 'history', waitFor: 'dialog[open]' },
  { name: 'damaged-link', fragment: '#1AAAAAAAAAA', waitFor: '[data-testid="notice"]' },
];

/** Brings the page where the view wants it; runs in the page. */
async function stand({ text, draft, until, inputs = [], moment, level, act, dialog, tab, select }) {
  const { session } = window.podscope;
  const { getState } = session.store;
  const ready = () =>
    new Promise((resolve) => {
      const stop = session.store.subscribe(check);
      function check() {
        if (getState().phase !== 'ready') return;
        stop();
        resolve();
      }
      check();
    });
  if (text !== undefined) {
    const recipe = { ...getState().recipe, inputs: [...inputs, { at: 0, apply: text, file: 'pod.yaml' }], until };
    session.open(recipe, { at: until });
  } else session.wake();
  await ready();
  session.set({ isFirstVisit: false, file: 'pod.yaml' });
  session.setDraft(text ?? draft);
  if (level) session.setLevel(level);
  if (tab) session.setTab(tab);
  if (select) session.select(select);
  const { trace } = getState();
  if (moment?.t !== undefined) session.seek({ t: moment.t });
  if (moment?.message) {
    const found = trace.messages.find((each) => each.label.includes(moment.message) && each.arrivesAt > each.at);
    if (found) session.seek({ t: (found.at + found.arrivesAt) / 2 });
  }
  if (moment?.note) {
    const found = trace.notes.filter(({ name }) => name === moment.note)[moment.count - 1];
    if (found) session.seek({ t: found.at, step: found.step });
  }
  if (act) session.apply(act);
  if (dialog) session.set({ dialog });
}

async function shoot(browser, view, { theme, language, width, height }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${PORT}/${view.fragment ?? ''}`);
  await page.waitForFunction(() => window.podscope !== undefined);
  if (view.text !== undefined || view.draft !== undefined) {
    await page.evaluate(stand, view);
    if (width > 767) await page.locator('[data-testid="monaco"] .view-line').first().waitFor();
    else if (view.sheet === 'yaml') await page.getByRole('button', { name: 'YAML' }).click();
  }
  if (view.waitFor && (width > 767 || view.name !== 'refused')) await page.locator(view.waitFor).first().waitFor();
  // Fonts have come, and what the last change moved has been drawn.
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  await page.screenshot({ path: join(root, 'shots', `${view.name}-${theme}-${language}-${width}.png`) });
  await context.close();
}

const { chromium } = await import('playwright');
const executablePath = await findBrowser();
ensureKoreanFont();
const built = spawnSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
mkdirSync(join(root, 'shots'), { recursive: true });
const server = spawn(process.execPath, [join(root, 'e2e/serve.mjs'), String(PORT), '/'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) => server.stdout.once('data', resolve));
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
