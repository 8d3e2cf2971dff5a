import { z } from 'zod';
import { REASONS, type Reason } from '../models/parts/explanations.ts';
import type { SourceFamily } from '../contract.ts';
import { DEPARTMENTS, type Department, type RuleBody } from './rule.ts';

const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const texts = z.object({ zh: z.string().max(400), en: z.string().max(600) });
const expression = z.string().max(2_000);

/** Kinds of evidence a rule may rest on, in the words of the form. */
export const FAMILIES = {
  emission: { zh: '排放数据', en: 'emission data' }, power: { zh: '用电', en: 'power' }, site: { zh: '站房门禁视频', en: 'station, door, video' }, marks: { zh: '标记', en: 'marks' },
  manual: { zh: '人工监测', en: 'manual monitoring' }, external: { zh: '外部数据', en: 'external' }, transport: { zh: '数据传输', en: 'transport' },
} as const satisfies Record<SourceFamily, { zh: string; en: string }>;

export const TRIGGERS = {
  hour: { zh: '每小时数据到达时', en: 'as each hour arrives' }, tick: { zh: '每小时过十分', en: 'ten past every hour' }, day: { zh: '每日 02:00（判断前一日）', en: 'daily at 02:00, on the day before' },
} as const;

/** A rule as it comes from the form; its expressions are read and checked apart (`readRule`). */
export const ruleBody: z.ZodType<RuleBody> = z.object({
  title: z.object({ zh: z.string().max(40), en: z.string().max(80) }), department: z.enum(keysOf<Department>(DEPARTMENTS)), family: z.enum(keysOf<SourceFamily>(FAMILIES)), trigger: z.enum(['hour', 'tick', 'day']),
  media: z.array(z.enum(['gas', 'water'])).max(2), factors: z.array(z.string().max(16)).max(24), applies: expression, remind: expression, warn: expression,
  workOrder: expression, params: z.record(z.string().max(32), z.number()), standsAlone: z.boolean(), excusedBy: z.array(z.enum(keysOf<Reason>(REASONS))).max(8),
  text: texts, purpose: texts, advice: texts, legalHooks: z.array(z.string().regex(/^H([1-9]|1[0-2])$/u)).max(12),
});
