// `npm test`: installs what a fresh machine lacks, then runs every check in order and says what each took.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = (name) => join(root, 'node_modules/.bin', name);

installPackages();
const { ensureKoreanFont, findBrowser } = await import('./browser.mjs');
const browser = await findBrowser();
if (!ensureKoreanFont()) console.log('no Korean font could be installed: screenshots would show boxes');

const CHECKS = [
  ['format and lint', bin('biome'), ['check', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the pure folders', bin('tsc'), ['-p', 'tsconfig.pure.json']],
  ['unit, scene, scenario and conformance tests, import rules', bin('vitest'), ['run']],
  ['build', bin('vite'), ['build', '--logLevel', 'warn']],
  ['end-to-end tests and size budget', bin('playwright'), ['test']],
];

/** Each check by name, with how it went and the seconds it took; what needs a build that failed is not run. */
const results = [];
for (const [name, command, args] of CHECKS) {
  console.log(`\n== ${name}`);
  const isUnbuilt = name.startsWith('end-to-end') && results.some((result) => result.name === 'build' && !result.isPassed);
  if (isUnbuilt) console.log('not run: the page does not build');
  const started = Date.now();
  if (name === 'build') rmSync(join(root, 'dist'), { recursive: true, force: true });
  const { status } = isUnbuilt
    ? { status: 1 }
    : spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PW_CHROMIUM: browser } });
  results.push({ name, isPassed: status === 0, seconds: (Date.now() - started) / 1000 });
}
console.log('');
for (const { name, isPassed, seconds } of results)
  console.log(`${isPassed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1).padStart(6)} s  ${name}`);
const failed = results.filter(({ isPassed }) => !isPassed).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
