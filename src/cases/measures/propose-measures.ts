import { dayOf, type Instant } from '#kernel';
import type { Bilingual, Law } from '#law';
import { chargedWith } from '../charged-acts.ts';
import type { CommandKind } from '../commands/index.ts';
import { toldIn } from '../evidence/facts-found.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { DECIDED, UNDECIDED } from '../transitions/phases.ts';
import { dailySumOf } from './daily-sum.ts';

/** One condition of a proposal and what the file says about it. */
export interface Ground extends Bilingual {
  readonly holds: 'YES' | 'NO' | 'UNKNOWN';
  /** Those of one case hold together, and of several cases any one suffices; absent where there is only one. */
  readonly of?: Bilingual;
}

/** The cases that each suffice by themselves, with the grounds of each. */
export const alternatives = (grounds: readonly Ground[]): readonly { readonly of: Bilingual | undefined; readonly grounds: readonly Ground[] }[] =>
  [...Map.groupBy(grounds, ({ of }) => of?.zh).values()].map((together) => ({ of: together[0]?.of, grounds: together }));

/** A measure the file points to, with its reasons. A person decides; the program only shows. */
export interface MeasureProposal {
  readonly command: CommandKind;
  readonly zh: string;
  readonly en: string;
  readonly force: 'SHALL' | 'MAY';
  readonly article: string;
  readonly grounds: readonly Ground[];
}

interface Known {
  readonly state: PenaltyCase;
  /** Key unit or under key management (`keyUnitOf`); undefined when the register does not say. */
  readonly keyUnit: boolean | undefined;
  readonly law: Law;
  readonly now: Instant;
}

const truth = (value: boolean | undefined): Ground['holds'] => (value === undefined ? 'UNKNOWN' : value ? 'YES' : 'NO');

type Propose = (known: Known) => MeasureProposal | undefined;

/** Items of 法释〔2023〕7号 第一条; each is a case of serious pollution by itself. */
const item = (n: string, nEn: number, what?: Bilingual): Bilingual => ({ zh: `第一条第${n}项${what === undefined ? '' : `（${what.zh}）`}`, en: `article 1 item (${nEn})${what === undefined ? '' : ` (${what.en})`}` });
const TAMPERED = item('七', 7);
const TIMES = { THREE_TIMES: { zh: '三', en: 'three', item: ['三', 3] }, TEN_TIMES: { zh: '十', en: 'ten', item: ['四', 4] } } as const;

/**
 * 法释〔2023〕7号 第一条: asked of the acts the law data mark for it, wherever the case stands; missing facts are named, never assumed. Falsified data and each listed pollutant beyond
 * its multiple are cases of their own: any one suffices. Which pollutants were
 * discharged is answered by the factors of the case; a case that names none leaves it open.
 */
export const crimeProposal: Propose = ({ state, keyUnit, law }) => {
  const marked = chargedWith(state, law, 'criminalPreCheck').length > 0;
  const listed = law.codes('criminal-pollutants').codes.filter((c) => state.factors.includes(c.code));
  const serious = listed.filter((c) => c.note !== 'ANY_AMOUNT');
  if (!marked && serious.length === 0) return undefined;
  const named = (list: typeof listed) => list.map((c) => c.title.zh).join('、');
  const namedEn = (list: typeof listed) => list.map((c) => c.title.en).join(', ');
  const tampering: readonly Ground[] = marked
    ? [
        { zh: '重点排污单位、实行重点管理的单位', en: 'key unit or unit under key management', holds: truth(keyUnit), of: TAMPERED },
        { zh: '篡改、伪造自动监测数据或者干扰自动监测设施', en: 'monitoring data tampered with or facilities interfered with', holds: truth(state.report?.outcome !== 'NOT_ESTABLISHED'), of: TAMPERED },
        listed.length > 0
          ? { zh: `排放列举的污染物：${named(listed)}`, en: `discharge of a named pollutant: ${namedEn(listed)}`, holds: 'YES', of: TAMPERED }
          : { zh: '排放化学需氧量、氨氮、二氧化硫、氮氧化物等污染物', en: 'discharge of COD, ammonia nitrogen, SO2, NOx and the like', holds: state.factors.length === 0 ? 'UNKNOWN' : 'NO', of: TAMPERED },
      ]
    : [];
  const metals = serious.map(({ title, note }): Ground => {
    const { zh, en, item: [n, nEn] } = note === 'THREE_TIMES' ? TIMES.THREE_TIMES : TIMES.TEN_TIMES;
    return { zh: `${title.zh}超过排放标准${zh}倍以上`, en: `${title.en} more than ${en} times over the standard`, holds: 'UNKNOWN', of: item(n, nEn, title) };
  });
  if (metals.length === 0 && (tampering.length === 0 || keyUnit === false)) return undefined;
  return {
    command: 'PROPOSE_TRANSFER',
    zh: '涉嫌污染环境罪：核对后移送公安机关',
    en: 'suspected crime of polluting the environment: check, then transfer to the police',
    force: 'SHALL',
    article: '法释〔2023〕7号 第一条；行政处罚法 第二十七条',
    grounds: [...tampering, ...metals],
  };
};

