import { describe, expect, it } from 'vitest';
import { asId, instant, type OutfallId } from '#kernel';
import { PERFORMANCE_GUARDS } from '../guards/performance.ts';
import { amountFact, runFact } from '../testing/observed.ts';
import { investigated, law, start } from '../testing/pure-case.ts';
import type { Amounts } from '../ports.ts';
import { amountStandings, goesOn } from './amount-standing.ts';

const [from, to] = [instant(start), instant(start + 86_400_000)];
const account = (before: string, after: string): Amounts => ({ between: async () => ({ permitted: '1000', before, after }) });
const over = { ...investigated(), outfallId: asId<OutfallId>('DA001'), observed: [amountFact('氮氧化物', '1110', '1000'), runFact('二氧化硫', '2026-03-12T02', 6)] };
const asked = async (amounts: Amounts, state = over) => PERFORMANCE_GUARDS.AMOUNT_AT_REST({ state, law, now: to, amounts: await amountStandings({ amounts }, state, from, to) });

describe('超过许可排放量的改正：以核查两端的累计排放量认定', () => {
  it('仍在许可量以上继续增加的，不能认定已改正，写明两端的数额；停止排放的、已在许可量以内的可以', async () => {
    expect(await asked(account('1110', '1118'))).toEqual(['不再增加的超许可排放量（氮氧化物：核查起累计 1110 kg，核查止 1118 kg，许可 1000 kg；仍在继续的不能认定已改正）']);
    expect(await asked(account('1110', '1110'))).toEqual([]);
    expect(await asked(account('900', '950'))).toEqual([]);
  });

  it('核查跨入下一期间的，按新期间的许可量；只有浓度事实的案件不核算', async () => {
    const renewed = account('0', '12');
    expect(await amountStandings({ amounts: renewed }, over, from, to)).toEqual([{ factor: { zh: '氮氧化物', en: '氮氧化物' }, permitted: '1000', before: '0', after: '12' }]);
    expect(await asked(renewed)).toEqual([]);
    expect(await amountStandings({ amounts: account('1110', '1110') }, { ...over, observed: [runFact('二氧化硫', '2026-03-12T02', 6)] }, from, to)).toEqual([]);
    expect(goesOn({ factor: { zh: '', en: '' }, permitted: '1000', before: '0', after: '1001' })).toBe(true);
  });
});
