import { defineConfig, loadEnv } from 'vite';

// Fixed file names: the bot's binary embeds exactly these four.
const names = (name: string | undefined): string => (name?.endsWith('.css') ? 'app.css' : '[name][extname]');

export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/app.js',
        assetFileNames: (asset) => `assets/${names(asset.names[0])}`,
      },
    },
  },
  optimizeDeps: { exclude: ['atra-wasm'] },
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': loadEnv('', '.', 'ATRA_')['ATRA_URL'] ?? 'http://127.0.0.1:8080' },
  },
});
