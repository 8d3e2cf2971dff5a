import { describe, expect, it } from 'vitest';
import { DEMO_CAST, DEMO_CITY, demoAccountId } from '#access';
import { instant, manualClock } from '#kernel';
import { loadLaw } from '#law';
import { testDatabase } from '#platform/db/testing';
import { BODIES, MODELS, seatDemoPeople } from '#review';
import { deskOf, openReviewDesk } from '#sim/people/at-review';
import { openCaseDesk } from '#sim/people/at-cases';
import { CHEATS } from '#sim/cheats/cheats';
import { openAgenda } from '#sim/people/agenda';
import { whoDid } from '#sim/people/alteration';
import { CASE_ACTS } from '#sim/people/case-bodies';
import { seenAt, siteVisit, TO_THE_PLACE, TRACES } from '#sim/people/on-site';
import { chanceOf, type Troupe } from '#sim/people/habits';
import { DIRECTOR, personOf } from '#sim/people/persons';
import type { CasePage, ClueRow } from '#sim/people/shapes';
import { sql } from '#platform/db';
import { commandSchema } from '../../src/cases/commands/index.ts';
import { actsNotFound } from '../../src/cases/evidence/act-found.ts';
import { foundFacts } from '../../src/cases/papers/found-facts.ts';
import type { PenaltyCase } from '../../src/cases/penalty-case.ts';
import { filed, law, must, start } from '../../src/cases/testing/pure-case.ts';

const bodies = [...new Set(Object.values(MODELS).map((row) => row.review))];
const rolesOf = (login: string): readonly string[] => DEMO_CAST.find((member) => member.login === login)?.roles ?? [];

