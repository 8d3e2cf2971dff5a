import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { App } from '#platform/http';

/** Where `npm start` builds them. */
export const BUILT_SCREENS = join(import.meta.dirname, '../../web/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.woff2': 'font/woff2', '.png': 'image/png', '.map': 'application/json', '.ttf': 'font/ttf',
};

/** Every address of a room leads to its page; the page's own router does the rest. */
const PAGES: readonly (readonly [string, string])[] = [['/unit', 'unit.html'], ['/public', 'public.html'], ['/', 'index.html']];

function fileFor(screens: string, url: string): string | undefined {
  const path = normalize(decodeURIComponent(url.split('?')[0] ?? '/'));
  const file = join(screens, path);
  if (file.startsWith(screens) && extname(file) !== '' && existsSync(file) && statSync(file).isFile()) return file;
  // Ids may hold a dot (`QY0006-DA001.2`): only an ending that names a file of ours asks for a file.
  if (Object.hasOwn(TYPES, extname(path))) return undefined;
  const page = PAGES.find(([prefix]) => path === prefix || path.startsWith(prefix === '/' ? '/' : `${prefix}/`));
  return page && join(screens, page[1]);
}

/** Serves the screens built into the folder `screens`. Asset names carry a digest, so they may be kept for ever; pages are asked for each time. */
export function serveScreens(app: App, screens: string): void {
  app.get('/*', { config: { action: 'public' }, schema: { hide: true } }, async (request, reply) => {
    // A wrong address of the interface is not found; it is not a page.
    const file = /^\/(api|log)(\/|$)/.test(request.url) ? undefined : fileFor(screens, request.url);
    if (file === undefined || !existsSync(file)) return reply.callNotFound();
    const fixed = file.startsWith(join(screens, 'assets'));
    return reply
      .header('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
      .header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(createReadStream(file));
  });
}
