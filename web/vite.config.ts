import purgeCss from '@fullhuman/postcss-purgecss';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// Tabler's stylesheet is 640 KB of which these pages use a tenth: the rest is left out of the build.
// A component's own rules bear a class that no source names (svelte-…): they stay.
const purge = purgeCss({
  content: ['src/**/*.svelte', 'src/**/*.html'],
  safelist: { standard: [/^:/, 'html', 'body'], greedy: [/data-bs-theme/, /data-size/, /svelte-/] }
});

export default defineConfig({
  plugins: [sveltekit()],
  css: { postcss: { plugins: [purge] } },
  build: { chunkSizeWarningLimit: 900 }
});
