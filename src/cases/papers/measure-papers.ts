import { dayOf, instant, type CalendarDay, type Instant } from '#kernel';
import type { ClockId } from '#law';
import type { CommandKind, CommandOf } from '../commands/index.ts';
import type { CaseActor, TakenStep } from '../penalty-case.ts';
import { AEL, APL, basis, letter } from './letter.ts';
import { lawOf } from './measure-law.ts';
import * as f from './paper-facts.ts';
import { signatureText } from './site-papers.ts';

const law = (instrument: string, article: string) => ({ instrument, article });

/** A step this one rests on; without it the table would not have let the step through. */
export function restsOn<K extends CommandKind>({ after, event }: f.PaperFacts, ...kinds: readonly K[]): TakenStep<K> {
  for (const kind of kinds) {
    if (event.command.kind === kind) return event as unknown as TakenStep<K>;
    const taken = after.latest[kind] as TakenStep<K> | undefined;
    if (taken !== undefined) return taken;
  }
  throw new Error(`cases: ${event.command.kind} rests on none of ${kinds.join(', ')}`);
}

interface Asked {
  readonly command: { readonly reason: string };
  readonly actor: CaseActor;
  readonly at: Instant;
}

/** Who asked and who decided, each with his words; a rejection says so. */
export function opinionsOf({ event }: f.PaperFacts, asked: Asked) {
  const { command } = event;
  const said = 'opinion' in command ? command.opinion : 'reason' in command ? `不同意。${command.reason}` : undefined;
  return [
    { role: '承办人意见', opinion: asked.command.reason, ...f.person(asked.actor, asked.at) },
    { role: '负责人审批', opinion: said ?? '同意。', ...f.person(event.actor, event.at) },
  ];
}

const termOf = (facts: f.PaperFacts, clock: ClockId): { from: CalendarDay; to: CalendarDay } | undefined => {
  const term = facts.after.running[clock];
  return term === undefined ? undefined : { from: dayOf(term.startedAt), to: term.dueDay };
};
const spanText = (span: { from: CalendarDay; to: CalendarDay } | undefined, otherwise: string): string =>
  span === undefined ? otherwise : `自${f.chineseDay(span.from)}起至${f.chineseDay(span.to)}止`;

const head = (facts: f.PaperFacts) => ({
  party: f.partyBlock(facts),
  investigated: f.investigated(facts),
  facts: f.factsOf(facts),
  evidence: f.evidenceList(facts),
  contact: f.contactOf(facts),
});

/** Whoever keeps the things, as he was written down: “当事人就地保管” says it already. */
const keptBy = (keeper: string): string => `由${keeper.replace(/^由|(?:妥善)?保管$/gu, '')}妥善保管`;

/** 先行登记保存证据审批表 (D12). */
export function preservationApproval(facts: f.PaperFacts) {
  const asked = restsOn(facts, 'PROPOSE_PRESERVATION', 'PRESERVE_URGENTLY');
  return {
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    facts: f.factsOf(facts),
    basis: [law('中华人民共和国行政处罚法', '第五十六条')],
    reason: `${situation(facts, 'preservation-grounds', asked.command.ground)}。${asked.command.reason}`,
    proposal: `先行登记保存清单所列证据，${keptBy(asked.command.keeper)}。`,
    things: asked.command.things,
    limit: '七个工作日内作出处理决定',
    opinions: opinionsOf(facts, asked),
  };
}

/** 先行登记保存证据决定书 (D12): what, where kept, until when it must be handled. */
export function preservationOrder(facts: f.PaperFacts) {
  const asked = restsOn(facts, 'PROPOSE_PRESERVATION', 'PRESERVE_URGENTLY');
  return {
    ...head(facts),
    basis: [law('中华人民共和国行政处罚法', '第五十六条')],
    decisions: [`因${situation(facts, 'preservation-grounds', asked.command.ground)}，对下列证据先行登记保存。`],
    things: asked.command.things,
    term: `${spanText(termOf(facts, 'T4'), '七个工作日')}，逾期未作出处理决定的，自动解除`,
    duties: [`${keptBy(asked.command.keeper)}，登记保存期间任何人不得销毁或者转移证据。`],
    remedies: f.remediesOf(facts),
  };
}

