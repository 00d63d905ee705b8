// The service worker: keeps every file of one build, so that the page works without a network. The build puts its VERSION and its FILES
// before this text, and writes both as `sw.js` beside index.html (vite.config.ts). Another build has another sw.js, and keeps its files
// apart; it takes over, and throws away the older ones, only when no page of the older build is open: builds are never mixed.
declare const VERSION: string;
declare const FILES: readonly string[];

const worker = self as unknown as ServiceWorkerGlobalScope;
const home = worker.registration.scope;
/** Two copies of the page on one host, below different paths, keep apart. */
const FAMILY = `podscope ${new URL(home).pathname} `;
const NAME = `${FAMILY}${VERSION}`;
/** A network that says nothing for so long is as good as none. */
const PATIENCE_MS = 4000;

worker.addEventListener('install', (event) => event.waitUntil(keepAll()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(home)) return;
  event.respondWith(request.mode === 'navigate' ? openPage(request) : openFile(request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(NAME);
  await Promise.all(FILES.map((file) => keep(cache, file)));
}

/** The name of a file in `assets/` says what is in it: what an older build has kept need not be fetched again. */
async function keep(cache: Cache, file: string): Promise<void> {
  const address = new URL(file, home).href;
  const isNamed = file.startsWith('assets/');
  const kept = isNamed ? await caches.match(address) : undefined;
  const answer = kept ?? (await fetch(address, { cache: isNamed ? 'default' : 'reload' }));
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  await cache.put(address, answer);
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== NAME).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The newest page that there is; without a network, the one that was kept. */
async function openPage(request: Request): Promise<Response> {
  try {
    return await fetch(request.url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const cache = await caches.open(NAME);
    const kept = await cache.match(new URL(request.url).pathname.replace(/index\.html$/, ''), { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

async function openFile(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}
