import { describe, expect, it } from 'vitest';
import { calendarDay, dayOf, instant, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
import { act, DAY, filed, investigated, must, noticed, received, start, walk } from './testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand =>
  ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const reviewed = () => walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);

/** A notice with a right to a hearing: production is to be limited besides the fine. */
const severe = (): PenaltyCase =>
  walk(
    must(reviewed(), with_('DELIBERATE', start, { penalties: ['FINE', 'LIMIT_PRODUCTION'] }), start),
    ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED'],
    start,
  );

const performing = () =>
  walk(
    must(noticed(), sample('WAIVE_RIGHTS', start), start),
    ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'],
    start,
  );

describe('立案前后的岔路', () => {
  it('不予立案须有法定理由，时钟随之关闭', () => {
    expect(act(received(), with_('REFUSE_FILING', start, { ground: '随便' }), start)).toMatchObject({
      ok: false,
      code: 'CASE-003',
    });
    const closed = must(received(), sample('REFUSE_FILING', start), start);
    expect(closed).toMatchObject({ main: 'NOT_FILED', running: {} });
  });

  it('四个立案条件缺一不可，并逐项说明', () => {
    const lacking = with_('PROPOSE_FILING', start, {
      conditions: { initialProof: true, punishable: true, jurisdiction: false, withinLimitation: true },
    });
    const refused = act(received(), lacking, start);
    expect(refused).toMatchObject({ ok: false, missing: ['属于本机关管辖'] });
  });

  it('超过两年追责时效的不予立案：自行为终了至发现之日计', () => {
    const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
    const data = `data:O1:${at('2024-03-10')}:${at('2024-03-17')}`;
    const found = { ...received(), evidenceRefs: received().evidenceRefs.map((ref) => ({ ...ref, dataRef: data })) };
    const old = with_('PROPOSE_FILING', start, {
      actStart: calendarDay('2024-03-10'),
      actEnd: calendarDay('2024-03-15'),
    });
    expect(act(found, old, start)).toMatchObject({ ok: false, code: 'CASE-003', missing: [expect.stringContaining('两年')] });
    const just = with_('PROPOSE_FILING', start, {
      actStart: calendarDay('2024-03-16'),
      actEnd: calendarDay('2024-03-16'),
    });
    expect(act(found, just, start)).toMatchObject({ ok: true });
  });

  it('中止后恢复，办案期限暂停再走；终止后待结案，期限取消', () => {
    const suspended = act(filed(), sample('SUSPEND', start), start);
    expect(suspended).toMatchObject({ ok: true, value: { paused: ['T8'], to: 'SUSPENDED' } });
    const on = walk(filed(), ['SUSPEND', 'RESUME'], start);
    expect(on.main).toBe('INVESTIGATING');
    const ended = must(must(filed(), sample('SUSPEND', start), start), sample('TERMINATE', start), start);
    expect(ended.main).toBe('TO_CLOSE');
    expect(ended.running.T8).toBeUndefined();
    expect(act(ended, with_('PROPOSE_CLOSING', start, { ground: 'TERMINATED' }), start)).toMatchObject({ ok: true });
    expect(act(ended, with_('PROPOSE_CLOSING', start, { ground: 'PERFORMED' }), start)).toMatchObject({ ok: false });
  });

  it('移送公安是暂停，不是终点：不予立案的退回调查，各时钟有始有终', () => {
    const sent = walk(
      investigated(),
      ['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER', 'SEND_TRANSFER'],
      start,
    );
    expect(Object.keys(sent.running).toSorted()).toEqual(['T23c', 'T23f', 'T8']);
    const back = walk(sent, ['ENTER_TWO_LAW_PLATFORM', 'RECORD_POLICE_REFUSED', 'ACCEPT_REFUSAL'], start);
    expect(back.main).toBe('INVESTIGATING');
    expect(Object.keys(back.running)).toEqual(['T8']);
  });

  it('审查退回补充调查后可再次提交', () => {
    const back = must(walk(investigated(), ['FINISH_INVESTIGATION'], start), sample('RETURN_CASE', start), start);
    expect(back.main).toBe('INVESTIGATING');
    expect(must(back, sample('FINISH_INVESTIGATION', start), start).main).toBe('CASE_REVIEW');
  });
});

