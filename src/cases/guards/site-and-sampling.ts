import { formatMoment } from '#documents';
import { dayOf } from '#kernel';
import { own } from '#law';
import { pointsOf } from '../charged-acts.ts';
import { isOpenToComment, isTold, retestOwed, samplingOf } from '../evidence/samplings.ts';
import { elsewhere, timedRecordOf, type TimedRecord } from '../evidence/timed-records.ts';
import type { Guard } from './guards.ts';
import { sentOnSite } from './terms.ts';
import { fine, need } from './need.ts';

const TOLD = '生态环境行政处罚办法 第二十九条';

export const SITE_GUARD_ARTICLES = {
  GONE_ON_SITE: own('onsite'),
  NOT_ELSEWHERE: '行政处罚法 第四十二条、第五十五条',
  EXTRACTION_ATTENDED: '行政处罚法 第五十五条',
  LOG_HOLDS_ACT: '行政处罚法 第四十六条、第五十四条',
  WITNESS_APART: '行政处罚法 第五十五条；行政强制法 第十八条',
  SIGNED_OR_NOTED: '行政处罚法 第五十五条；行政强制法 第十八条；生态环境行政处罚办法（条号待核）',
  REPORT_AWAITED: TOLD,
  REPORT_DAYS: '生态环境行政执法案卷评查细则（环执法发〔2024〕4号） 监测报告',
  RESULT_TO_TELL: TOLD,
  RESULT_OPEN: TOLD,
  OBJECTION_OPEN: `${TOLD}；行政处罚法 第七条`,
  RESULTS_TOLD: TOLD,
} as const;

/** What officers were doing meanwhile, as it is told to who writes another record of the same time. */
const OCCUPIED: Readonly<Record<TimedRecord['kind'], string>> = {
  RECORD_INQUIRY: '询问', RECORD_SITE_INSPECTION: '现场检查', RECORD_SAMPLING: '采样', CARRY_OUT_PRESERVATION: '先行登记保存', PRESERVE_URGENTLY: '先行登记保存', CARRY_OUT_SEALING: '查封扣押', SEAL_URGENTLY: '查封扣押',
  INQUIRY_ROOM: '正在进行的远程询问',
};
const occupied = ({ caseNo, kind, from, to, place, asked }: TimedRecord): string =>
  `案件${caseNo}的${OCCUPIED[kind]}${place === undefined ? (asked === undefined ? '' : `（${asked}）`) : `（${place}）`} ${formatMoment(from)}–${formatMoment(to)}`;

