// Builds the runner from the sources as they stand (only if they have changed since the last build) and runs it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// A run lasts less than a second: optimising compilation costs it more than it gives back. Baseline code at once, optimised code late.
setFlagsFromString('--always-sparkplug');
setFlagsFromString('--interrupt-budget=1000000');

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/podscope-sim');

/** A digest of the name, size and time of every file the runner could be built from. */
function digestOfSources() {
  const hash = createHash('sha256');
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.includes('.test.')) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  for (const folder of ['base', 'engine', 'manifest', 'cluster', 'kubectl', 'scenario', 'cli']) {
    const path = join(root, 'src', folder);
    if (existsSync(path)) walk(path);
  }
  hash.update(String(statSync(join(root, 'package-lock.json')).mtimeMs));
  return hash.digest('hex').slice(0, 16);
}

async function buildInto(folder) {
  const { build } = await import('vite');
  const partial = `${folder}.${process.pid}`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'src/cli/sim.ts'),
      outDir: partial,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'sim.mjs' } },
    },
    ssr: { noExternal: true },
  });
  for (const old of readdirSync(cache))
    if (!old.includes('.') && statSync(join(cache, old)).mtimeMs < Date.now() - 3_600_000)
      rmSync(join(cache, old), { recursive: true, force: true });
  try {
    renameSync(partial, folder);
  } catch {
    // Another run built the same sources meanwhile: theirs is as good.
    rmSync(partial, { recursive: true, force: true });
  }
}

mkdirSync(cache, { recursive: true });
const folder = join(cache, digestOfSources());
if (!existsSync(folder)) await buildInto(folder);
const { main } = await import(pathToFileURL(join(folder, 'sim.mjs')).href);
process.exitCode = main(process.argv.slice(2));