describe('不予处罚与不成立', () => {
  it('不予处罚须引用免罚规则，不发告知书，经法制审核后以自己的决定书结束', () => {
    const bare = with_('DELIBERATE', start, { outcome: 'NO_PENALTY', penalties: [] });
    expect(act(reviewed(), bare, start)).toMatchObject({ ok: false, code: 'CASE-003' });
    const free = must(
      reviewed(),
      with_('DELIBERATE', start, { outcome: 'NO_PENALTY', penalties: [], exemptionId: 'APL33-MINOR' }),
      start,
    );
    const decided = walk(free, ['PASS_LEGAL_REVIEW', 'DECIDE'], start);
    expect(decided.papers.at(-1)?.kind).toBe('NO_PENALTY_DECISION');
    const delivered = walk(decided, ['SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
    expect(delivered.main).toBe('TO_CLOSE');
    expect(delivered.running.T10).toBeUndefined();
    // 轻微免罚以及时改正为前提：未核实改正的不能结案。
    expect(act(delivered, with_('PROPOSE_CLOSING', start, { ground: 'NO_PENALTY' }), start)).toMatchObject({
      ok: false,
    });
  });

  it('违法事实不成立的，无须整改即可结案', () => {
    const none = must(reviewed(), with_('DELIBERATE', start, { outcome: 'NOT_ESTABLISHED', penalties: [] }), start);
    const delivered = walk(none, ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
    expect(act(delivered, with_('PROPOSE_CLOSING', start, { ground: 'NOT_ESTABLISHED' }), start)).toMatchObject({
      ok: true,
    });
  });
});

describe('听证', () => {
  it('符合条件的听证申请不得拒绝；不足七个工作日的通知不成立', () => {
    const asked = must(severe(), sample('REQUEST_HEARING', start), start);
    expect(act(asked, sample('REFUSE_HEARING', start), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    // 3月16日通知，七个工作日后为3月25日，听证须在其后。
    expect(act(asked, with_('GRANT_HEARING', start, { heldAt: start + 9 * DAY }), start)).toMatchObject({ ok: false });
    expect(act(asked, with_('GRANT_HEARING', start, { heldAt: start + 10 * DAY }), start)).toMatchObject({ ok: true });
  });

  it('听证期间办案期限不计；听证后每一点都须复核', () => {
    const asked = act(severe(), sample('REQUEST_HEARING', start), start);
    expect(asked).toMatchObject({ ok: true, value: { paused: ['T8'] } });
    const noticedHearing = walk(must(severe(), sample('REQUEST_HEARING', start), start), ['GRANT_HEARING'], start);
    expect(act(noticedHearing, sample('HOLD_HEARING', start), later(5))).toMatchObject({ ok: false });
    const held = must(must(noticedHearing, sample('RECORD_PAPER_DELIVERED', later(1)), later(1)), sample('HOLD_HEARING', start), later(21));
    expect(held.main).toBe('DEFENCE_REVIEW');
    expect(held.defence.filter((p) => p.answer === undefined)).toHaveLength(2);
  });

  it('低于标准的申请可以说明理由拒绝，陈述申辩权照旧', () => {
    const mild = sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>;
    const small = must(
      walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start),
      { ...mild, grades: { ...mild.grades, REPEAT: 'FIRST' } },
      start,
    );
    const told = walk(small, ['DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'REQUEST_HEARING'], start);
    expect(told.proposal).toMatchObject({ amount: 172_000, hearingRight: false });
    expect(act(told, sample('GRANT_HEARING', start), start)).toMatchObject({ ok: false });
    const back = must(told, sample('REFUSE_HEARING', start), start);
    expect(back.main).toBe('DEFENCE_WINDOW');
    expect(must(back, sample('CLOSE_WINDOW', start), later(8)).main).toBe('DEFENCE_REVIEW');
  });
});

describe('集体讨论', () => {
  it('停产、情节复杂或者离开基准的案件必须集体讨论，调查人员不得表决', () => {
    const stop = walk(
      must(reviewed(), with_('DELIBERATE', start, { penalties: ['FINE', 'STOP_PRODUCTION'] }), start),
      ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW'],
      start,
    );
    expect(stop.main).toBe('COLLECTIVE_DISCUSSION');
    const [officer] = stop.officers;
    const voting = with_('RECORD_DISCUSSION', start, {
      members: [
        { accountId: officer!.accountId, name: '周行舟', post: '承办人', opinion: '同意', agrees: true },
        { name: '魏司南', post: '局长', opinion: '同意', agrees: true },
      ],
    });
    expect(act(stop, voting, start)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(must(stop, sample('RECORD_DISCUSSION', start), start).main).toBe('DECISION_READY');
    expect(must(stop, with_('RECORD_DISCUSSION', start, { agreed: false }), start).main).toBe('DISCRETION');
  });
});

describe('履行与救济', () => {
  it('分次缴纳累计足额才算履行完毕；部分缴纳不关时钟', () => {
    const state = performing();
    const half = must(state, with_('REGISTER_PAYMENT', start, { amount: 1000 }), start);
    expect(half).toMatchObject({ main: 'PERFORMING', paid: 1000 });
    expect(half.running.T10).toBeDefined();
    const full = must(half, sample('REGISTER_PAYMENT', start, half), start);
    expect(full.main).toBe('TO_CLOSE');
    expect(full.running.T10).toBeUndefined();
  });

  it('多缴的不登记，写明应缴多少；逾期的可以连同加处罚款缴纳', () => {
    const state = performing();
    const amount = state.decision?.amount ?? 0;
    expect(act(state, with_('REGISTER_PAYMENT', start, { amount: amount + 1 }), start)).toMatchObject({
      ok: false,
      code: 'CASE-003',
    });
    const late = later(20);
    expect(
      act(state, with_('REGISTER_PAYMENT', late, { amount: amount + Math.floor(amount * 0.03) }), late),
    ).toMatchObject({ ok: true });
  });

  it('未到期不能催告；催告未满十个工作日、救济未届满不能申请强制执行', () => {
    expect(act(performing(), sample('ISSUE_DEMAND', start), later(3))).toMatchObject({ ok: false });
    const sent = must(performing(), sample('ISSUE_DEMAND', start), later(17));
    expect(sent.running.T15).toBeUndefined();
    const demanded = must(sent, sample('RECORD_DEMAND_DELIVERED', later(17)), later(17));
    expect(Object.keys(demanded.running)).toEqual(expect.arrayContaining(['T15', 'T15b']));
    expect(act(demanded, sample('APPLY_TO_COURT', start), later(60))).toMatchObject({ ok: false });
    expect(must(demanded, sample('APPLY_TO_COURT', start), later(250)).main).toBe('COURT_APPLIED');
  });

  it('同意延期后到期日后移', () => {
    const extended = walk(performing(), ['REQUEST_INSTALMENTS', 'GRANT_INSTALMENTS'], start);
    expect(extended.running.T10?.dueDay).toBe('2026-12-31');
  });

  it('复议撤销的待结案，责令重新作出的重新裁量、再告知，变更的按变更后的履行', () => {
    const contested = must(performing(), sample('RECORD_REMEDY', start), start);
    expect(act(contested, sample('APPLY_TO_COURT', start), later(300))).toMatchObject({ ok: false });
    expect(must(contested, with_('RECORD_REMEDY_OUTCOME', start, { outcome: 'REVOKED' }), start)).toMatchObject({
      main: 'TO_CLOSE',
      remedy: 'REVOKED',
    });
    expect(must(contested, with_('RECORD_REMEDY_OUTCOME', start, { outcome: 'REMANDED' }), start)).toMatchObject({
      main: 'DISCRETION',
      remedy: 'REMANDED',
      amountCap: contested.decision?.amount,
    });
    const changed = { outcome: 'CHANGED', amount: 100_000, penalties: ['FINE'] } as const;
    expect(must(contested, with_('RECORD_REMEDY_OUTCOME', start, { ...changed, penalties: ['FINE'] }), start)).toMatchObject({
      main: 'PERFORMING',
      remedy: 'CHANGED',
      decision: { amount: 100_000 },
    });
    expect(must(contested, sample('RECORD_REMEDY_OUTCOME', start), start)).toMatchObject({
      main: 'PERFORMING',
      remedy: 'UPHELD',
    });
  });

  it('核查的数据在报告的改正完成之后、核查之前：早于完成日、晚于今日或者起止颠倒的被拒绝，写明哪一项和原因；没有报告的不限起日', () => {
    const correcting = walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start);
    const at = instant(start + 5 * DAY);
    expect(act(correcting, with_('REPORT_RECTIFICATION', start, { completedOn: dayOf(at) }), start)).toMatchObject({ ok: false, missing: ['不晚于今日的日期'], basis: '生态环境行政处罚办法 第九条' });
    const reported = must(correcting, with_('REPORT_RECTIFICATION', start, { completedOn: dayOf(start) }), start);
    const checked = (state: PenaltyCase, from: number, to: number) => {
      const result = act(state, with_('CHECK_RECTIFICATION', at, { from: dayOf(instant(start + from * DAY)), to: dayOf(instant(start + to * DAY)) }), at);
      return result.ok ? [] : result.missing;
    };
    expect(checked(reported, -1, 5)).toEqual([`核查数据起：不早于报告的改正完成日 ${dayOf(start)}`]);
    for (const [from, to] of [[0, 6], [4, 3]] as const) expect(checked(reported, from, to)).toEqual(['核查数据止：不早于核查数据起、不晚于今日']);
    expect([checked(reported, 0, 5), checked(correcting, -1, 5)]).toEqual([[], []]);
  });

  it('[JS-18.1] 核查优先非现场：选择现场须说明理由；未改正可再次责令', () => {
    const correcting = walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start);
    expect(Object.keys(correcting.running)).toEqual(expect.arrayContaining(['TR', 'T20']));
    expect(act(correcting, with_('CHECK_RECTIFICATION', start, { method: 'ONSITE' }), start)).toMatchObject({
      ok: false,
    });
    const failed = must(correcting, with_('CHECK_RECTIFICATION', start, { corrected: false }), start);
    expect(failed.rectification).toBe('NOT_CORRECTED');
    expect(must(failed, sample('ORDER_RECTIFICATION', start), start).rectification).toBe('ORDER_SENT');
  });
});
