/** `npm run pictures -- http://localhost:8080`: takes the main screens of a running demonstration into `docs/screens/`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { DEMO_PASSWORD } from '#access';

const OUT = join(import.meta.dirname, '../../docs/screens');
const base = (process.argv[2] ?? 'http://localhost:8080').replace(/\/$/, '');
const only = process.argv.slice(3);

type Ask = <T>(path: string) => Promise<T>;
interface Listed { readonly items: readonly { readonly clueId: string; readonly caseId: string; readonly sheetId: string; readonly id: string; readonly mainState: string; readonly rule: string; readonly periodFrom: string; readonly periodTo: string }[] }
const first = async (ask: Ask, path: string, wanted: (item: Listed['items'][number]) => boolean = () => true) => {
  const { items } = await ask<Listed>(path);
  return items.find(wanted) ?? items[0];
};

interface Picture {
  readonly name: string;
  readonly login?: string;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly path: string | ((ask: Ask) => Promise<string>);
  /** What a person does before the picture is taken. */
  readonly before?: (page: Page) => Promise<void>;
}

const PHONE = { width: 360, height: 780 } as const;
const WEEK = 7 * 86_400_000;
/** A claim that rests on several models and fits into a week. */
const readable = (clue: Listed['items'][number]) => clue.rule.includes('E0') && clue.rule.includes(' ') && Date.parse(clue.periodTo) - Date.parse(clue.periodFrom) < WEEK;
const aClue = async (ask: Ask) => `/clues/${(await first(ask, '/api/review/clues?tier=WORK_ORDER&limit=200&state=PANEL_ANALYSIS,HANDED_OVER', readable))?.clueId}`;
const aCase = (state: string) => async (ask: Ask) => `/cases/${(await first(ask, '/api/cases?limit=200', (one) => one.mainState === state))?.caseId}`;
const chart = (page: Page) => page.locator('canvas').first();

const PICTURES: readonly Picture[] = [
  { name: 'situation', login: 'head', path: '/', height: 1100, before: (page) => page.locator('.maplibregl-canvas').waitFor() },
  { name: 'clue-pool', login: 'panel', path: '/clues?state=PANEL_ANALYSIS%2CRETURNED_FOR_MORE' },
  { name: 'clue', login: 'panel', path: aClue, height: 1250, before: (page) => chart(page).hover({ position: { x: 420, y: 120 } }) },
  { name: 'clue-frames', login: 'panel', path: aClue, before: async (page) => { await chart(page).click({ position: { x: 420, y: 60 } }); await page.getByRole('dialog').waitFor(); } },
  { name: 'clue-dark', login: 'panel', path: aClue, dark: true },
  { name: 'review', login: 'review-lead', height: 1200, path: async (ask) => `/reviews/${(await first(ask, '/api/review/clues?state=UNDER_REVIEW,REVIEW_PASSED,HANDED_OVER&limit=50'))?.clueId}` },
  { name: 'case', login: 'enforcement', path: aCase('PERFORMING'), height: 1150 },
  { name: 'case-archived', login: 'archivist', path: aCase('ARCHIVED'), height: 1150 },
  { name: 'discretion', login: 'officer', path: aCase('PERFORMING'), height: 700, before: (page) => page.getByText('裁量：每个数的来源').evaluate((node) => (node as unknown as { scrollIntoView(): void }).scrollIntoView()) },
  { name: 'sheet', login: 'monitor', path: async (ask) => `/sheets/${(await first(ask, '/api/supervision/sheets?limit=50'))?.sheetId}`, height: 1100 },
  { name: 'models', login: 'panel', path: '/models' },
  { name: 'law', login: 'legal', path: '/law' },
  { name: 'evidence', login: 'archivist', path: '/evidence', before: async (page) => { await page.getByRole('button', { name: '出具证明' }).click(); await page.waitForLoadState('networkidle'); } },
  { name: 'unit-today', login: 'unit-qy0001', path: '/unit', ...PHONE, height: 1100 },
  { name: 'unit-case', login: 'unit-qy0001', ...PHONE, height: 1100, path: async (ask) => `/unit/cases/${(await first(ask, '/api/unit/cases'))?.caseId}` },
  { name: 'public-decision', ...PHONE, path: async (ask) => { const one = await first(ask, '/api/public/decisions'); return one === undefined ? '/public/decisions' : `/public/decisions/${one.id}`; } },
  { name: 'public-verify', path: '/public/verify' },
];

async function take(browser: Browser, picture: Picture): Promise<void> {
  const { name, login, width = 1440, height = 900, dark = false } = picture;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', locale: 'zh-CN' });
  try {
    if (login !== undefined) {
      const answer = await context.request.post(`${base}/api/access/sign-in`, { data: { login, password: DEMO_PASSWORD } });
      if (!answer.ok()) throw new Error(await answer.text());
    }
    const ask: Ask = async <T>(path: string) => (await (await context.request.get(base + path)).json()) as T;
    const path = typeof picture.path === 'string' ? picture.path : await picture.path(ask);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(base + path, { waitUntil: 'networkidle' });
    await page.locator('h1').first().waitFor();
    await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' }).catch(() => undefined);
    await picture.before?.(page);
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(OUT, `${name}.png`), animations: 'disabled' });
    process.stdout.write(`${name} ${path}\n`);
  } finally {
    await context.close();
  }
}

mkdirSync(OUT, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
// The browser unpacks itself into the temporary folder; its own one is removed with it.
process.env['TMPDIR'] = folder;
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'], headless: true });
try {
  for (const picture of PICTURES) {
    if (only.length > 0 && !only.includes(picture.name)) continue;
    await take(browser, picture).catch((error: unknown) => process.stdout.write(`${picture.name}: ${String(error)}\n`));
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
