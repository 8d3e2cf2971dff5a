import { z } from 'zod';
import { ROLES, type Role } from '#access';
import { lawBrowser, type Law, type LawEntry } from '#law';

const texts = z.object({ zh: z.string(), en: z.string() });
export const unverifiedReply = z.object({
  total: z.number().describe('values of the law in all'),
  items: z.array(texts.extend({
    group: z.string(), id: z.string(), region: z.string(), value: z.string(), validFrom: z.string(), validTo: z.string().nullable(), source: z.string(), article: z.string(), reviewed: z.string(),
    note: z.string().nullable(), used: texts.describe('where the platform uses it'), checker: texts.describe('who should hold it against the text'),
  })),
});

interface Use {
  readonly zh: string;
  readonly en: string;
  readonly checker: Role;
}

/** What depends on a value of each group, and whose trade it is to compare it with the text. */
const USES: Readonly<Record<LawEntry['group'], Use>> = {
  CLOCK: { zh: '期限的起算、届满、提醒和逾期后果', en: 'when terms begin and end, reminders, what follows when they are missed', checker: 'legal' },
  PARAMETER: { zh: '该地区的流程、门槛和数据口径', en: 'procedure, thresholds and reckoning of the region', checker: 'legal' },
  VIOLATION: { zh: '违法行为的构成、罚则，以及告知书、决定书引用的条文', en: 'elements and penalties, and the provisions that notice and decision cite', checker: 'legal' },
  DISCRETION: { zh: '罚款数额的裁量计算和裁量表', en: 'computing the sum of a fine, and the sheet that shows it', checker: 'legal' },
  EXEMPTION: { zh: '不予处罚情形的提示', en: 'proposing that nothing be punished', checker: 'legal' },
  PROVISION: { zh: '各步骤引用的地方条文', en: 'the region\'s articles that steps cite', checker: 'legal' },
  ONSITE_GROUND: { zh: '转现场检查的情形', en: 'when officers must go to the place', checker: 'legal' },
  CODE: { zh: '办案步骤和文书中可选的法定情形', en: 'the legal situations that steps and papers let one choose', checker: 'legal' },
  LIMIT: { zh: '登记限值与排放标准的核对', en: 'holding registered limits against the standards', checker: 'element-dept' },
  QUALITY: { zh: '数据有效性、标记、校准周期和比对的判定', en: 'judging validity, marks, terms of calibration and comparisons', checker: 'monitoring-control' },
  CALENDAR: { zh: '工作日的推算', en: 'counting working days', checker: 'admin' },
};

/** Every value of the law that nobody has compared with its text, with what rests on it and who should: in the order of the browser of the law. */
export function unverifiedLaw(law: Law): z.infer<typeof unverifiedReply> {
  const all = lawBrowser(law);
  const items = all.filter(({ verified }) => !verified).map(({ group, id, region, zh, en, value, validFrom, validTo, source, article, reviewed, note }) => {
    const { checker, ...used } = USES[group];
    return { group, id, region, zh, en, value, validFrom, validTo: validTo ?? null, source, article, reviewed, note: note ?? null, used, checker: { zh: ROLES[checker].zh, en: ROLES[checker].en } };
  });
  return { total: all.length, items };
}
