// Finds or brings a Chromium and a Korean font: what is present, else Playwright's download, else Debian's packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Playwright's download may hang where its host cannot be reached. */
const DOWNLOAD_LIMIT_MS = 120_000;

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], ...options });
const installedByDebian = (...packages) => {
  if (run('apt-get', ['--version']).status !== 0) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) =>
    run(...[...sudo, 'apt-get'].slice(0, 1), [...[...sudo, 'apt-get'].slice(1), ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
};

/** The path of a Chromium that can be driven. Throws, saying what to do, where none can be had. */
export async function findBrowser() {
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  const present = () => [process.env.PW_CHROMIUM, own, ...PLACES].find((path) => path && existsSync(path));
  if (present()) return present();
  console.log('no Chromium yet: trying Playwright’s');
  run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium'], {
    timeout: DOWNLOAD_LIMIT_MS,
    stdio: 'ignore',
  });
  if (present()) return present();
  console.log('Playwright’s Chromium cannot be had: trying the system’s packages');
  installedByDebian('chromium');
  if (present()) return present();
  throw new Error('no Chromium: install one, or name it in PW_CHROMIUM');
}

/** Installs a Korean font where the system has none; without it Hangul is drawn as boxes. Answers whether there is one. */
export function ensureKoreanFont() {
  const has = () =>
    run('fc-list', [':lang=ko', 'family'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .stdout?.toString()
      .trim() !== '';
  if (process.platform !== 'linux' || has()) return true;
  installedByDebian('fontconfig', 'fonts-noto-cjk');
  return has();
}
