import { expect } from 'vitest';
import { DEMO_PASSWORD } from '#access';
import { DAY } from '#kernel';
import { sweepDeadlines } from '#platform/deadlines';
import { missingEvidence } from '#sim/people/evidence-files';
import { openScene } from '#sim/people/scene';
import type { CaseRow, ClueRow, Page, SheetRow } from '#sim/people/shapes';
import { handOn, seal } from '../../src/app/hand-on.ts';
import { passReview, peopleOf, type People } from '../scenarios/chain-people.ts';
import { openStage, overflow, type Stage, type Visit } from './stage.ts';

export const UNIT = 'unit-qy0001';

/** A case that came of what the stage's devices sent: judged, answered, listed, reviewed, handed over and filed. */
export interface CaseWalk extends People {
  readonly stage: Stage;
  readonly clueId: string;
  readonly caseId: string;
  visit(login: string, width?: number): Promise<Visit>;
  /** The official's page of the case, whole: its last card is there. */
  open(login: string, width?: number): Promise<Visit>;
  /** Every act that waits for its consequences: handed on, clocks swept, sealed. */
  settle(): Promise<void>;
  wait(ms: number): Promise<void>;
  /** Evidence for every required point but those named, then the record of the inquiry. */
  gather(but?: readonly string[]): Promise<void>;
  /** From the end of the investigation to the served prior notice; the penalties give a right to a hearing. */
  notify(): Promise<void>;
  close(): Promise<void>;
}

export async function openCase(): Promise<CaseWalk> {
  const stage = await openStage({ history: { days: 5, inject: [{ kind: 'exceed_sustained', at: 3, hours: 2 }] } });
  const { domain, clock, base } = stage;
  const relay = async (): Promise<void> => {
    while ((await handOn(domain)) > 0);
  };
  const visit = (login: string, width = 1440): Promise<Visit> => stage.visit({ login, width, language: 'zh' });
  const settle = async (): Promise<void> => {
    await sweepDeadlines(domain.platform);
    await relay();
    await seal(domain);
  };
  let caseId = '';
  const people = peopleOf({ scene: openScene({ base, password: DEMO_PASSWORD }), relay, clock }, () => caseId);
  const { as, step, act } = people;
  await settle();
  const [sheet] = (await as('monitor').get<Page<SheetRow>>('/api/supervision/sheets?limit=50')).items;
  await as(UNIT).post(`/api/unit/sheets/${sheet?.sheetId}/receipt`);
  await as(UNIT).post(`/api/unit/sheets/${sheet?.sheetId}/feedback`, { cause: 'exceedance', explanation: '除尘器滤袋破损导致超标，确属超标。', measures: '正在更换滤袋并降低负荷。' });
  await as('monitor').post(`/api/supervision/sheets/${sheet?.sheetId}/recheck`, { outcome: 'refer', note: '无标记、无运维记录，单位承认超标，转研判。' });
  await settle();
  const clueId = (await as('monitor').get<Page<ClueRow>>('/api/review/clues?limit=200')).items[0]?.clueId ?? '';
  await as('panel').post(`/api/review/clues/${clueId}/triage`, { decision: 'list', note: '连续超标，工况正常，未标记。' });
  await as('panel-lead').post('/api/review/lists');
  await settle();
  await passReview(as, clueId, { technical: 'review-tech', lead: 'review-lead' }, ['AIR_EXCEED']);
  clock.advance(DAY);
  await as('review-lead').post(`/api/review/clues/${clueId}/hand-over`);
  await as('review-lead').post(`/api/review/clues/${clueId}/notice`);
  await settle();
  await as(UNIT).post(`/api/unit/suspicions/${clueId}/receipt`);
  await as(UNIT).post(`/api/unit/suspicions/${clueId}/statements`, { kind: 'STATEMENT', text: '滤袋已更换，愿意配合调查。' });
  await as('officer').post(`/api/review/clues/${clueId}/sign-in`);
  await relay();
  caseId = (await as('officer').get<Page<CaseRow>>('/api/cases')).items[0]?.caseId ?? '';
  await step('PROPOSE_FILING');
  await step('APPROVE_FILING');
  const walk: CaseWalk = {
    ...people, stage, clueId, caseId, settle,
    visit,
    open: async (login, width) => {
      const opened = await visit(login, width);
      await opened.go(`/cases/${caseId}`);
      await opened.page.getByText('谁查阅过本案卷宗').waitFor();
      return opened;
    },
    wait: async (ms) => {
      clock.advance(ms);
      await settle();
    },
    gather: async (but = []) => {
      const scan = await as(UNIT).post<{ sha256: string }>('/api/unit/materials', { base64: Buffer.from('验收、校准与许可证扫描件').toString('base64') });
      for (const item of missingEvidence(await people.page(), scan.sha256, clock.now())) if (!but.includes(String(item['point']))) await act('officer', item);
      await walk.wait(DAY);
      await step('RECORD_INQUIRY');
    },
    notify: async () => {
      for (const command of ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION']) await step(command);
      await step('DELIBERATE', { penalties: ['FINE', 'LIMIT_PRODUCTION'] });
      await as(UNIT).post('/api/unit/consent', { signerName: '单位负责人', signerRole: '法定代表人', recipient: UNIT });
      await step('SEND_NOTICE');
      await settle();
    },
    close: stage.close,
  };
  return walk;
}

/** The page is accessible, fits its width, and nothing went wrong in it; a picture for whoever named a folder. */
export async function sound({ page, errors, axe }: Visit, name: string): Promise<void> {
  const folder = process.env['MINGJIAN_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  // A paper that still lacks words is answered so while it is typed; the chart of a clue may have nothing to tell.
  const wrong = errors.filter((line) => !/\/previews|\/api\/analysis\/clues\//.test(line));
  expect({ name, axe: await axe(), overflow: Math.max(0, await overflow(page)), wrong }).toEqual({ name, axe: [], overflow: 0, wrong: [] });
}
