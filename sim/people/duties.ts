import type { CaseAct } from './case-bodies.ts';
import { DIRECTOR, personOf } from './persons.ts';
import { chinaDay, daysLater, type CasePage } from './shapes.ts';

const UNIT = 'unit';

/** What the applied provision demands beside the fine: production is limited, and the case goes to the police for detention. */
export const DUTY_ACTS: Readonly<Record<string, CaseAct>> = {
  ORDER_PRODUCTION: { who: 'head', body: ({ state, demands, duties }) => ({
    measure: 'LIMIT_PRODUCTION', situation: 'EVASION_BY_CODE', way: '限制生产期间日生产负荷不超过正常负荷的七成，自动监测数据不间断上传。', demands,
    reason: `${duties.find(({ duty }) => duty === 'LIMIT_OR_STOP')?.provision ?? ''}规定应当责令限制生产、停产整治；${state.facts}`,
  }) },
  FILE_PLAN: { who: UNIT, body: ({ demands, unitName }) => ({ plan: `限制生产期间的整改方案：${demands.join('；')}。`, publishedAt: `${unitName}厂区公示栏` }) },
  REPORT_COMPLETION: { who: UNIT, body: ({ demands }, now) => ({ completedOn: chinaDay(now), measures: `已逐项完成：${demands.join('；')}。`, monitoringReport: '整改完成后七日的自动监测数据报告' }) },
  FILE_COMPLETION: { who: UNIT, body: ({ unitName }) => ({ statement: '整改任务已经完成，申请备案，限制生产自备案之日解除。', publishedAt: `${unitName}厂区公示栏` }) },
  FOLLOW_UP_PRODUCTION: { who: 'officer2', body: ({ outfallName }, now) => ({ checkedOn: chinaDay(now), findings: `调取${outfallName}${daysLater(now, -5)}以来的自动监测数据和用电记录，生产、治理设施同步运行，数据连续。`, obeyed: true }) },
  PROPOSE_DETENTION: { who: 'officer', body: ({ state, proposals }) => {
    const { name, post } = personOf(state.unitId, DIRECTOR);
    return {
      persons: [{ name, post, part: '对本案行为直接负责的主管人员，见询问笔录' }], basis: proposals.find(({ command }) => command === 'PROPOSE_DETENTION')?.article ?? '环境保护法 第六十三条',
      reason: '已经作出并送达行政处罚决定，公安机关未以犯罪立案，依法移送适用行政拘留。',
    };
  } },
  APPROVE_DETENTION: { who: 'head', body: () => ({ opinion: '属于依法应当移送的情形，同意移送。' }) },
  SEND_DETENTION: { who: 'officer', body: (page) => ({ to: '公安机关', reference: `拘留移送-${page.state.caseNo}` }) },
  RECORD_DETENTION_ANSWER: { who: 'officer', body: ({ state }) => ({ result: 'DETAINED', reference: `行政拘留-${state.caseNo}`, note: '公安机关对移送的责任人员作出行政拘留五日的决定。' }) },
};

/** The next act on what the provision demands, once the decision was served; undefined where nothing waits. */
export function dutyStep({ state, duties, proposals }: CasePage): string | undefined {
  if (state.person !== undefined || state.decision?.outcome !== 'PENALTY' || state.decision.delivery === undefined) return undefined;
  const production: Readonly<Record<string, string>> = {
    ...(duties.some(({ duty, met }) => duty === 'LIMIT_OR_STOP' && met === 'DONE') ? { NO_LIMIT: 'ORDER_PRODUCTION' } : {}),
    UNDER_LIMIT: state.latest['FILE_PLAN'] === undefined ? 'FILE_PLAN' : 'REPORT_COMPLETION', COMPLETION_REPORTED: 'FILE_COMPLETION', LIMIT_ENDED: 'FOLLOW_UP_PRODUCTION', LIMIT_EXPIRED: 'FOLLOW_UP_PRODUCTION',
  };
  const detention: Readonly<Record<string, string>> = {
    ...(proposals.some(({ command }) => command === 'PROPOSE_DETENTION') ? { NO_DETENTION: 'PROPOSE_DETENTION' } : {}),
    DETENTION_PROPOSED: 'APPROVE_DETENTION', DETENTION_APPROVED: 'SEND_DETENTION', DETENTION_SENT: 'RECORD_DETENTION_ANSWER',
  };
  return production[state.production] ?? detention[state.detention];
}
