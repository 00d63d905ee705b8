// `npm run ledger [KIND...]`: runs the recorded cases, prints what differs, and writes the ledger of known differences.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const outDir = join(root, 'node_modules/.cache/podscope-ledger');
process.chdir(root);
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: join(root, 'src/testing/conformance/ledger.ts'),
    outDir,
    emptyOutDir: true,
    minify: false,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'ledger.mjs' } },
  },
  ssr: { noExternal: true },
});
const { writeLedger } = await import(pathToFileURL(join(outDir, 'ledger.mjs')).href);
const kinds = process.argv.slice(2);
writeLedger(kinds.length > 0 ? kinds : undefined);
spawnSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', 'src/testing/conformance/known-differences.json'], { cwd: root });