const HANDLED = {
  COPIED: '采取记录、复制、拍照、录像等证据保全措施后退还',
  APPRAISED: '送交鉴定',
  SEALED: '依法转为查封、扣押，按查封（扣押）决定书执行',
  CONFISCATED: '依法予以没收，随行政处罚决定执行',
  RETURNED: '解除登记保存，予以退还',
} as const satisfies Record<CommandOf<'HANDLE_PRESERVATION'>['outcome'], string>;

/** 先行登记保存证据处理决定书 (D12): what becomes of each thing within the seven working days. */
export function preservationResult(facts: f.PaperFacts) {
  const { command: c } = facts.event;
  const { outcome, note } = c.kind === 'REJECT_PRESERVATION' ? { outcome: 'RETURNED' as const, note: c.reason } : f.commandOf(facts, 'HANDLE_PRESERVATION');
  const { things } = restsOn(facts, 'PROPOSE_PRESERVATION', 'PRESERVE_URGENTLY').command;
  const order = f.numberOf(facts, 'PRESERVATION_ORDER');
  return letter(facts, [...basis(APL, '第五十六条'), law('生态环境行政处罚办法', '第三十三条')], {
    paragraphs: [`我局对你单位的下列证据先行登记保存${order === '—' ? '' : `（${order}）`}，现于法定的七个工作日内作出处理决定。`],
    sections: [
      { title: '证据', text: things.map((t) => `${t.item}（${t.quantity}，${t.place}）`).join('；') },
      { title: '处理决定', text: `${HANDLED[outcome]}。` },
      { title: '处理情况', text: note },
    ],
    decides: 'EITHER',
  });
}

type OnTheSpot = 'CARRY_OUT_PRESERVATION' | 'PRESERVE_URGENTLY' | 'CARRY_OUT_SEALING' | 'SEAL_URGENTLY';
const onTheSpot = ({ event }: f.PaperFacts): CommandOf<OnTheSpot> => event.command as CommandOf<OnTheSpot>;

/** 清单 (D12, D31): signed by the party or, where it is absent, a witness, and by two officers. */
export function thingsList(facts: f.PaperFacts) {
  const c = onTheSpot(facts);
  return {
    party: f.partyBlock(facts),
    things: c.things,
    keeper: 'keeper' in c ? c.keeper : '就地封存',
    seals: 'sealNumbers' in c ? c.sealNumbers : '',
    takenAt: c.takenAt,
    signedBy: !c.partyPresent ? '当事人未到场' : c.signed ? c.partyName : `${c.partyName}拒绝签名`,
    witness: c.witness,
    signature: signatureText(c),
    officers: f.officers(facts),
  };
}

/** 现场笔录 (行政强制法 第十八条): who was there, what was told, done and said. */
export function spotRecord(facts: f.PaperFacts) {
  const c = onTheSpot(facts);
  const objects = c.things.map((t) => `${t.item}（${t.quantity}，${t.place}）`).join('；');
  return {
    cause: f.causeOf(facts),
    unit: facts.party.name,
    startedAt: c.takenAt,
    endedAt: c.endedAt,
    place: c.place,
    present: c.partyPresent ? `${c.partyName}到场` : '当事人不到场，由见证人到场',
    witness: c.witness,
    officers: f.officers(facts),
    toldRights: c.toldRights,
    course: `实施${c.kind.includes('SEAL') ? '查封（扣押）' : '先行登记保存'}：${objects}。${'orderHandedTo' in c && c.orderHandedTo !== '' ? `决定书和清单当场交付${c.orderHandedTo}。` : ''}`,
    statement: c.statement,
    recordingId: c.recordingId,
    signature: signatureText(c),
  };
}

