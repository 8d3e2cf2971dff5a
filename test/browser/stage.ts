import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { inject, onTestFinished, TestRunner } from 'vitest';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, DEMO_REGION } from '#access';
import { Judge } from '#analysis';
import { openLog } from '#evidence';
import { directoryOfRegister, importCapture } from '#ingest';
import { DAY, instant, manualClock, type ManualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { testSeries } from '#platform/series/testing';
import { importRegister, openRegistry } from '#register';
import { seatDemoPeople } from '#review';
import { simulate } from '#sim/simulate';
import { recordCalibrations } from '../scenarios/record-calibrations.ts';
import { composeDomain, type Domain } from '../../src/app/compose-domain.ts';
import { composeServer } from '../../src/app/compose-server.ts';
import { builtScreens } from './built-screens.ts';

const NOW = Date.parse('2026-09-14T10:00:00+08:00');

export interface Stage {
  readonly base: string;
  readonly domain: Domain;
  readonly clock: ManualClock;
  /** A person's browser: signed in unless `login` is empty. Everything that goes wrong in it is kept in `errors`. */
  visit(options: { readonly login?: string; readonly width: number; readonly language: 'zh' | 'en' }): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  readonly errors: string[];
  /** Opens a page from outside, as typed into the address bar. */
  go(path: string): Promise<void>;
  /** Goes on inside the room, as a link would. */
  walk(path: string): Promise<void>;
  /** Violations of WCAG 2.2 A and AA that axe finds on the page as it stands. */
  axe(): Promise<string[]>;
}

/** Chromium in front of a platform that is already there. */
export interface Visitors {
  visit: Stage['visit'];
  close(): Promise<void>;
}

export async function openVisitors(base: string): Promise<Visitors> {
  const browser = await launch();
  return {
    visit: (options) => visit(browser, base, options),
    close: () => browser.close(),
  };
}

/** Days that ended at the stage's present, with what went wrong in them; received and judged before the curtain rises. */
export interface History {
  readonly days: number;
  readonly inject: readonly { readonly kind: string; readonly at: number; readonly hours: number }[];
}

async function playHistory(domain: Domain, capture: string): Promise<void> {
  const { platform, registry } = domain;
  await importCapture({ ...platform, directory: directoryOfRegister(() => registry.current()) }, createReadStream(capture), { source: 'capture.tsv' });
  const judge = await Judge.open({ ...platform, registry });
  while ((await judge.step()).frames > 0);
}

/** What differs from stage to stage; passkeys want `localhost` for host. */
export interface StageOptions {
  readonly host?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly history?: History;
}

/** One platform with a two-outfall province that serves the screens as their sources stand, and one Chromium. */
export async function openStage({ host = '127.0.0.1', env = {}, history }: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  const province = join(folder, 'province');
  const [records, values] = await Promise.all([
    testDatabase(), testSeries(),
    simulate({ seed: 'browser-1', outfalls: 2, industries: ['coal_power', 'municipal'], days: history?.days ?? 1, start: NOW - (history?.days ?? 2) * DAY, stepMin: 10, inject: history?.inject ?? 'none', benign: false, outDir: province }),
  ]);
  recordCalibrations(province, NOW - 6 * DAY);
  const clock = manualClock(instant(NOW));
  const log = silentLogger();
  const { db } = records;
  const imported = await importRegister({ db, clock }, { dir: province, by: 'test', home: { authority: DEMO_CITY, region: DEMO_REGION } });
  if (!imported.imported) throw new Error(JSON.stringify(imported.problems[0]));
  const register = await openRegistry(db);
  await createDemoAccounts({ db, clock }, register.data.units.map(({ unit, name }) => ({ unitId: unit, name })));
  await seatDemoPeople({ db, clock }, DEMO_CITY);
  const composed = await composeDomain({ db, series: values.series, clock, log, blobs: openBlobs(join(folder, 'blobs')), config: { ...readConfig({ MINGJIAN_DATA: folder, ...env }), demo: true } });
  // No review is drawn for a second opinion: the story must not turn on a lot.
  const domain: Domain = { ...composed, review: { ...composed.review, draw: () => 1 } };
  const opened = await openLog(domain.evidence, 'browser');
  if (!opened.ok) throw new Error(opened.en);
  if (history !== undefined) await playHistory(domain, join(province, 'capture.tsv'));
  const app = await composeServer(domain, await builtScreens());
  const base = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', host);
  const visitors = await openVisitors(base);
  return {
    base, domain, clock,
    visit: visitors.visit,
    close: async () => {
      await visitors.close();
      await app.close();
      domain.close();
      await Promise.all([records.drop(), values.drop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Camera and microphone of the browser under test: a moving test picture, given without asking. */
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** The browser unpacks itself into the temporary folder, unless it lies there: one for each worker, so that none starts what another is still writing. */
async function launch(): Promise<Browser> {
  const before = process.env['TMPDIR'];
  const folder = join(inject('runFolder'), `chromium-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  const executablePath = await chromium.executablePath();
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  return playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...FAKE_CAMERA], headless: true });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function visit(browser: Browser, base: string, { login, width, language }: Parameters<Stage['visit']>[0]): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 780 : 900 }, reducedMotion: 'reduce', locale: language === 'zh' ? 'zh-CN' : 'en-US' });
  await context.addInitScript((value) => localStorage.setItem('mingjian.language', value), language);
  if (login !== undefined) {
    const answer = await context.request.post(`${base}/api/access/sign-in`, { data: { login, password: DEMO_PASSWORD } });
    if (!answer.ok()) throw new Error(await answer.text());
  }
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`)));
  page.on('request', (request) => void (new URL(request.url()).origin !== base && !/^(data|blob):/.test(request.url()) && errors.push(`outside host ${request.url()}`)));
  // What a test opened it does not leave running: every open page goes on asking.
  if (TestRunner.getCurrentTest() !== undefined) onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(`${login ?? 'nobody'} stood at ${page.url()} and saw:\n${await page.locator('body').innerText()}\n${errors.join('\n')}`);
    await context.close();
  });
  return {
    page, errors,
    go: async (path) => void (await page.goto(base + path, { waitUntil: 'networkidle' })),
    walk: async (path) => {
      await page.evaluate((to) => {
        const { history, dispatchEvent, PopStateEvent } = globalThis as unknown as { history: { pushState(state: object, title: string, url: string): void }; dispatchEvent(event: object): void; PopStateEvent: new (name: string) => object };
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, path);
      await page.waitForLoadState('networkidle');
      await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' }).catch(() => undefined);
    },
    axe: async () => {
      // A list or a calendar that has just been chosen from is still fading out: the page as it stands is the one without it.
      for (const popup of ['select', 'picker']) await page.locator(`.ant-${popup}-dropdown:not(.ant-${popup}-dropdown-hidden)`).first().waitFor({ state: 'hidden', timeout: 5_000 });
      await page.evaluate(settled);
      await page.evaluate(AXE);
      return page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run(root: unknown, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        const { violations } = await axe.run((globalThis as unknown as { document: unknown }).document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'], preload: false });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
      });
    },
  };
}

/** Ends when nothing on the page fades or moves any more, but for what turns for ever; after two seconds at the latest. */
async function settled(): Promise<void> {
  interface Moving { readonly finished: Promise<unknown>; readonly effect: { getComputedTiming(): { readonly iterations?: number } } | null }
  const { document } = globalThis as unknown as { document: { getAnimations(): readonly Moving[] } };
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
  await Promise.race([Promise.allSettled(ending.map(({ finished }) => finished)), new Promise((resolve) => setTimeout(resolve, 2_000))]);
}

/** Names of people and places stay as they are in English, and so does the switch to Chinese. */
const PROPER = /公司|排放口|^中文$|[省市县区](?:\p{Script=Han}|\d|$)|演示/u;
/** Chinese on a page read in English that is no proper name. */
export const chineseOn = async (page: Page): Promise<string[]> => {
  const texts = await page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { body: { innerText: string } } };
    return document.body.innerText.split('\n');
  });
  return texts.filter((text) => /\p{Script=Han}/u.test(text) && !PROPER.test(text.trim()));
};

/** Does the page fit its width? A phone must not scroll sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as { document: { documentElement: { scrollWidth: number } }; innerWidth: number };
    return document.documentElement.scrollWidth - innerWidth;
  });
