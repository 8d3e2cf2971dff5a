import { describe, expect, it } from 'vitest';
import { asId, HOUR, instant } from '#kernel';
import { VIOLATION_KEYS, type ViolationKey } from '#law';
import { foundFacts } from '../../src/cases/papers/found-facts.ts';
import type { PaperKind } from '../../src/cases/papers/paper-kinds.ts';
import type { PenaltyCase } from '../../src/cases/penalty-case.ts';
import { layOutPaper } from '../../src/cases/testing/paper-of.ts';
import { evidence, sample } from '../../src/cases/testing/sample-commands.ts';
import { act, filed, investigated, law, must, start } from '../../src/cases/testing/pure-case.ts';
import { narrate, observedFacts } from '../../src/review/facts/narrative.ts';
import type { Observation } from '../../src/review/facts/observations.ts';
import { soundInput } from '../../src/review/testing/sound-facts.ts';

const at = (text: string) => instant(Date.parse(`${text}:00+08:00`));
const DAY = '2026-03-12';
const FROM = at('2026-03-12T02:00');
const observed = (model: string, hours: number, stats: Observation['stats'], more: Partial<Observation> = {}): Observation => ({
  model, title: { zh: '', en: '' }, factors: [{ zh: '氮氧化物', en: 'NOx' }], codes: ['a21002'], from: FROM, to: instant(FROM + hours * HOUR), stats, unit: 'mg/m3', standard: 'GB 13223-2011', converted: true, hourly: [], ...more,
});
const RUN = observed('B01', 6, { hours: 6, peak: 72.5, limit: '50', multiple: 0.45 });
const NONE: Partial<Observation> = { factors: [], codes: [], unit: '', standard: null, converted: false };
const account = { period: 'YEAR', from: at('2026-01-01T00:00'), until: instant(FROM + HOUR), permitKg: '1000', usedBeforeKg: '0', months: [], missingHours: 0 } as const;
const DOOR = observed('F06', 4, { change: 0.4, turn: 'down' });

/** What is observed of each kind of violation that data can show; the others (a report not filed, a check refused) a person writes. */
const SHOWN: Partial<Record<ViolationKey, readonly Observation[]>> = {
  AIR_EXCEED: [RUN, observed('B01', 1, { hours: 1, peak: 60, limit: '50', multiple: 0.2 }, { from: at('2026-03-13T05:00'), to: at('2026-03-13T06:00') })],
  WATER_EXCEED: [observed('B02', 24, { dayMean: '75', limit: '50', multiple: 0.5, validHours: 22 }, { factors: [{ zh: '化学需氧量', en: 'COD' }], unit: 'mg/L', converted: false }), observed('B07', 1, { minutes: 45, worst: 5.4 }, { factors: [{ zh: 'pH值', en: 'pH' }], unit: '无量纲', converted: false })],
  PERMIT_EXCEED: [observed('B05', 1, { usedKg: 1012.5, permitKg: 1000, over: 0.0125, beforeKg: 0, missingHours: 0, before: 'none' }, { account })],
  DATA_TAMPER_DISCHARGE: [observed('E01', 6, { hours: 6, treatmentKw: 3.4, usualTreatmentKw: 120.2 }, NONE), observed('C01', 6, { hours: 6, level: 4.9, results: 36 })],
  DATA_FALSIFY_UNIT: [DOOR, observed('F10', 6, { name: '斜率', now: '0.8', filed: '1.0' }, NONE), observed('A05', 6, { rewrites: 6, crossings: 0 })],
  DEVICE_NOT_RUNNING: [observed('A01', 6, { missingHours: 6 }, NONE), observed('F05', 1, { kind: 'late', amount: 400, rule: 168 })],
  DEVICE_ABNORMAL_NOT_REPORTED: [observed('C02', 6, {}), observed('C03', 6, {}, { from: instant(FROM + 3 * HOUR), to: instant(FROM + 9 * HOUR) })],
  DEVICE_MOVED_DAMAGED: [DOOR, observed('F07', 1, { bit: 'i32002' }, NONE)],
  MONITORING_NOT_BY_SPEC: [observed('G02', 1, { manual: '92', automatic: 41.5 })],
  TREATMENT_NOT_BY_PERMIT: [observed('E02', 1, { kind: 'start', minutes: 40 }, NONE), observed('E03', 6, { ratio6h: 0.13 }, NONE)],
  SPECIAL_PERIOD_NOT_LIMITED: [observed('E04', 24, { requiredCut: 0.3, achievedCut: 0.12, cut: 'some', hours: 24 }, NONE)],
  POP_MEASURES_NOT_TAKEN: [12, 13].map((day) => observed('B08', 1, { count: 7, coldest: 832, limitC: 850, allowed: 5, breach: 'some' }, { ...NONE, from: at(`2026-03-${day}T03:00`), to: at(`2026-03-${day}T04:00`) })),
};

