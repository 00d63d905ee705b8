import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Plugin, type Rolldown, transformWithOxc } from 'vite';
import { defineConfig } from 'vitest/config';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Writes `sw.js`: the service worker with the list of what this build consists of. */
function serviceWorker(): Plugin {
  const source = path('./src/session/offline/service-worker.ts');
  return {
    name: 'podscope:service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const hash = createHash('sha256');
      const pictures = readdirSync(path('./public')).filter((file) => file !== 'screenshot.png');
      for (const file of pictures) hash.update(readFileSync(path(`./public/${file}`)));
      for (const output of Object.values(bundle)) hash.update(output.type === 'chunk' ? output.code : output.source);
      const built = Object.keys(bundle).filter((file) => file !== 'index.html' && !file.endsWith('.map'));
      const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source);
      const head = `const VERSION = ${JSON.stringify(hash.digest('hex').slice(0, 12))};\nconst FILES = ${JSON.stringify(['./', ...pictures, ...built])};\n`;
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: head + code.replace(/^export \{\};?$/m, '') });
    },
  };
}

/** The files that a root needs before it can start. */
function neededBy(root: string, bundle: Rolldown.OutputBundle): readonly string[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
  const needed = new Set<string>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || needed.has(chunk.fileName)) return;
    needed.add(chunk.fileName);
    for (const file of chunk.imports) add(chunks.find(({ fileName }) => fileName === file));
  };
  add(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(root)));
  return [...needed];
}

/** index.html chooses between two roots; the browser fetches what the chosen one needs while it still reads the page. */
function fetchRootEarly(): Plugin {
  return {
    name: 'podscope:fetch-root-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const [page, embed] = ['/src/main.tsx', '/src/embed.tsx'].map((root) => JSON.stringify(neededBy(root, bundle)));
        const script = `for (const file of 'embed' in document.documentElement.dataset ? ${embed} : ${page}) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', crossOrigin: '', href: './' + file }));`;
        return [{ tag: 'script', children: script, injectTo: 'head' }];
      },
    },
  };
}

export default defineConfig({
  // Relative addresses: the build works from any sub-path.
  base: './',
  plugins: [react(), fetchRootEarly(), serviceWorker()],
  resolve: {
    alias: [
      // monaco-worker-manager still imports Monaco by the paths it had before its exports map.
      { find: /^monaco-editor\/esm\/vs\/(.*?)(\.js)?$/, replacement: 'monaco-editor/$1' },
      // The YAML language service formats with Prettier, which the editor does not offer: 132 kB less.
      { find: /^prettier\/.*/, replacement: path('./src/panels/editor/prettier-stub.ts') },
    ],
  },
  optimizeDeps: { include: ['monaco-yaml', 'monaco-yaml/yaml.worker.js', 'monaco-editor/editor', 'monaco-editor/editor/editor.worker'] },
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 3000, modulePreload: { polyfill: false } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    reporters: ['default'],
  },
});
