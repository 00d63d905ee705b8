import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  // Relative addresses: the build works from any sub-path.
  base: './',
  plugins: [react()],
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
