import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conflictOf, demoAccountId, type Actor } from '#access';
import { isRefusal } from '#kernel';
import { sql } from '#platform/db';
import { showClue } from './clue/show-clue.ts';
import { clueHistory } from './clue/step-clue.ts';
import { triageClue } from './panel/triage-clue.ts';
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
      expect(conflictOf(history, { accountId: demoAccountId(login) }, 'data-reviewer')).toMatchObject({ code: 'ACCESS-010', basis: '江苏办法 第七条、第十条' });
    }
    const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx DESC LIMIT 1`.execute(desk.db);
    expect(JSON.parse(rows[0]?.leaf ?? '')).toMatchObject({ t: 'review', ref: clueId, actor: demoAccountId('air'), behalf: demoAccountId('panel') });
    const page = await showClue(desk.deps, desk.official('panel-lead', 'panel-lead'), clueId);
    if (isRefusal(page)) throw new Error(page.en);
    expect((page as { steps: { actor: string }[] }).steps.at(-1)?.actor).toBe('云淡远（代沈知微）');
  });
});
