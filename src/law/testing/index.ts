import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Law } from '../law.ts';
import { lawFolder, loadLaw } from '../load.ts';

const PROVENANCE = 'validFrom: 2026-01-01, source: 某省办法, article: 第九条, verified: true, reviewed: 2026-11-29';
const entry = (key: string, value: string): string => `  - { key: ${key}, value: ${value}, ${PROVENANCE} }\n`;

/** A province nobody wrote code for, set otherwise than the four wherever the kernel of the chain asks for its region. */
export const FIFTH = `kind: region
key: fifth
title: { zh: 某省, en: A fifth province }
level: PROVINCE
measures: { title: { zh: 某省非现场执法办法, en: Measures of the fifth province }, cited: [某省办法], ${PROVENANCE} }
provisions: { warning: 第五条, recheck: 第六条, analysis: 第七条, review: 第七条, handover: 第八条, evidence: 第十一条, filing: 第十二条, onsite: 第十三条, rectification: 第二十条, majorReport: 第二十一条 }
parameters:
${[
  entry('review.model', 'CONTROL_RECHECK'),
  entry('review.gatePaper', 'CONTROL_RECHECK_NOTE'),
  entry('review.groupLead', 'CONTROL'),
  entry('documents.numberPattern', "'{prefix}{abbr}字〔{year}〕{seq}号'"),
  entry('supervision.airTriggerHours', '2'),
  entry('supervision.partyContact', '[WARN, SHEET]'),
  entry('supervision.severityLadder', '[WARN, WORK_ORDER]'),
  entry('supervision.feedbackLadder', '[WARN, TALK]'),
  entry('supervision.tierLabels', "{ REMIND: { zh: 蓝色, en: blue }, WARN: { zh: 黄色, en: yellow }, WORK_ORDER: { zh: 红色, en: red } }"),
  entry('supervision.quotaWarnRatios', "['0.7', '1.0']"),
  entry('delivery.portalName', '某省企业通'),
  entry('delivery.noticeChannels', '[PORTAL, WECHAT]'),
].join('')}clocks:
  - { id: T1, title: { zh: 反馈, en: feedback }, machine: SHEET, startEvent: sheet.sent, stopEvent: feedback.received, n: 30, dayKind: HOUR, rollForward: false, holder: UNIT, ${PROVENANCE} }
  - { id: T2, title: { zh: 移送, en: hand over }, machine: CLUE, startEvent: review.passed, stopEvent: clue.handed_over, n: 5, dayKind: WORKING_DAY, holder: REVIEW, ${PROVENANCE} }
onsiteGrounds: []
`;

const DISCRETION = `kind: discretion
tables:
  - { id: FIFTH-F1, version: '1', region: fifth, title: { zh: 某省裁量表, en: table }, family: F1, violations: [AIR_EXCEED], adjustCapPercent: '30', mitigationFloorPercent: '50', roundToYuan: 1000, ${PROVENANCE},
      factors: [{ id: TIMES, title: { zh: 次数, en: times }, group: INDIVIDUAL, grades: [{ id: FIRST, title: { zh: 首次, en: first }, percent: '0' }, { id: MORE, title: { zh: 多次, en: more }, percent: '40' }] }] }
`;

/** The law with the fifth province among the others, read from files as the program reads them. */
export function lawOfFive(): Law {
  const dir = mkdtempSync(join(tmpdir(), 'law-'));
  try {
    cpSync(lawFolder(), dir, { recursive: true });
    writeFileSync(join(dir, 'regions', 'fifth.yaml'), FIFTH);
    writeFileSync(join(dir, 'discretion', 'fifth.yaml'), DISCRETION);
    return loadLaw(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
