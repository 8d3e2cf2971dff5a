import { unstopped } from '#kernel';
import { unsettled } from '../evidence/later-findings.ts';
import { isFollowed, unanswered, type Suggestion } from '../measures/suggestions.ts';
import { byHand, notYet, problem, sound, type Finding, type QualityFile, type QualityRule } from './quality-rule.ts';

const APL = '行政处罚法';

/** What became of one suggestion. Of the grounds for not punishing one is applied, and the others are not. */
function taken({ state }: QualityFile, one: Suggestion): string {
  const applied = state.proposal?.exemptionId;
  const reason = unstopped(state.notFollowed[one.id]?.reason ?? '');
  if (one.kind === 'EXEMPTION' && applied !== undefined && applied !== one.id) return `未采纳，${reason === '' ? '已适用另一项不予处罚的情形' : reason}`;
  return isFollowed(state, one) ? '已采纳' : `未采纳，${reason}`;
}

/** Once a proposal lies on the table, an open suggestion stands against the next step. */
function answered(file: QualityFile, kind: Suggestion['kind'], none: string): Finding {
  const { state, suggestions } = file;
  if (suggestions === undefined || state.filing === undefined) return notYet();
  const asked = suggestions.filter((one) => one.kind === kind);
  const open = unanswered(state, suggestions, kind);
  if (asked.length === 0) return sound(none);
  if (open.length > 0) return state.proposal === undefined ? notYet(`待说明：${open.map(({ zh }) => zh).join('；')}`) : problem(`没有采纳，也没有说明理由：${open.map(({ zh }) => zh).join('；')}`);
  return sound(asked.map((one) => `${one.zh}：${taken(file, one)}`).join('；'));
}

/** Whether the table behind the sum was published; one that was not is no benchmark, papers name none, and the head decides within the statutory range. */
function benchmark({ state: { discretion }, law }: QualityFile): Finding {
  if (discretion === undefined) return notYet();
  const used = [discretion, ...discretion.further].flatMap(({ trace }) => law.data.discretion.filter(({ id }) => id === trace.tableId));
  const own = used.filter(({ published }) => published === undefined);
  return own.length === 0
    ? sound(used.map(({ published }) => `《${published?.name ?? ''}》（${published?.number ?? ''}）`).join('、'))
    : byHand(`金额由平台自带的计算规则（${own.map(({ title }) => title.zh).join('、')}）算出，本地区公布的裁量基准没有载入；文书只写法定幅度和情节，负责人对照本机关公布的裁量基准核定`);
}

/** What the platform asks beyond the national list: that one story is told, and that nothing it pointed to is left unanswered. */
export const OWN_RULES: readonly QualityRule[] = [
  {
    no: 26, zh: '移送后线索新增的事实既未列入也未说明理由', en: 'what the clue grew by after its handover is neither taken in nor left out with a reason', article: `${APL} 第四十条、第五十四条`, paper: 'LATER_FINDINGS', at: ['SEND_NOTICE', 'DECIDE'],
    check: ({ state, clue }) => {
      if (clue === undefined) return sound('线索不是模型提出的，或者没有保存版本');
      const open = unsettled(state, clue);
      const last = state.settledFindings.at(-1);
      if (open.length > 0) return state.proposal === undefined ? notYet(`待处理：${open.map(({ zh }) => zh).join('；')}`) : problem(open.map(({ zh }) => zh).join('；'));
      return last === undefined ? sound('移送后没有新增') : sound(`${last.way === 'TAKE_IN' ? '已列入本案' : '不列入本案'}：${last.reason}`);
    },
  },
  {
    no: 27, zh: '没有核查是否涉嫌犯罪', en: 'not checked for a crime', article: `${APL} 第二十七条；法释〔2023〕7号 第一条`, paper: 'SUGGESTION_ANSWER', at: ['SEND_NOTICE', 'DECIDE'],
    check: (file) => answered(file, 'CRIME', '不属于须核查是否涉嫌犯罪的行为'),
  },
  {
    no: 28, zh: '符合清单的不予处罚情形没有采纳，也没有说明理由', en: 'a fitting ground for not punishing neither applied nor refused with a reason', article: `${APL} 第三十三条`, paper: 'SUGGESTION_ANSWER', at: ['SEND_NOTICE', 'DECIDE'],
    check: (file) => answered(file, 'EXEMPTION', '没有与案卷全部相符的不予处罚情形'),
  },
  {
    no: 29, zh: '应当采取的措施没有采取，也没有说明理由', en: 'a measure due neither taken nor refused with a reason', article: `${APL} 第五十七条`, paper: 'SUGGESTION_ANSWER', at: ['PROPOSE_CLOSING'],
    check: (file) => answered(file, 'MEASURE', '没有应当采取而未采取的措施'),
  },
  {
    no: 30, zh: '所适用的条文规定应当同时作出的处理没有作出，也没有说明理由和依据', en: 'what the applied provision demands beside the fine neither ordered nor spared with reason and provision', article: `${APL} 第五条、第五十七条`, paper: 'SUGGESTION_ANSWER', at: ['SEND_NOTICE', 'DECIDE'],
    check: (file) => answered(file, 'DUTY', '所适用的条文没有规定应当同时作出的限制生产、停产整治'),
  },
  {
    no: 31, zh: '裁量没有适用已公布的裁量基准', en: 'weighed by no published benchmark', article: `${APL} 第三十四条`, paper: 'DISCRETION_SHEET', at: [], check: benchmark,
  },
];
