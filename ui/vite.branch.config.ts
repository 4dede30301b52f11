import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The virtual branch: its own page, served by the simulators’ control server, never by the daemon. */
export default defineConfig({
  root: here('./branch'),
  publicDir: here('./public'),
  plugins: [react()],
  build: {
    outDir: here('../dist/branch'),
    emptyOutDir: true,
    target: 'chrome120',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