/** What must hold at the place and for what the laboratory found. */
export const SITE_GUARDS = {
  EXTRACTION_ATTENDED: ({ command }) =>
    need(command?.kind !== 'ATTACH_EVIDENCE' || command.absence === '' || command.partySigned !== '' || command.witness !== '', '当事人没有签名时的见证人'),
  // A log that ends or begins beside the moment the record of the place tells cannot be its proof.
  LOG_HOLDS_ACT: ({ state, command, law }) => {
    if (command?.kind !== 'FINISH_INVESTIGATION' || command.outcome === 'NOT_ESTABLISHED') return fine;
    const logs = pointsOf(state, law).flatMap(({ id, log }) => (log === true ? [id] : []));
    const moments = state.course.flatMap((one) => (one.kind === 'RECORD_SITE_INSPECTION' && one.actAt !== undefined ? [one.actAt] : []));
    if (logs.length === 0) return fine;
    const holds = (at: number) => state.evidence.some(({ point, covers }) => logs.includes(point) && covers !== undefined && covers.from <= at && at <= covers.to);
    return moments.filter((at) => !holds(at)).map((at) => `起止时间包括笔录所载实施时间（${formatMoment(at)}）的日志、门禁或者视频记录`);
  },
  // Who carries the act out, or is its party, is no witness of it.
  WITNESS_APART: ({ state, command, actor }) => {
    if (command === undefined || !('witness' in command) || command.witness === '') return fine;
    const party = 'partyName' in command ? [command.partyName] : [];
    const own = [...state.officers, ...(actor === undefined ? [] : [actor])].map(({ name }) => name).concat(party).filter((name) => name !== '');
    return need(!own.some((name) => command.witness.includes(name)), '执法人员和当事人以外的见证人');
  },
  // Off-site first: officers go to the place on one of the region's grounds, or where it sends every case on site.
  GONE_ON_SITE: ({ state, law, now }) =>
    need(
      state.mode !== 'OFFSITE' || sentOnSite(state, law, dayOf(now)),
      '转现场检查的审批（法定情形）',
    ),
  // The witness of who is absent is asked for by ON_THE_SPOT.
  SIGNED_OR_NOTED: ({ command }) => {
    if (command === undefined || !('signed' in command)) return fine;
    if (!command.partyPresent) return need(command.refusal !== '', '当事人没有到场的原因');
    if (command.signed) return fine;
    return [...need(command.refusal !== '', '当事人拒绝签名的原因'), ...need(command.witness !== '', '当事人拒绝签名时的见证人')];
  },
  // Two officers are in one place and with one person at a time.
  NOT_ELSEWHERE: ({ state, command, records = [] }) => {
    const record = command && timedRecordOf(state, command);
    return record === undefined ? fine : elsewhere(record, records).map(({ other, names }) => `执法人员${names}不在别处的起止时间：同一时间正在办理${occupied(other)}`);
  },
  REPORT_AWAITED: ({ state, command }) =>
    command?.kind === 'RECEIVE_TEST_REPORT'
      ? need(state.samplings.some((s) => s.samplingId === command.samplingId && s.report === undefined), '尚未收到报告的采样')
      : need(state.samplings.some((s) => s.report === undefined), '尚未收到报告的采样'),
  REPORT_DAYS: ({ state, command, now }) => {
    if (command?.kind !== 'RECEIVE_TEST_REPORT') return fine;
    const taken = samplingOf(state, command.samplingId)?.takenOn;
    return [
      ...need(taken === undefined || taken <= command.issuedOn, `不早于采样（${taken}）的报告签发日期`),
      ...need(command.issuedOn <= command.receivedOn && command.receivedOn <= dayOf(now), '先后正确且不晚于今日的签发、收到日期'),
    ];
  },
  RESULT_TO_TELL: ({ state, command }) =>
    need(
      state.samplings.some((s) => s.report !== undefined && s.toldBy === undefined && (command?.kind !== 'TELL_TEST_RESULT' || s.samplingId === command.samplingId)),
      '已收到报告、尚未告知的监测结果',
    ),
  RESULT_OPEN: ({ state, command, now }) => {
    const term = state.running.TM;
    return [
      ...need(
        state.samplings.some((s) => isOpenToComment(state, s) && (command?.kind !== 'COMMENT_ON_RESULT' || s.samplingId === command.samplingId)),
        '已告知、尚未提出意见的监测结果',
      ),
      ...need(term !== undefined && now < term.dueAt, '尚未届满的异议期限'),
      ...(command?.kind === 'COMMENT_ON_RESULT' ? need(command.objects || !command.asksRetest, '要求重新监测的异议') : fine),
    ];
  },
  OBJECTION_OPEN: ({ state, command }) =>
    need(
      state.samplings.some((s) => s.comment?.objects === true && s.comment.answer === undefined && (command?.kind !== 'ANSWER_RESULT_COMMENT' || s.samplingId === command.samplingId)),
      '尚未答复的异议',
    ),
  RESULTS_TOLD: ({ state, now }) => {
    const term = state.running.TM;
    return [
      ...state.samplings.flatMap((s) => {
        if (s.report === undefined) return [`${s.spot}（${s.takenOn}采样）的监测报告`];
        if (!isTold(state, s)) return [`监测结果（${s.report.reportNo}）告知当事人`];
        if (s.comment?.objects === true && s.comment.answer === undefined) return [`对监测结果（${s.report.reportNo}）异议的答复`];
        return need(!retestOwed(state, s), `已决定的重新采样监测（${s.report.reportNo}）并告知结果`);
      }),
      ...need(term === undefined || now >= term.dueAt, `监测结果的异议期限届满（${term?.dueDay}）或者当事人表示无异议`),
    ];
  },
} as const satisfies Record<keyof typeof SITE_GUARD_ARTICLES, Guard>;