describe('演示人员在各地区的席位', () => {
  it.each(bodies)('%s：取件、盲审、牵头是三个人，角色相符，并在席位表上', async (body) => {
    const { technical, second, lead } = deskOf({ body });
    expect(new Set([technical, second, lead, 'review-legal', 'monitor']).size).toBe(5);
    for (const login of [technical, second]) expect(rolesOf(login).some((role) => BODIES[body].technical.some((one) => one === role)), login).toBe(true);
    expect(rolesOf(lead).some((role) => BODIES[body].lead.some((one) => one === role))).toBe(true);
    const t = await testDatabase();
    await seatDemoPeople({ db: t.db, clock: manualClock(instant(0)) }, DEMO_CITY);
    const { rows } = await sql<{ account_id: string; lead: boolean }>`SELECT account_id, lead FROM review_member WHERE body = ${body}`.execute(t.db);
    await t.drop();
    const leads = (login: string) => rows.find((row) => row.account_id === demoAccountId(login))?.lead;
    expect([technical, second, 'review-legal', lead].map(leads)).toEqual([false, false, false, true]);
  });

  it('办理线索的人依线索的审核机构而定：不经清单的直接取件，经清单的先冻结', async () => {
    const acts: string[] = [];
    const row = (clueId: string, body: string, needsList: boolean): ClueRow => ({
      clueId, body, needsList, unitId: 'U1', unitName: 'U1', outfall: 'O1', outfallName: 'O1', tier: 'WORK_ORDER', provisional: false, state: 'LISTED', sentence: { zh: '' }, rule: 'B01@1',
      periodFrom: '', periodTo: null, listId: null, reviewId: null, signedInAt: null, createdAt: '2026-09-01T00:00:00Z', changedAt: '2026-09-01T00:00:00Z',
    });
    const items = [row('nm', 'CONTROL', false), row('sh', 'LAB', false), row('nx', 'TEAM', true)];
    const cast = {
      now: () => Date.parse('2026-09-14T02:00:00Z'), look: () => Promise.resolve({ items, nextCursor: null }), act: (login: string, path: string) => Promise.resolve(acts.push(`${login} ${path}`) > 0),
    } as unknown as Troupe;
    await openReviewDesk(cast)(true);
    expect(acts.sort()).toEqual(['lab /api/review/clues/sh/take', 'monitor2 /api/review/clues/nm/take', 'panel-lead /api/review/lists']);
  });

  it('办公室同时只办七件；移送五日后腾出人手；等久了的也在研判期内有去处，专班接着列入清单', async () => {
    const now = Date.parse('2026-09-14T02:00:00Z');
    const row = (clueId: string, state: string, daysAgo: number): ClueRow => ({
      clueId, body: 'REVIEW', needsList: true, unitId: 'U1', unitName: 'U1', outfall: 'O1', outfallName: 'O1', tier: 'WORK_ORDER', provisional: false, state, sentence: { zh: '最高 51 mg/m3（超标 0.02 倍）' }, rule: 'B01@1',
      periodFrom: '', periodTo: null, listId: 'L', reviewId: null, signedInAt: '2026-08-01T00:00:00Z', createdAt: new Date(now - daysAgo * 86_400_000).toISOString(), changedAt: new Date(now - daysAgo * 86_400_000).toISOString(),
    });
    const decidedWhen = async (daysAgo: number, waited = 3, next = 'next'): Promise<string | undefined> => {
      const items = [...Array.from({ length: 7 }, (_, k) => row(`done-${k}`, 'HANDED_OVER', daysAgo)), row(next, 'PANEL_ANALYSIS', waited)];
      const acts: unknown[] = [];
      const look = (_login: string, path: string) => Promise.resolve(path.includes('?state=') ? { items, nextCursor: null } : { notice: null });
      const cast = { now: () => now, look, act: (login: string, path: string, body: unknown) => Promise.resolve(acts.push([login, path, body]) > 0) } as unknown as Troupe;
      await openReviewDesk(cast)(true);
      return /"decision":"(\w+)"/.exec(JSON.stringify(acts))?.[1];
    };
    expect([await decidedWhen(4), await decidedWhen(6)]).toEqual([undefined, 'list']);
    const [taken, left] = [0, 50].map((least) => Array.from({ length: 50 }, (_, k) => `next-${k}`).find((id) => chanceOf(id, 'panel') >= least && chanceOf(id, 'panel') < least + 50));
    expect([await decidedWhen(4, 6, taken), await decidedWhen(4, 6, left)]).toEqual(['list', 'downgrade']);
  });

  it('造假案件：指向犯罪的呈批移送，法制先出意见；否则对直接负责的主管人员另案处理，本人的陈述由承办人代录，文书由本人签收', async () => {
    const now = Date.parse('2026-09-14T02:00:00Z');
    const person = { name: '赵演示', idNumber: '329901198001010010', post: '生产副总经理', address: '演示路', employer: { unitId: 'QY0005', name: '演示公司' } };
    const crime = [{ command: 'PROPOSE_TRANSFER', article: '法释〔2023〕7号 第一条', grounds: [{ zh: '重点排污单位', holds: 'YES' }] }];
    /** What is done with a case that stands so, with nothing left to gather. */
    const done = async (mainState: string, state: object = {}, more: object = {}, went: readonly { kind: string }[] = []): Promise<unknown[]> => {
      const at = { caseId: 'c1', caseNo: 'C-2026-0002', unitId: 'QY0005', mainState, rectification: 'CORRECTED', changedAt: now - 30 * 86_400_000 };
      const page = {
        unitName: '演示公司', outfallName: 'O1', factorNames: ['颗粒物'], proposals: [], demands: [], mergeTargets: [], siblings: [], duties: [], cause: { zh: '伪造、篡改自动监测数据案' }, evidencePoints: [], law: null, next: [{ command: 'ADD_PERSON', missing: [] }], ...more,
        state: { ...at, main: mainState, violation: 'DATA_FALSIFY_UNIT', facts: '修改参数', actStart: now, actEnd: now, officers: [], production: 'NO_LIMIT', detention: 'NO_DETENTION', kin: [], latest: {}, defence: [], evidence: [{ shows: ['PARAM_CHANGED'] }], evidenceRefs: [], ...state },
      };
      const parcel = { deliveryId: 'd1', unitId: 'p1', documentTitle: '事先告知书', documentNumber: '1号', method: 'DIRECT', arrivedAt: null, state: 'SENT' };
      const acts: unknown[] = [];
      const look = (_login: string, path: string) => Promise.resolve(path.includes('open=true') ? { items: [at] } : path.startsWith('/api/deliveries') ? { items: [parcel] } : path === '/api/cases/c1' ? page : { items: [] });
      type Said = { kind?: string; receiver?: string; name?: string; shows?: string; outcome?: string };
      const act = (login: string, path: string, body: Said = {}) => Promise.resolve(acts.push([login, body.kind ?? path, body.receiver ?? body.name ?? body.shows ?? body.outcome]) > 0);
      const cast = { happened: () => went, now: () => now, agenda: openAgenda(() => now, 0), look, act, as: () => ({ request: () => Promise.resolve({ ok: true, body: { sha256: 'a'.repeat(64) } }) }) } as unknown as Troupe;
      await openCaseDesk(cast)(true);
      return acts;
    };
    expect(await done('INVESTIGATING', {}, { proposals: crime })).toEqual([['officer', 'PROPOSE_TRANSFER', undefined]]);
    expect(await done('TRANSFER_PROPOSED')).toEqual([['legal', 'GIVE_TRANSFER_OPINION', undefined]]);
    expect(await done('TRANSFER_PROPOSED', { latest: { GIVE_TRANSFER_OPINION: { command: {} } } })).toEqual([['head', 'APPROVE_TRANSFER', undefined]]);
    expect(await done('INVESTIGATING')).toEqual([['enforcement', 'ADD_PERSON', personOf('QY0005', DIRECTOR).name]]);
    const joint = (n: number) => ({ kin: Array.from({ length: n }, () => ({ relation: 'JOINT_WITH' })) });
    expect(await done('INVESTIGATING', joint(1))).toEqual([['enforcement', 'ADD_PERSON', whoDid({ unitId: 'QY0005', region: 'jiangsu' }).hand.name]]);
    expect(await done('INVESTIGATING', joint(2))).toEqual([['officer', 'FINISH_INVESTIGATION', undefined]]);
    // Values alone: the officers go to the place first. What they find there is what went on; where nothing did, the case ends for want of proof.
    const lacking = { next: [{ command: 'FINISH_INVESTIGATION', missing: ['“人为干预的痕迹”的查明：方式（虚假标记之一）和能够证明的证据'] }] };
    expect(await done('INVESTIGATING', { mode: 'OFFSITE', outfallId: 'O1' }, lacking)).toEqual([['officer', 'SWITCH_MODE', undefined]]);
    const visited = (...went: { kind: string }[]) => done('INVESTIGATING', { mode: 'MIXED', outfallId: 'O1' }, { ...lacking, proposals: crime }, went);
    expect(await visited({ kind: 'scale_down' })).toEqual([['officer', 'RECORD_SITE_INSPECTION', 'PARAM_CHANGED']]);
    expect(await visited({ kind: 'exceed_sustained' })).toEqual([['officer', 'RECORD_SITE_INSPECTION', undefined]]);
    // Where the region sends officers to every place, they go and write their own record.
    const ordered = { next: [{ command: 'FINISH_INVESTIGATION', missing: ['现场检查取得的证据'] }] };
    expect(await done('INVESTIGATING', { mode: 'OFFSITE', violation: 'AIR_EXCEED' }, ordered)).toEqual([['officer', 'RECORD_SITE_INSPECTION', undefined]]);
    const after = await done('INVESTIGATING', { latest: { RECORD_SITE_INSPECTION: { command: {} } } }, lacking);
    expect(after).toEqual([['officer', 'FINISH_INVESTIGATION', 'NOT_ESTABLISHED']]);
    expect(await done('DEFENCE_WINDOW', { person, rectification: 'NO_ORDER' })).toEqual([['officer', 'SUBMIT_DEFENCE', undefined]]);
    expect(await done('NOTICE_SENT', { person, rectification: 'NO_ORDER' })).toEqual([['officer', '/api/deliveries/d1/proof', '赵演示']]);
  });

  it('造假案件的现场检查笔录为平台所收，调查报告写明查明的行为和证据；陈述说的是同一行为', () => {
    const charged = { ...filed(), violation: 'DATA_FALSIFY_UNIT' as const };
    const page = { unitName: '演示公司', outfallName: 'O1', state: { ...charged, unitId: 'QY0005', outfallId: 'O1' }, next: [] } as unknown as CasePage;
    const seen = seenAt(() => [{ kind: 'exceed_sustained' }, { kind: 'const_hold' }], page);
    const inspected = [TO_THE_PLACE, siteVisit(page, seen, { from: start - 7_200_000, to: start - 3_600_000 })].reduce<PenaltyCase>((state, body) => must(state, commandSchema.parse(body), start), charged);
    expect(foundFacts(inspected, law)).toMatch(/现场检查（勘察），查明：数据采集传输仪内装有保持输出值的程序[^]*方式为篡改、伪造监测数据或者记录，由《现场检查（勘察）笔录》证明/);
    expect(actsNotFound(inspected, law)).toEqual([]);
    const asked = CASE_ACTS['RECORD_INQUIRY']?.body({ ...page, state: { ...page.state, evidence: inspected.evidence } } as unknown as CasePage, start);
    expect(JSON.stringify(asked)).toContain('数据采集传输仪里的程序被改动过，上传的不是实测值，原因是');
    expect(Object.keys(TRACES).filter((kind) => !(kind in CHEATS))).toEqual([]);
  });

  it('[SH-6.3b] 须现场检查的地区：每种违法行为都由执法人员制作现场检查笔录，只证明检查当日所见', () => {
    for (const { key } of loadLaw().data.violations) {
      const charged = { ...filed(), violation: key };
      const page = { unitName: 'U1', outfallName: 'O1', state: { ...charged, unitId: 'QY0005' }, next: [] } as unknown as CasePage;
      const visited = [TO_THE_PLACE, siteVisit(page, undefined, { from: start - 7_200_000, to: start - 3_600_000 })].reduce<PenaltyCase>((state, body) => must(state, commandSchema.parse(body), start), charged);
      expect(visited.evidence.at(-1), key).toMatchObject({ evidenceKind: 'SITE_RECORD', mode: 'ONSITE', provider: '执法人员制作', proves: expect.stringMatching(/以上是检查当日所见，.*另行调取/u) });
    }
  });
});
