import { dayOf, type Instant } from '#kernel';
import type { siteAndSampling } from '../commands/on-the-spot.ts';
import type { CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { z } from 'zod';

const HOUR = 3_600_000;
const atThePlace = (now: Instant) => ({
  takenAt: now - 2 * HOUR,
  endedAt: now - HOUR,
  place: '示范电力有限公司2号机组',
  partyPresent: true,
  partyName: '张演示',
  partyRole: '厂长',
  witness: '',
  toldRights: '已出示执法证件，告知回避、陈述申辩的权利和配合检查的义务。',
  statement: '当事人无异议。',
  recordingId: 'cam-7',
  signed: true,
  refusal: '',
});
const delivery = (now: Instant) => ({ deliveryId: 'dlv-s', method: 'ELECTRONIC', arrivedAt: now, legalDay: dayOf(now) });
const nth = (state: PenaltyCase | undefined, fits: (s: PenaltyCase['samplings'][number]) => boolean): string => state?.samplings.find(fits)?.samplingId ?? 'none';

type SiteKind = z.infer<(typeof siteAndSampling)[number]>['kind'] & CommandKind;
type Samples = { readonly [K in SiteKind]: (now: Instant, state?: PenaltyCase) => CommandOf<K> };

/** One well-formed command of every step at the place and for what the laboratory found. */
export const SITE_SAMPLES: Samples = {
  RECORD_SITE_INSPECTION: (now) => ({
    kind: 'RECORD_SITE_INSPECTION', ...atThePlace(now), production: '2号机组满负荷运行。', formalities: '有环评批复、验收和排污许可证。', treatment: '脱硝系统喷氨泵停运。', found: '脱硝系统未正常运行。', photos: '拍照4张。',
  }),
  RECORD_SAMPLING: (now) => ({
    kind: 'RECORD_SAMPLING', ...atThePlace(now), laboratory: '清川市生态环境监测站', samplers: '孙戊、周己', spot: 'DA001 烟囱', items: '氮氧化物', method: 'HJ 693', instrument: '烟气分析仪',
    samples: [{ number: 'Q-01', quantity: '3 组', storage: '现场直读' }],
  }),
  RECEIVE_TEST_REPORT: (now, state) => ({
    kind: 'RECEIVE_TEST_REPORT', samplingId: nth(state, (s) => s.report === undefined), laboratory: '清川市生态环境监测站', qualification: '231012340000', reportNo: '清监〔2026〕7号', client: '', method: 'HJ 693 定电位电解法，便携式烟气分析仪', signatures: '编制、审核、签发三级签名和检验检测专用章齐全',
    issuedOn: dayOf(now), receivedOn: dayOf(now), result: '氮氧化物折算浓度 92 mg/m3，超过限值 50 mg/m3。', exceeds: true, report: { fileName: '监测报告.pdf', sha256: 'd'.repeat(64) },
  }),
  TELL_TEST_RESULT: (_now, state) => ({ kind: 'TELL_TEST_RESULT', samplingId: nth(state, (s) => s.report !== undefined && s.toldBy === undefined), note: '' }),
  RECORD_TEST_RESULT_DELIVERED: (now) => ({ kind: 'RECORD_TEST_RESULT_DELIVERED', ...delivery(now) }),
  COMMENT_ON_RESULT: (_now, state) => ({ kind: 'COMMENT_ON_RESULT', samplingId: nth(state, (s) => s.toldBy !== undefined && s.comment === undefined), objects: true, asksRetest: true, statement: '采样时正在启炉，不能代表正常工况。' }),
  ANSWER_RESULT_COMMENT: (_now, state) => ({ kind: 'ANSWER_RESULT_COMMENT', samplingId: nth(state, (s) => s.comment?.objects === true && s.comment.answer === undefined), accepted: false, retest: false, answer: '工况记录显示当时负荷稳定。' }),
};
