import { defineConfig, loadEnv } from 'vite';

// Fixed file names: the bot's binary embeds exactly these.
const names = (name: string | undefined): string => (name?.endsWith('.css') ? 'app.css' : '[name][extname]');

// `--mode static`: for any host of plain files, with samples instead of a server.
export default defineConfig(({ mode }) => ({
  base: './',
  publicDir: mode === 'static' ? 'samples/public' : false,
  build: {
    outDir: mode === 'static' ? 'dist-static' : 'dist',
    target: 'es2022',
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/app.js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: (asset) => `assets/${names(asset.names[0])}`,
      },
    },
  },
  optimizeDeps: { exclude: ['atra-wasm'] },
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': loadEnv('', '.', 'ATRA_')['ATRA_URL'] ?? 'http://127.0.0.1:8080' },
  },
}));
