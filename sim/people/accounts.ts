import { whoDid } from './alteration.ts';
import { chanceOf } from './habits.ts';
import { DIRECTOR } from './persons.ts';
import type { CasePage, MeansOfAct } from './shapes.ts';

type State = Pick<CasePage['state'], 'caseId' | 'unitId' | 'region' | 'person'> & { readonly evidence?: CasePage['state']['evidence'] };
type Some = readonly [string, ...string[]];

/** A sentence without the marks it ends with: its words go on in another one. */
export const unstopped = (text: string): string => text.trim().replace(/[。.；;，,\s]+$/u, '');

/** One of several ways to say it, the same in every record of a case. */
export const inWordsOf = ({ caseId }: Pick<State, 'caseId'>, what: string, [first, ...others]: Some): string => [first, ...others][chanceOf(caseId, what) % (others.length + 1)] ?? first;

/** Why it was done, by the act. */
const WHY: Readonly<Record<MeansOfAct, Some>> = {
  PARAM_CHANGED: ['那几天数值一直贴着限值，怕再高就超标', '治理设施的备件还没有到，又不愿意减产', '月底考核在即，想把日均值压下来'],
  RECORD_FORGED: ['不想让超标的小时传上去', '示值忽高忽低，怕一超标就收到督办', '想让数据看起来平稳，应付月度检查'],
  SAMPLING_INTERFERED: ['治理设施在检修，照实采样肯定超标', '来料变化以后出口浓度降不下来', '想在检修结束以前先把数值压住'],
  MARK_FALSE: ['超标的小时已经传上去了，想用标记把它们剔除', '以为标成停运就不会计入均值', '怕这几个小时影响达标率'],
  DEVICE_MOVED: ['站房改造要腾地方，没有等批复', '施工单位催得急，没有办手续就动了', '想换一个点位，没有报经同意'],
  TREATMENT_STOPPED: ['电费和药剂费高，想在夜间省一些', '风机异响，停下来检修时没有同步停产', '订单赶得紧，设施坏了也没有停线'],
  HIDDEN_OUTLET: ['处理能力跟不上，多出来的就从旁路走了', '雨季水量大，临时接了一段管子，一直没有拆', '想减轻末端设施的负荷'],
};
/** How the manager for the environment got to know of it. */
const LEARNT: Some = ['是当天交接班时听说的', '是第二天看数据曲线时发现的，追问后才知道', '是当晚在值班群里看到的', '是周例会上听他提起的'];
/** What he did when he knew. */
const LET_IT_BE: Some = ['没有制止，也没有报告', '提过不同意见，没有坚持，也没有报告', '想着检修完就恢复，没有制止', '怕影响生产，没有要求改回来，也没有报告'];
/** What whoever did it by hand says of it. */
const OBEYED: Some = ['我知道不合规定，还是照做了', '当时没有多问，照他说的做了', '我说过这样不行，他坚持，我就做了'];

/** What whoever is asked says of the act: the manager why it was done, who ordered it that he did, whose hand it was by whose order. */
export function accountOf(state: State, means: MeansOfAct, did: string): string {
  const { person } = state;
  if (person === undefined || person.post === DIRECTOR) return `${did}，${person === undefined ? '' : '是我安排的，'}原因是${inWordsOf(state, `why-${means}`, WHY[means])}。`;
  const { director } = whoDid(state);
  return `${did}，是${director.post}${director.name}要求我做的，${inWordsOf(state, 'obeyed', OBEYED)}。`;
}

/** How somebody who did neither knew of it, and what he did then. */
export const knewOf = (state: State): string => (state.person === undefined ? `我${inWordsOf(state, 'learnt', LEARNT)}，${inWordsOf(state, 'let-it-be', LET_IT_BE)}。` : '环保负责人事后知道。');