const MEASURE = { SEALING: '查封', SEIZURE: '扣押' } as const;
const sealingLaw = (facts: f.PaperFacts, ...formal: readonly string[]) => [...lawOf('SEALING', facts), ...basis(AEL, '第二十三条', ...formal), law('环境保护主管部门实施查封、扣押办法', '第四条')];
const sealingPlan = (facts: f.PaperFacts) => restsOn(facts, 'PROPOSE_SEALING', 'SEAL_URGENTLY');

/** 查封、扣押审批表 (D31): situation by law, proportion, related objects. */
export function sealingApproval(facts: f.PaperFacts) {
  const asked = sealingPlan(facts);
  const { proportion, measure, things, sparedReason } = asked.command;
  return {
    cause: f.causeOf(facts),
    party: f.partyBlock(facts),
    facts: f.factsOf(facts),
    basis: sealingLaw(facts),
    reason: `${situation(facts, 'sealing-situations', asked.command.situation)}。${asked.command.reason}`,
    proposal: `${MEASURE[measure]}清单所列场所、设施、设备或者物品。`,
    things,
    proportion: `必要性：${proportion.necessity} 较轻措施：${proportion.lighterMeans} 影响：${proportion.impact}${sparedReason === '' ? '' : ` 仍须实施的理由：${sparedReason}`}`,
    limit: '三十日',
    opinions: opinionsOf(facts, asked),
  };
}

/** What was sealed or seized, by which order, since when: the papers that follow the order build on it. */
function sealed(facts: f.PaperFacts, measure: string): string {
  const done = restsOn(facts, 'CARRY_OUT_SEALING', 'SEAL_URGENTLY');
  return `我局以${f.namedPaper(facts, 'SEALING_ORDER')}对你单位的下列场所、设施、设备或者物品予以${measure}，自${f.chineseDay(dayOf(instant(done.command.takenAt)))}起实施。`;
}

/** 查封决定书、扣押决定书 (D31; 行政强制法 第二十四条): reason, law, term, things, remedies. */
export function sealingOrder(facts: f.PaperFacts) {
  const { command } = sealingPlan(facts);
  const measure = MEASURE[command.measure];
  return {
    title: `${measure}决定书`,
    ...head(facts),
    reason: `上述行为属于${situation(facts, 'sealing-situations', command.situation)}的情形。${command.reason}`,
    basis: sealingLaw(facts, '第二十四条'),
    decisions: [`对下列场所、设施、设备或者物品予以${measure}。`],
    things: command.things,
    term: spanText(termOf(facts, 'T21'), '三十日'),
    duties: ['不得擅自启用、损毁、转移、隐匿、变卖被查封、扣押的场所、设施、设备或者物品。', '改正违法行为后可以书面申请解除。'],
    remedies: f.remediesOf(facts),
  };
}

/** 延长查封、扣押期限通知书 (D31; 第二十五条): the order it builds on, the reason, until when. */
export function sealingExtension(facts: f.PaperFacts) {
  const { command } = sealingPlan(facts);
  const measure = MEASURE[command.measure];
  return {
    title: `延长${measure}期限通知书`,
    party: f.partyBlock(facts),
    investigated: sealed(facts, measure),
    facts: `现因下列理由需要延长${measure}期限：${f.commandOf(facts, 'EXTEND_SEALING').reason}`,
    basis: [law(AEL, '第二十五条')],
    decisions: [`延长对下列场所、设施、设备或者物品的${measure}期限。`],
    things: command.things,
    term: spanText(termOf(facts, 'T21x'), '三十日'),
    remedies: f.remediesOf(facts),
    contact: f.contactOf(facts),
  };
}

const releaseOf = (c: CommandOf<'RELEASE_SEALING'>, facts: f.PaperFacts) => ({ why: situation(facts, 'release-grounds', c.ground), reason: c.reason, to: c.handedBackTo });

