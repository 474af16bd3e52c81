import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** One page answers for every address: the server sends index.html and the client finds its way. */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ fallback: 'index.html', precompress: true }),
    typescript: { config: (config) => ({ ...config, include: [...config.include, '../src/**/*.test.ts'] }) }
  }
};
