// `npm test`: installs what a fresh machine lacks, then runs every check in order and says what each took.
import { spawnSync } from 'node:child_process';
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

const failed = [];
for (const [name, command, args] of CHECKS) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PW_CHROMIUM: browser } });
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}
console.log(`\n${CHECKS.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
