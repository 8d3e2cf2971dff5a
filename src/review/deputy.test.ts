import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conflictOf, demoAccountId, type Actor } from '#access';
import { isRefusal } from '#kernel';
import { own } from '#law';
import { sql } from '#platform/db';
import { showClue } from './clue/show-clue.ts';
import { clueHistory } from './clue/step-clue.ts';
import { concludeReview } from './finding/conclude-review.ts';
import { takeReview } from './finding/open-review.ts';
import { signTrack } from './finding/sign-review.ts';
import { freezeList, triageClue } from './panel/triage-clue.ts';
import { giveSecondOpinion } from './second/give-second-opinion.ts';
import { must, openDesk, type Desk } from './testing/desk.ts';

describe('线索和审核中的代办', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk('deputy', '2026-09-14T09:00:00+08:00');
  });
  afterAll(() => desk.close());

  it('[JS-7.1] 受托人坐委托人的席位办理，台账、存证和页面写明代谁，研判之责记在两人名下', async () => {
    const clueId = await desk.raise('jiangsu', ['C01']);
    const air = desk.official('air', 'panel-member');
    const command = { decision: 'list', note: '恒值与用电下降同时出现' } as const;
    expect(await triageClue(desk.deps, air, clueId, command)).toMatchObject({ ok: false, code: 'REVIEW-061' });
    const deputy: Actor = { ...air, name: '云淡远（代沈知微）', behalf: { accountId: demoAccountId('panel'), name: '沈知微', delegationId: 'dlg' } };
    await must(triageClue(desk.deps, deputy, clueId, command));

    const history = await clueHistory(desk.db, clueId);
    for (const login of ['air', 'panel']) {
      expect(conflictOf(history, { accountId: demoAccountId(login) }, 'data-reviewer')).toMatchObject({ code: 'ACCESS-010', basis: own('duties') });
    }
    const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx DESC LIMIT 1`.execute(desk.db);
    expect(JSON.parse(rows[0]?.leaf ?? '')).toMatchObject({ t: 'review', ref: clueId, actor: demoAccountId('air'), behalf: demoAccountId('panel') });
    const page = await showClue(desk.deps, desk.official('panel-lead', 'panel-lead'), clueId);
    if (isRefusal(page)) throw new Error(page.en);
    expect((page as { steps: { actor: string }[] }).steps.at(-1)?.actor).toBe('云淡远（代沈知微）');
  });

  it('[JS-7.1] 代签的审核意见也是委托人的：委托人不得再签另一分工、作结论，受托人也不得代首次审核人出具第二人意见', async () => {
    const [tech, tech2, legal, lead] = [desk.official('review-tech', 'review-technical'), desk.official('review-tech2', 'review-technical'), desk.official('review-legal', 'review-legal'), desk.official('review-lead', 'review-lead')];
    const acting = (deputy: Actor, principal: Actor): Actor => ({ ...deputy, roles: principal.roles, behalf: { accountId: principal.accountId, name: principal.name, delegationId: 'dlg' } });
    const drawn = { ...desk.deps, draw: () => 0 };
    const taken = async (by: Actor) => {
      const clueId = await desk.raise('jiangsu', ['C01']);
      await must(triageClue(desk.deps, desk.official('panel', 'panel-member'), clueId, { decision: 'list', note: '与用电、门禁比对后列入' }));
      await must(freezeList(desk.deps, desk.official('panel-lead', 'panel-lead')));
      return (await must(takeReview(drawn, by, clueId))).reviewId;
    };
    const pass = { conclusion: 'PASS', reason: '' } as const;
    const reviewId = await taken(tech2);
    await must(signTrack(desk.deps, acting(tech2, tech), reviewId, { track: 'TECHNICAL', ...pass }));
    const both: Actor = { ...tech, roles: ['review-technical', 'review-legal'] };
    expect(await signTrack(desk.deps, both, reviewId, { track: 'LEGAL', ...pass })).toMatchObject({ code: 'REVIEW-010' });
    expect(await giveSecondOpinion(desk.deps, tech, reviewId, { conclusion: 'PASS', reason: '自己再看一遍' })).toMatchObject({ code: 'REVIEW-017' });
    const third = desk.official('legal', 'review-technical');
    expect(await giveSecondOpinion(desk.deps, acting(third, tech), reviewId, { conclusion: 'PASS', reason: '代首次审核人再看' })).toMatchObject({ code: 'REVIEW-017' });
    await must(signTrack(desk.deps, legal, reviewId, { track: 'LEGAL', ...pass }));

    const second = await taken(tech);
    await must(signTrack(desk.deps, tech, second, { track: 'TECHNICAL', ...pass }));
    await must(signTrack(desk.deps, { ...acting(legal, lead), roles: ['review-legal'] }, second, { track: 'LEGAL', ...pass }));
    expect(await concludeReview(desk.deps, lead, second, { conclusion: 'pass', reason: '', factsZh: '', factsEn: '', violations: ['AIR_EXCEED'] })).toMatchObject({ code: 'REVIEW-014' });
  });
});
