// `npm run shots [STORY]`: every view in both themes, both languages, 1440 and 390 wide, at telling moments, into `shots/`;
// and of each view one sheet with all eight, to be looked at.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureKoreanFont } from './browser.mjs';
import { root, takePicture, withServedPage } from './served.mjs';
import { STORIES } from './views.mjs';

const PORT = 4180;
const folder = join(root, 'shots');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const VARIANTS = ['light', 'dark'].flatMap((theme) =>
  ['ko', 'en'].flatMap((language) => SIZES.map((size) => ({ theme, language, ...size, id: `${theme}-${language}-${size.width}` }))),
);

/** Runs a scenario to its end; runs in the page. */
async function open({ text, inputs = [], until }) {
  const { session } = window.podscope;
  session.open({ ...session.store.getState().recipe, inputs: [{ at: 0, apply: text, file: 'pod.yaml' }, ...inputs], until }, { at: until });
  session.set({ isFirstVisit: false, file: 'pod.yaml' });
  session.setDraft(text);
}

/** Brings the page where a view wants it; runs in the page. */
async function stand({ moment, level, tab, select, dialog, act, wake }) {
  const { session } = window.podscope;
  const { trace } = session.store.getState();
  if (wake) session.set({ isFirstVisit: false });
  if (wake) session.wake();
  if (level) session.setLevel(level);
  if (tab) session.setTab(tab);
  if (dialog !== undefined) session.set({ dialog: dialog ?? undefined });
  if (moment?.t !== undefined) session.seek({ t: moment.t });
  if (moment?.message) {
    const found = trace.messages.find((each) => each.label.includes(moment.message) && each.arrivesAt > each.at);
    if (found) session.seek({ t: (found.at + found.arrivesAt) / 2 });
  }
  if (moment?.note) {
    const found = trace.notes.filter(({ name }) => name === moment.note)[moment.count - 1];
    if (found) session.seek({ t: found.at, step: found.step });
  }
  if (select) session.select(select);
  if (act === 'apply') session.apply('apply');
  if (act === 'present') session.set({ mode: 'present' });
}

const isReady = () => window.podscope.session.store.getState().phase === 'ready';

/** What a view does by hand. */
const ACTS = {
  why: (page) => page.keyboard.press('w'),
  break: (page) => page.locator('[data-break]').first().click(),
  // Where it is in sight: on a phone its sheet has been chosen.
  terminal: (page) => page.locator('#terminal-tab-1').click(),
  async docker(page) {
    await page.getByTestId('try-two').click();
    await page.waitForFunction(() => window.podscope.session.store.getState().t >= 12_000);
  },
};

async function shoot(browser, address, story, variant) {
  const { theme, language, width, height, id } = variant;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${address}${story.fragment ?? ''}`);
  await page.waitForFunction(() => window.podscope !== undefined);
  if (story.text !== undefined) {
    await page.evaluate(open, story);
    await page.waitForFunction(isReady);
    if (width > 767) await page.locator('[data-testid="monaco"] .view-line').first().waitFor();
  }
  let sheet = 'stage';
  for (const view of story.views) {
    await page.evaluate(stand, view);
    if (view.wake) await page.waitForFunction(isReady);
    const wanted = view.sheet ?? 'stage';
    if (width <= 767 && wanted !== sheet) await page.locator(`[data-sheet-button="${wanted}"]`).click();
    sheet = wanted;
    await ACTS[view.act]?.(page);
    if (view.waitFor) await page.locator(view.waitFor).first().waitFor();
    await takePicture(page, join(folder, `${story.name}-${view.name}-${id}.png`));
  }
  await context.close();
}

/** The eight pictures of a view on one sheet: the wide ones two by two, the narrow ones beside each other. */
async function lay(page, name) {
  const image = ({ id, width }) => {
    const bytes = readFileSync(join(folder, `${name}-${id}.png`)).toString('base64');
    return `<img src="data:image/png;base64,${bytes}" width="${width === 390 ? 250 : 1000}">`;
  };
  const wide = VARIANTS.filter(({ width }) => width !== 390).map(image);
  const narrow = VARIANTS.filter(({ width }) => width === 390).map(image);
  await page.setContent(
    `<body style="margin:0;display:flex;flex-wrap:wrap;gap:8px;width:2016px;background:#888">${[...wide, ...narrow].join('')}</body>`,
  );
  writeFileSync(join(folder, `sheet-${name}.png`), await page.screenshot({ fullPage: true }));
}

ensureKoreanFont();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const only = process.argv[2];
await withServedPage(PORT, async ({ browser, address }) => {
  const sheets = await (await browser.newContext({ viewport: { width: 2016, height: 1200 } })).newPage();
  for (const story of STORIES.filter(({ name }) => only === undefined || name === only)) {
    for (const variant of VARIANTS) await shoot(browser, address, story, variant);
    for (const { name } of story.views) await lay(sheets, `${story.name}-${name}`);
    console.log(`${story.name}: ${story.views.map(({ name }) => name).join(', ')}`);
  }
});
