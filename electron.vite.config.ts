// Builds the desktop shell, the engine with its workers, the command line and the one interface they share.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const entry = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      rollupOptions: {
        input: {
          index: entry('./src/main/index.ts'),
          engine: entry('./src/main/engine-process.ts'),
          worker: entry('./src/core/analysis/worker.ts'),
          cli: entry('./src/cli/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
      externalizeDeps: true,
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { index: entry('./src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      externalizeDeps: false,
    },
  },
  renderer: {
    root: entry('./src/renderer'),
    plugins: [svelte()],
    // No file becomes a data: address, which the content policy forbids.
    build: { target: 'chrome140', assetsInlineLimit: 0, rollupOptions: { input: { index: entry('./src/renderer/index.html') } } },
  },
});
