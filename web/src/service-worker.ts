/// <reference types="@sveltejs/kit" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';

/**
 * Keeps the program's own pages on this machine, so that they open without network. It never touches the API: what
 * people read and write is kept by the pages themselves, for the person it belongs to.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const SHELL = `shell-${version}`;
const PAGE = '/index.html';
/** Larger than this are the charts alone: they come when they are looked at. */
const LARGEST = 100_000;
/** Not pages of ours: the public site and the program's own answers. */
const OUTSIDE = /^\/(api|cong-khai|healthz|readyz)(\/|$)/;

async function keep(cache: Cache, address: string): Promise<void> {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  if (Number(answer.headers.get('Content-Length') ?? 0) > LARGEST) return void answer.body?.cancel();
  await cache.put(address, answer);
}

worker.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    // One after another: the page that is open has the line first.
    for (const address of [PAGE, ...files, ...build]) await keep(cache, address);
    await worker.skipWaiting();
  })());
});

worker.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    // Pages that are still open were made of the version before: it stays one version longer.
    const shells = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
    await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
    await worker.clients.claim();
  })());
});

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(PAGE)) ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  const known = await caches.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    void caches.open(SHELL).then((cache) => cache.put(request, copy)).catch(() => {});
  }
  return answer;
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== worker.location.origin || OUTSIDE.test(address.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (build.includes(address.pathname) || files.includes(address.pathname) || address.pathname.startsWith('/_app/immutable/')) event.respondWith(file(request));
});
