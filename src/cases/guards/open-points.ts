import { own } from '#law';
import { covers, reviewedSpans } from './reviewed-days.ts';
import { unsettled } from '../evidence/later-findings.ts';
import { isFollowed, isOver } from '../measures/suggestions.ts';
import { alternatives } from '../measures/propose-measures.ts';
import type { Guard } from './guards.ts';
import { fine, need } from './need.ts';

export const OPEN_POINT_GUARD_ARTICLES = {
  FINDINGS_UNSETTLED: '行政处罚法 第五十四条',
  FINDINGS_PROVED: `${own('evidence')}；行政处罚法 第四十一条`,
  SUGGESTION_OPEN: '行政处罚法 第二十七条、第三十三条、第五十七条',
} as const;

/** What the file points to and a person has to answer. */
export const OPEN_POINT_GUARDS = {
  FINDINGS_UNSETTLED: ({ state, command, clue }) => {
    if (clue === undefined || unsettled(state, clue).length === 0) return ['移送后新增而尚未处理的线索事实'];
    return need(command?.kind !== 'SETTLE_LATER_FINDINGS' || command.clueVersion === clue.now.version, `线索现在的版本（第 ${clue.now.version} 版；填写之后又有新增，请重新核对）`);
  },
  // Data collected after the handover prove nothing before a supplementary review passed them.
  FINDINGS_PROVED: ({ state, command, clue }) => {
    if (command?.kind !== 'SETTLE_LATER_FINDINGS' || command.way !== 'TAKE_IN' || clue === undefined) return fine;
    const wider = clue.now.from < clue.handedOver.from || clue.now.to > clue.handedOver.to;
    return [
      ...need(state.main === 'INVESTIGATING', '正在调查的案件（已审查、告知的，先退回调查或者撤回告知）'),
      ...need(command.facts !== '' && command.actStart !== undefined && command.actEnd !== undefined, '补充后的违法事实和行为起止日期'),
      ...need(!wider || covers(reviewedSpans(state), clue.now), '新增时段数据的补充审核通过意见，并已固定为本案证据'),
    ];
  },
  SUGGESTION_OPEN: ({ state, command, suggestions = [] }) => {
    const open = suggestions.filter((one) => !isOver(state, one) && !isFollowed(state, one) && state.notFollowed[one.id] === undefined);
    if (open.length === 0) return ['尚未采纳的提示'];
    if (command?.kind !== 'ANSWER_SUGGESTION') return fine;
    const named = open.find(({ id }) => id === command.suggestion);
    if (named === undefined) return [`尚未采纳的提示之一（${open.map(({ zh }) => zh).join('、')}）`];
    const said = new Map(command.answers.map(({ ground, holds }) => [ground, holds]));
    const denied = named.kind === 'CRIME' ? [] : command.answers.filter(({ ground, holds, shownBy }) => !holds && shownBy === undefined && named.grounds.some((one) => one.zh === ground && one.holds === 'YES'));
    const unsaid = named.grounds.filter(({ zh, holds }) => holds === 'UNKNOWN' && !said.has(zh));
    return [
      ...unsaid.map(({ zh }) => `对“${zh}”是否成立的认定`),
      // What the file shows is not denied without a paper that shows otherwise; a ground that binds and holds in all its parts is followed.
      ...denied.map(({ ground }) => `否定“${ground}”的材料（案卷证明该条件成立）`),
      ...need(named.kind !== 'EXEMPTION' || named.force !== 'SHALL' || unsaid.length > 0 || !named.grounds.every(({ zh, holds }) => said.get(zh) ?? holds === 'YES'),
        '至少一项经查明不成立的条件（各项都成立的，应当不予行政处罚）'),
      ...need(named.demanded !== true || command.provision !== undefined, '可以不采取该项法定措施的条文依据'),
      // Any one case of which all is found true means that the matter has to go to the police.
      ...(named.kind !== 'CRIME' || unsaid.length > 0 ? fine : alternatives(named.grounds)
        .filter(({ grounds }) => grounds.every(({ zh, holds }) => said.get(zh) ?? holds === 'YES'))
        .map(({ of }) => `${of?.zh ?? '所列情形'}中至少一项经查明不成立的条件（该情形各项都成立的，应当移送公安机关）`)),
    ];
  },
} as const satisfies Record<keyof typeof OPEN_POINT_GUARD_ARTICLES, Guard>;