/** It is on the table until the decision (行政处罚法 第二十七条). */
const crime: Propose = (known) => (UNDECIDED.includes(known.state.main) ? crimeProposal(known) : undefined);

const sealing: Propose = ({ state, law }) =>
  chargedWith(state, law, 'detention').length > 0 && state.sealing === 'NO_SEALING' && state.main === 'INVESTIGATING'
    ? {
        command: 'PROPOSE_SEALING',
        zh: '以逃避监管的方式违法排放：应当查封、扣押',
        en: 'discharge while dodging supervision: seal or seize',
        force: 'SHALL',
        article: '查封扣押办法 第四条、第六条',
        grounds: [
          { zh: '篡改、伪造监测数据或者不正常运行污染防治设施', en: 'falsified data or abnormal treatment', holds: 'YES' },
          { zh: '不属于可以不予查封、扣押的情形', en: 'none of the cases where it may be spared', holds: 'UNKNOWN' },
        ],
      }
    : undefined;

const dailyPenalty: Propose = ({ state, law, now }) => {
  if (chargedWith(state, law, 'dailyPenalty').length === 0 || state.daily !== 'NO_DAILY') return undefined;
  const { days, amount } = dailySumOf(state, law);
  if (days === 0) return undefined;
  return {
    command: 'PROPOSE_DAILY_PENALTY',
    zh: `复查拒不改正：可以按日连续处罚（${days}日，${amount}元）`,
    en: `re-check found no correction: a daily penalty is possible (${days} days, ${amount} yuan)`,
    force: 'MAY',
    article: dayOf(now) >= '2026-08-15' ? '生态环境法典 第一千零六十条；按日连续处罚办法' : '按日连续处罚办法 第十二条、第十七条',
    grounds: [
      { zh: '属于可以按日连续处罚的违法行为', en: 'a listed act', holds: 'YES' },
      { zh: '复查发现拒不改正', en: 'refusal found by the re-check', holds: 'YES' },
      { zh: '原处罚决定已经送达', en: 'the original decision was served', holds: truth(state.decision?.delivery !== undefined) },
    ],
  };
};

/** A check that found no correction ends nothing: the order is given again with a new term, after which it is checked again; an amount of a year may be at rest only in the next. */
const orderAgain: Propose = ({ state }) => {
  if (state.rectification !== 'NOT_CORRECTED' || !DECIDED.includes(state.main)) return undefined;
  const over = toldIn(state.observed ?? [], 'AMOUNT_OVER').length > 0;
  return {
    command: 'ORDER_RECTIFICATION',
    zh: `核查未改正：重新责令改正，期满再次核查${over ? '；许可排放量的核算期届满后，按新的核算期核查' : ''}`,
    en: `the check found no correction: order it again and check again after the term${over ? '; once the period of the permitted amount is over, the account of the next decides' : ''}`,
    force: 'MAY',
    article: '行政处罚法 第二十八条；行政强制法 第三十四条、第五十三条',
    grounds: [
      { zh: '核查认定没有改正', en: 'the check found no correction', holds: 'YES' },
      ...(over ? [{ zh: '许可排放量的核算期尚未届满，继续排放仍在许可量以上', en: 'the period of the permitted amount still runs, and what is discharged comes on top', holds: 'UNKNOWN' as const }] : []),
    ],
  };
};

const detention: Propose = ({ state, law }) =>
  chargedWith(state, law, 'detention').length > 0 && state.decision?.outcome === 'PENALTY' && state.detention === 'NO_DETENTION'
    ? {
        command: 'PROPOSE_DETENTION',
        zh: '列举的违法行为：移送公安机关适用行政拘留',
        en: 'a listed act: transfer to the police for detention',
        force: 'SHALL',
        article: '环境保护法 第六十三条；生态环境法典 第一千一百零八条',
        grounds: [
          { zh: '已经作出行政处罚决定', en: 'a penalty decision was made', holds: 'YES' },
          { zh: '尚不构成犯罪', en: 'not a crime', holds: 'UNKNOWN' },
        ],
      }
    : undefined;

const production: Propose = ({ state }) =>
  state.decision?.outcome === 'PENALTY' &&
  state.production === 'NO_LIMIT' &&
  state.proposal?.penalties.some((p) => p === 'LIMIT_PRODUCTION' || p === 'STOP_PRODUCTION') === true
    ? {
        command: 'ORDER_PRODUCTION',
        zh: '处罚决定含限产、停产：制作并送达决定书',
        en: 'the decision limits or stops production: issue the order',
        force: 'SHALL',
        article: '限制生产停产整治办法 第十四条',
        grounds: [{ zh: '处罚决定已经作出', en: 'the decision was made', holds: 'YES' }],
      }
    : undefined;

const PROPOSALS: readonly Propose[] = [crime, sealing, production, dailyPenalty, orderAgain, detention];

/** What the file points to. Pure; empty for most cases. */
export const proposeMeasures = (known: Known): MeasureProposal[] =>
  PROPOSALS.flatMap((propose) => {
    const found = propose(known);
    return found === undefined ? [] : [found];
  });
