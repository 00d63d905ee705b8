// `npm run pictures`: the pictures of the README, made by the app: the map at work, and the five commands a newcomer tries first.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureKoreanFont } from './browser.mjs';
import { root, takePicture, withServedPage } from './served.mjs';
import { NGINX, SIDECAR } from './views.mjs';

const PORT = 4182;
const folder = join(root, 'docs/pictures');
const SIZE = { width: 1440, height: 900 };
const WEB = '/registry/pods/default/web';

/** The five commands, one after the other, as a person would type them. */
const COMMANDS = [
  { at: 0, run: 'kubectl run web --image=nginx:1.14', terminal: '1' },
  { at: 40, run: 'kubectl get pods -w', terminal: '2' },
  { at: 9000, run: 'kubectl describe pod web', terminal: '1' },
  { at: 14_000, run: 'kubectl exec -it web -- bash', terminal: '1' },
  { at: 16_000, type: 'kill 1\n', terminal: '1' },
  { at: 40_000, run: 'kubectl delete pod web', terminal: '1' },
];
const PICTURES = [
  { name: '1-run', moment: { message: 'bind node' } },
  { name: '2-get-watch', moment: { t: 8000 }, terminal: '2' },
  { name: '3-describe', moment: { t: 11_000 }, tab: 'pod', terminal: '1' },
  { name: '4-kill-1', moment: { note: 'container-exited' }, why: true, terminal: '1' },
  { name: '5-delete', moment: { message: 'StopContainer' }, tab: 'cluster', terminal: '1' },
];

/** Opens a scenario and waits for its end to be known; runs in the page. */
async function open({ inputs, until, draft }) {
  const { session } = window.podscope;
  session.open({ ...session.store.getState().recipe, inputs, until }, { at: until });
  session.set({ isFirstVisit: false, file: 'web.yaml' });
  session.setDraft(draft);
}

/** Goes to a moment; runs in the page. */
function stand({ moment, tab, select }) {
  const { session } = window.podscope;
  const { trace } = session.store.getState();
  const message = moment.message && trace.messages.find((each) => each.label.startsWith(moment.message) && each.arrivesAt > each.at);
  const note = moment.note && trace.notesNamed(moment.note)[0];
  if (message) session.seek({ t: (message.at + message.arrivesAt) / 2 });
  else session.seek(note ? { t: note.at, step: note.step } : { t: moment.t });
  session.setTab(tab ?? 'cluster');
  session.select(select, note?.id);
}

async function shoot(page, name) {
  await takePicture(page, join(folder, `${name}.png`));
  console.log(`docs/pictures/${name}.png`);
}

ensureKoreanFont();
mkdirSync(folder, { recursive: true });
await withServedPage(PORT, async ({ browser, address }) => {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: 'light', locale: 'en-US', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const isReady = () => window.podscope.session.store.getState().phase === 'ready';
  await page.goto(address);
  await page.waitForFunction(() => window.podscope !== undefined);
  await page.evaluate(open, { inputs: [{ at: 0, apply: SIDECAR, file: 'web.yaml' }], until: 30_000, draft: SIDECAR });
  await page.waitForFunction(isReady);
  await page.locator('[data-testid="monaco"] .view-line').first().waitFor();
  await page.evaluate(stand, { moment: { message: 'StartContainer fetch-page' }, select: WEB });
  await shoot(page, 'cluster');
  await page.evaluate(open, { inputs: COMMANDS, until: 80_000, draft: NGINX });
  await page.waitForFunction(isReady);
  for (const picture of PICTURES) {
    await page.evaluate(stand, { ...picture, select: WEB });
    await page.locator(`#terminal-tab-${picture.terminal ?? '1'}`).click();
    if (picture.why)
      await page
        .getByRole('button', { name: /^Why\?/ })
        .first()
        .click();
    await shoot(page, picture.name);
  }
});