/** What no judge should read: nothing counted, one in a row, a word or a mark twice, a unit of nothing, a blank that was not filled. */
const LAUGHABLE = /(?<![\d.])0 (?:次|个|小时|分钟)|连续 1 小时|([一-鿿]{4,})\1|无量纲|[一-鿿\d]\s[，。；、）]|[，。；、：（]\s|[，；、。：]{2}|（）|undefined|NaN|\{\w|\[/u;

/** A case of this violation whose review found these facts, as its investigation is finished. */
function caseOf(violation: ViolationKey, observations: readonly Observation[]): PenaltyCase {
  const input = { ...soundInput({ unitId: asId('QY0002'), outfall: asId('DA001'), periodFrom: FROM, periodTo: instant(FROM + 24 * HOUR) }), observations };
  const told = narrate(law, input, [violation]);
  if (!told) throw new Error(`${violation} is not told`);
  const found = { violation, observed: observedFacts(law, input, [violation], 'review-1'), facts: told.zh };
  const place = must(must(filed(), sample('SWITCH_MODE', start), start), sample('RECORD_SITE_INSPECTION', start), start);
  const state = [evidence('DEVICE_QC', 'DOCUMENT'), evidence('CALC', 'DOCUMENT'), evidence('PARTY', 'DOCUMENT'), evidence('PERMIT', 'DOCUMENT'), sample('RECORD_INQUIRY', start)].reduce((s, c) => must(s, c, start), place);
  return { ...state, ...found, ...(state.filing === undefined ? {} : { filing: { ...state.filing, violation, facts: told.zh } }) };
}

const STEPS = { INVESTIGATION_REPORT: 'FINISH_INVESTIGATION', PRIOR_NOTICE: 'SEND_NOTICE', PENALTY_DECISION: 'DECIDE' } as const satisfies Partial<Record<PaperKind, string>>;
const ROAD = ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW', 'DECIDE'] as const;

describe('违法事实在调查报告、事先告知书和处罚决定书里', () => {
  it.each(VIOLATION_KEYS.flatMap((key) => (SHOWN[key] === undefined ? [] : [[key, SHOWN[key]] as const])))('%s：照审核查明的写，同一句话只写一次，没有让人发笑的话', (violation, observations) => {
    const own = caseOf(violation, observations);
    const facts = foundFacts(own, law);
    expect(facts.split('\n').flatMap((line) => LAUGHABLE.exec(line)?.[0] ?? [])).toEqual([]);
    const lines = facts.split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    // The same steps on a case that may take them; what is printed of the act is that of the one above.
    let before: PenaltyCase = investigated();
    for (const step of ROAD) {
      const command = { ...sample(step, start, before), ...(step === 'FINISH_INVESTIGATION' ? { facts } : {}) };
      const decided = act(before, command, start);
      if (!decided.ok) throw new Error(`${step}: ${decided.zh}`);
      for (const [kind, made] of Object.entries(STEPS)) {
        // Of what no provision punished on that day there is no such paper.
        if (made !== step || law.violation(violation).bases.every(({ validFrom }) => validFrom > DAY)) continue;
        const { data } = layOutPaper({ ...before, violation, observed: own.observed ?? [], evidence: own.evidence }, decided.value, kind as PaperKind);
        expect((data as { facts: string }).facts, kind).toBe(facts);
        expect(JSON.stringify(data), kind).not.toMatch(/undefined|NaN/);
      }
      before = must(before, command, start);
    }
  });

  it('数据能够证明的每一种违法行为都在其中', () => {
    const told = VIOLATION_KEYS.filter((key) => law.narratives().observations.some(({ supports }) => supports.includes(key)));
    expect(Object.keys(SHOWN).toSorted()).toEqual([...told].toSorted());
  });
});
