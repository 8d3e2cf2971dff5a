import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEMO_PASSWORD, unitLogin } from '#access';
import { createHttp } from '#platform/http';
import { silentLogger } from '#platform/log';
import { median } from '#platform/measure';
import { say } from '../terminal.ts';
import { openWebWorld, type WebWorld } from './bench-web-world.ts';

const DIST = join(import.meta.dirname, '../../../web/dist');
/** What a page may weigh before anything of it is shown, gzip. */
const BUNDLE_GOAL_KB = 400;
const ROUNDS_PER_RUN = 20;
const WARM_UP = 10;

interface Timed {
  readonly name: string;
  readonly url: string;
  readonly ms: number[];
  /** Processor time of this process, which is server and client; the engines are others. */
  readonly cpu: number[];
  bytes: number;
}

/** The least a server of ours can answer and a browser can show: the limit of the same run. */
async function emptyServer(): Promise<{ base: string; close(): Promise<void> }> {
  const app = await createHttp({ log: silentLogger() });
  app.get('/answer', async () => ({}));
  app.get('/page', async (_request, reply) => reply.type('text/html').send('<!doctype html><title>.</title><p>.</p>'));
  return { base: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}

async function signIn(base: string, login: string): Promise<string> {
  const answer = await fetch(`${base}/api/access/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: DEMO_PASSWORD }) });
  if (!answer.ok) throw new Error(`sign-in of the bench: ${await answer.text()}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

async function ask(read: Timed, cookie: string): Promise<{ ms: number; cpu: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const answer = await fetch(read.url, { headers: { cookie } });
  const body = await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${read.name}: ${answer.status} ${Buffer.from(body).toString()}`);
  read.bytes = body.byteLength;
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - began, cpu: (user + system) / 1000 };
}

/** The reads behind the pages that are open all day, in turn with an empty answer, by one client over one connection. */
async function hotReads({ base, case: { caseId }, outfall, month, clues }: WebWorld, empty: string, runs: number): Promise<void> {
  const read = (name: string, url: string): Timed => ({ name, url, ms: [], cpu: [], bytes: 0 });
  const limit = read('empty answer', `${empty}/answer`);
  const span = new URLSearchParams({ from: new Date(month.from).toISOString(), to: new Date(month.to).toISOString(), points: '1200' });
  const reads = [
    limit, read(`clue pool, ${Math.min(60, clues + 1)} of ${clues + 1}`, `${base}/api/review/clues?limit=60`), read('case page', `${base}/api/cases/${caseId}`),
    read('outfall curve of a month', `${base}/api/outfalls/${outfall}/series?${span}`),
  ];
  const cookie = await signIn(base, 'head');
  const rounds = runs * ROUNDS_PER_RUN;
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const one of reads) {
      const { ms, cpu } = await ask(one, cookie);
      if (round < 0) continue;
      one.ms.push(ms);
      one.cpu.push(cpu);
    }
  }
  say(`  reads of the interface · medians of ${rounds}, in turn; client and server in one process`);
  for (const { name, ms, cpu, bytes } of reads) {
    const p95 = ms.toSorted((a, b) => a - b)[Math.floor(ms.length * 0.95)] ?? Number.NaN;
    const times = `${(median(ms) / median(limit.ms)).toFixed(1)} empty answers (by processor time ${(median(cpu) / median(limit.cpu)).toFixed(1)})`;
    say(`    ${name.padEnd(28)} ${median(ms).toFixed(2).padStart(8)} ms · p95 ${p95.toFixed(2).padStart(8)} ms · processor time ${median(cpu).toFixed(2).padStart(7)} ms · ${times} · ${(bytes / 1024).toFixed(0)} kB`);
  }
}

/** Scripts and styles that a page asks for before it shows anything, as its own file names them. */
function bundles(): void {
  say('  bundles that a page loads first, gzip');
  for (const [name, page] of [['official', 'index.html'], ['unit', 'unit.html'], ['public', 'public.html']] as const) {
    const html = readFileSync(join(DIST, page), 'utf8');
    const files = [...new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => file))];
    const kb = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length, 0) / 1024;
    say(`    ${name.padEnd(28)} ${kb.toFixed(0).padStart(8)} kB in ${files.length} files · ${(kb / BUNDLE_GOAL_KB).toFixed(2)} of the goal of ${BUNDLE_GOAL_KB} kB`);
  }
}

/** Chromium and what drives it come with the tools of development; without them this part is left out. */
async function browserHere() {
  try {
    const [{ default: chromium }, { chromium: driver }] = await Promise.all([import('@sparticuz/chromium'), import('playwright-core')]);
    return await driver.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'], headless: true });
  } catch (error) {
    say(`  first content: no browser on this machine (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`);
    return undefined;
  }
}

/** Runs in the page. */
const FIRST_CONTENT = `new Promise((done) => new PerformanceObserver((list) => {
  const first = list.getEntriesByName('first-contentful-paint')[0];
  if (first !== undefined) done(first.startTime);
}).observe({ type: 'paint', buffered: true }))`;

/** From the request for a page to the first of it on the screen, each time with an empty cache. */
async function firstContent({ base, outfall }: WebWorld, empty: string, runs: number): Promise<void> {
  const browser = await browserHere();
  if (browser === undefined) return;
  try {
    const unit = unitLogin(outfall.split('-')[0] as Parameters<typeof unitLogin>[0]);
    const pages = [
      { name: 'page of one word', url: `${empty}/page`, login: undefined, ms: [] as number[] },
      { name: 'official, clue pool', url: `${base}/clues`, login: 'head', ms: [] as number[] },
      { name: 'unit', url: `${base}/unit`, login: unit, ms: [] as number[] },
      { name: 'public', url: `${base}/public`, login: undefined, ms: [] as number[] },
    ];
    for (let run = -1; run < runs; run++) {
      for (const { url, login, ms } of pages) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
        if (login !== undefined) await context.request.post(`${base}/api/access/sign-in`, { data: { login, password: DEMO_PASSWORD } });
        const page = await context.newPage();
        await page.goto(url);
        const first = await page.evaluate<number>(FIRST_CONTENT);
        // The first visit of a browser pays for its own start.
        if (run >= 0) ms.push(first);
        await context.close();
      }
    }
    const least = median(pages[0]?.ms ?? []);
    say(`  first content of a page · medians of ${runs} visits with an empty cache, in turn`);
    for (const { name, ms } of pages) say(`    ${name.padEnd(28)} ${median(ms).toFixed(0).padStart(8)} ms · ${(median(ms) / least).toFixed(1).padStart(6)} pages of one word`);
  } finally {
    await browser.close();
  }
}

/** What people wait for: the interface's reads, the weight of the screens and their first content, each beside a limit of the same run. */
export async function webBench({ runs, clues }: { runs: number; clues: number }): Promise<void> {
  const { withPlatform } = await import('../with-platform.ts');
  const empty = await emptyServer();
  try {
    await withPlatform(async (platform) => {
      const world = await openWebWorld(platform, clues);
      try {
        say(`\nweb · a month of two outfalls, ${clues} clues, a case at ${world.case.mainState}`);
        await hotReads(world, empty.base, runs);
        if (!existsSync(DIST)) return say('  the screens are not built (npm start builds them): bundles and first content are left out');
        bundles();
        await firstContent(world, empty.base, runs);
      } finally {
        await world.close();
      }
    });
  } finally {
    await empty.close();
  }
}
