import { dayOf } from '#kernel';
import { own } from '#law';
import { isOtherParty, ordersIn } from '../kin/kin.ts';
import { personsLiable } from '../kin/liable-person.ts';
import type { Guard } from './guards.ts';
import { siblingsOf } from '../kin/siblings.ts';
import { fine, need } from './need.ts';

export const KIN_GUARD_ARTICLES = {
  SPLITTABLE: '生态环境行政处罚办法 第十八条',
  OTHER_PARTY: '行政处罚法 第四条；行政处罚法 第二十二条',
  PERSON_LIABLE: '行政处罚法 第四条、第十六条',
  OTHER_PARTY_TO_TELL: `${own('notice')}；行政处罚法 第四十四条`,
  MERGEABLE: '生态环境行政处罚办法 第十八条；行政处罚法 第二十九条',
  RECTIFICATION_IN_ONE: '行政处罚法 第二十八条',
  NOT_REOPENED: '行政处罚法 第七十五条',
  SIBLINGS_TOLD: '行政处罚法 第二十九条；生态环境行政处罚办法 第十八条',
  JOINED_AS_SAID: '行政处罚法 第二十九条；生态环境行政处罚办法 第十八条',
  ORDER_COVERS_ALL: '行政处罚法 第二十八条',
} as const;

/** What must hold before cases are split, joined or merged. */
export const KIN_GUARDS = {
  SPLITTABLE: ({ state, command }) => [
    ...need(state.further.length > 0, '本案除第一项以外的违法行为'),
    ...need(
      command?.kind !== 'SPLIT_CASE' || state.further.some((act) => act.violation === command.violation),
      '本案除第一项以外的违法行为（第一项留在本案）',
    ),
  ],
  OTHER_PARTY: ({ state, command, other }) => {
    if (command?.kind !== 'ADD_PARTY' && command?.kind !== 'ADD_PERSON') return fine;
    return [
      ...need(other !== undefined && other.unitId !== state.unitId, '已登记的另一当事人'),
      ...need(other === undefined || other.authorityId === state.authorityId, '属于本机关管辖的当事人（否则移送有管辖权机关）'),
      ...need(
        !state.kin.some((one) => one.relation === 'JOINT_WITH' && (command.kind === 'ADD_PARTY' ? one.unitId === command.otherUnitId : one.idNumber === command.idNumber)),
        '尚未另案处理的当事人',
      ),
    ];
  },
  // No fine on a person without a provision that fines persons.
  PERSON_LIABLE: ({ state, law, now }) =>
    need(
      personsLiable(state, law, dayOf(now)).length > 0,
      '对直接负责的主管人员和其他直接责任人员处以罚款的规定（本案违法行为的处罚依据没有）',
    ),
  OTHER_PARTY_TO_TELL: ({ state }) =>
    need(isOtherParty(state) && !state.papers.some(({ kind }) => kind === 'SUSPICION_NOTICE'), '审核机构没有告知过的共同违法当事人'),
  // The earlier filing goes on, so that a merger never gives more time.
  MERGEABLE: ({ state, command, target }) => {
    if (command?.kind !== 'MERGE_CASE') return fine;
    return [
      ...need(target !== undefined && target.caseId !== state.caseId && target.main === 'INVESTIGATING', '正在调查的另一案件'),
      ...need(target === undefined || (target.unitId === state.unitId && target.authorityId === state.authorityId), '同一机关、同一当事人的案件'),
      ...need(target?.filedAt === undefined || state.filedAt === undefined || target.filedAt <= state.filedAt, '先立案的案件（后立案的并入先立案的）'),
    ];
  },
  RECTIFICATION_IN_ONE: ({ state }) =>
    need(state.rectification === 'NO_ORDER' || state.rectification === 'CORRECTED' || state.rectification === 'NOT_NEEDED', '本案责令改正的了结'),
  // One act is not cut into several, nor several into one, without a word.
  SIBLINGS_TOLD: ({ state, command, others, law, now }) => {
    if (others === undefined || command?.kind !== 'PROPOSE_FILING') return fine;
    return siblingsOf(state, others, law, now).filter(({ close }) => close).flatMap(({ caseNo, open, overlaps, oneAmount, violation, actStart, actEnd }) => {
      const named = command.beside.find((one) => one.caseNo === caseNo);
      const same = overlaps && violation === command.violation && (oneAmount || (command.actStart <= actEnd && actStart <= command.actEnd));
      return [
        ...need(named !== undefined, `对同一排放口相近案件 ${caseNo} 的说明（并入该案，或者分别立案的理由）`),
        ...need(named?.way !== 'JOIN' || open, `正在调查的案件（${caseNo} 已调查终结，不能并入）`),
        ...need(named?.way !== 'SEPARATE' || !same, `案件 ${caseNo} 没有处理过的违法行为（同一行为不得两次罚款，应当并入该案或者不予立案）`),
      ];
    });
  },
  JOINED_AS_SAID: ({ state, others = [] }) =>
    (state.filing?.beside ?? [])
      .filter(({ caseNo, way }) => way === 'JOIN' && others.some((one) => one.caseNo === caseNo && one.mainState === 'INVESTIGATING'))
      .map(({ caseNo }) => `并入 ${caseNo}（立案时已说明并入该案一并调查）`),
  // An order made before another case was taken in speaks of nothing that case brought.
  ORDER_COVERS_ALL: ({ state, command }) => {
    const { reopened, rectification } = state;
    if (reopened === undefined || reopened.orders === 0 || rectification === 'NOT_NEEDED' || (command?.kind === 'FINISH_INVESTIGATION' && command.outcome === 'NOT_ESTABLISHED')) return fine;
    return need(ordersIn(state) > reopened.orders, '对并入的违法事实责令改正（原责令改正决定作出于并案以前；原决定核查后另行作出）');
  },
  NOT_REOPENED: ({ state }) => need(!state.kin.some((one) => one.relation === 'REOPENED_AS'), '尚未重新办理的案件'),
} as const satisfies Record<keyof typeof KIN_GUARD_ARTICLES, Guard>;