/** 解除查封、扣押决定书 (D31; 第二十八条, or 第十九条 where what was urgent is rejected): the order it ends, ground, list, who takes the things back. */
export function sealingRelease(facts: f.PaperFacts) {
  const { command } = sealingPlan(facts);
  const measure = MEASURE[command.measure];
  const { command: c } = facts.event;
  const rejected = c.kind === 'REJECT_SEALING';
  const release = rejected ? { why: '紧急实施后，本机关负责人认为不应当采取该措施', reason: c.reason, to: facts.party.name } : releaseOf(f.commandOf(facts, 'RELEASE_SEALING'), facts);
  return {
    title: `解除${measure}决定书`,
    party: f.partyBlock(facts),
    investigated: sealed(facts, measure),
    facts: `现查明：${release.why}。${release.reason}`,
    basis: [law(AEL, rejected ? '第十九条' : '第二十八条')],
    decisions: [`解除对下列场所、设施、设备或者物品的${measure}。`, `退还被${measure}的财物，由${release.to}接收。`],
    things: command.things,
    term: '自本决定送达之日起解除',
    remedies: f.remediesOf(facts),
    contact: f.contactOf(facts),
  };
}

const LIMITS = { LIMIT_PRODUCTION: { zh: '责令限制生产', article: '第五条' }, STOP_PRODUCTION: { zh: '责令停产整治', article: '第六条' } } as const;
const PRODUCTION_RULE = '环境保护主管部门实施限制生产、停产整治办法';

/** 责令限制生产决定书、责令停产整治决定书 (D32): on the footing of the penalty decision it names. */
export function productionOrder(facts: f.PaperFacts) {
  const { command } = restsOn(facts, 'ORDER_PRODUCTION');
  const { zh, article } = LIMITS[command.measure];
  return {
    title: `${zh}决定书`,
    ...head(facts),
    reason: `上述行为属于${situation(facts, 'production-situations', command.situation)}的情形，我局已以${f.namedPaper(facts, 'PENALTY_DECISION')}作出处罚。${command.reason}`,
    basis: [...lawOf('PRODUCTION', facts), ...f.provisions(facts).penal.map(({ instrument, article: penal }) => law(instrument, penal)), law(PRODUCTION_RULE, article)],
    decisions: [`${zh}：${command.way}`, ...command.demands],
    term: command.measure === 'LIMIT_PRODUCTION' ? spanText(termOf(facts, 'T22b'), '三个月') : '自本决定送达之日起，至完成整改并备案之日止',
    duties: ['在十五个工作日内将整改方案报我局备案并向社会公开。', '整改完成后十五个工作日内报我局备案并公开，限制生产、停产整治自备案之日起解除。'],
    remedies: f.remediesOf(facts),
  };
}

/** 延长限制生产期限通知书 (D32): the order it builds on, the reason, until when. */
export function productionExtension(facts: f.PaperFacts) {
  const { command } = restsOn(facts, 'ORDER_PRODUCTION');
  return {
    party: f.partyBlock(facts),
    investigated: `我局以${f.namedPaper(facts, 'PRODUCTION_ORDER')}责令你单位限制生产：${command.way}`,
    facts: `现因下列理由需要延长期限：${f.commandOf(facts, 'EXTEND_LIMIT').reason}`,
    basis: [law(PRODUCTION_RULE, '第十五条')],
    decisions: ['延长限制生产的期限，其他要求不变。'],
    term: spanText(termOf(facts, 'T22bx'), '三个月'),
    remedies: f.remediesOf(facts),
    contact: f.contactOf(facts),
  };
}

/** The wording of a code of a closed list. */
export const situation = ({ deps }: f.PaperFacts, list: string, code: string): string =>
  deps.law.codes(list).codes.find((c) => c.code === code)?.title.zh ?? code;

