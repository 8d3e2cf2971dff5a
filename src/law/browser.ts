import type { Law } from './law.ts';
import type { Provenance } from './provenance.ts';
import { PROVISIONS, type ProvisionKey } from './provisions.ts';
import type { QualityLaw } from './quality-rules.ts';

/** One line of the law browser: a value, when it holds, by which text, and whether anybody has checked it. */
export interface LawEntry extends Provenance {
  readonly group:
    'CLOCK' | 'PARAMETER' | 'VIOLATION' | 'DISCRETION' | 'EXEMPTION' | 'LIMIT' | 'CALENDAR' | 'PROVISION' | 'ONSITE_GROUND' | 'QUALITY' | 'CODE';
  readonly id: string;
  readonly region: string;
  readonly zh: string;
  readonly en: string;
  readonly value: string;
}

const DAY_KIND_ZH = { WORKING_DAY: '个工作日', CALENDAR_DAY: '日', HOUR: '小时', MONTH: '个月', YEAR: '年' } as const;

/** Everything under `law/` as flat lines, for the page and for a search. */
export function lawBrowser(law: Law): LawEntry[] {
  const { data } = law;
  const clockLine =
    (region: string) =>
    (c: (typeof data.clocks)[number]): LawEntry => ({
      ...provenanceOf(c),
      group: 'CLOCK',
      id: c.id,
      region,
      ...c.title,
      value: `${c.n}${DAY_KIND_ZH[c.dayKind]}`,
    });
  return [
    ...data.clocks.map(clockLine('national')),
    ...data.regions.flatMap((r) => r.clocks.map(clockLine(r.key))),
    ...data.regions.flatMap((r) =>
      r.parameters.map((p): LawEntry => ({
        ...provenanceOf(p),
        group: 'PARAMETER',
        id: p.key,
        region: r.key,
        zh: p.key,
        en: p.key,
        value: JSON.stringify(p.value),
      })),
    ),
    ...data.regions.flatMap((r) =>
      Object.entries(r.provisions).map(([id, article]): LawEntry => ({
        ...provenanceOf(r.measures),
        group: 'PROVISION',
        id,
        region: r.key,
        ...PROVISIONS[id as ProvisionKey],
        article,
        value: `${r.measures.cited[0] ?? r.measures.title.zh} ${article}`,
      })),
    ),
    ...data.regions.flatMap((r) =>
      r.onsiteGrounds.map((g): LawEntry => ({
        ...provenanceOf(g),
        group: 'ONSITE_GROUND',
        id: g.code,
        region: r.key,
        ...g.title,
        value: g.force,
      })),
    ),
    ...data.violations.flatMap((v) =>
      v.bases.map((b): LawEntry => ({
        ...provenanceOf(b),
        group: 'VIOLATION',
        id: `${v.key}/${b.id}`,
        region: 'national',
        ...v.title,
        value: b.fine === undefined ? b.penalties.join('、') : `罚款 ${b.fine.min}–${b.fine.max} 元`,
      })),
    ),
    ...data.discretion.map((t): LawEntry => ({
      ...provenanceOf(t),
      group: 'DISCRETION',
      id: `${t.id}@${t.version}`,
      region: t.region,
      ...t.title,
      value: t.family,
    })),
    ...data.exemptions.map((e): LawEntry => ({
      ...provenanceOf(e),
      group: 'EXEMPTION',
      id: e.id,
      region: e.region,
      ...e.title,
      value: e.force === 'SHALL' ? '不予处罚' : '可以不予处罚',
    })),
    ...data.limits.map((l): LawEntry => ({
      ...provenanceOf(l),
      group: 'LIMIT',
      id: `${l.standard}/${l.factor}/${l.period}`,
      region: 'national',
      zh: `${l.industry.zh} ${l.factorZh}${l.point === undefined ? '' : '（车间或生产设施废水排放口）'}`,
      en: `${l.industry.en} ${l.factor}${l.point === undefined ? '' : ' (outlet of the workshop)'}`,
      value: `${l.value} ${l.unit}`,
    })),
    ...qualityLines(data.quality),
    ...data.codes.flatMap((c) =>
      (c.regions ?? ['national']).map((region): LawEntry => ({
        ...provenanceOf(c),
        group: 'CODE',
        id: c.key,
        region,
        ...c.title,
        value: String(c.codes.length),
      })),
    ),
    ...data.calendar.map((y): LawEntry => ({
      ...provenanceOf(y),
      group: 'CALENDAR',
      id: String(y.year),
      region: 'national',
      zh: `${y.year}年节假日安排`,
      en: `holidays of ${y.year}`,
      value: y.status === 'PUBLISHED' ? `${y.holidays.length}个节日、${y.makeUp.length}个调休上班日` : '尚未公布',
    })),
  ];
}

const shown = (factors: 'ALL' | readonly string[]) => (factors === 'ALL' ? '全部因子' : factors.join('、'));

/** Rules on valid data: marks with their budgets, checks, comparisons, substitution, reference oxygen. */
function qualityLines(quality: QualityLaw): LawEntry[] {
  const line = (id: string, title: { zh: string; en: string }, rule: Provenance, value: string): LawEntry => ({
    ...provenanceOf(rule),
    group: 'QUALITY',
    id,
    region: 'national',
    zh: title.zh,
    en: title.en,
    value,
  });
  return [
    ...quality.conditionMarks.map((m) => {
      const hours = [m.maxHoursPerEvent && `每次 ≤ ${m.maxHoursPerEvent} h`, m.maxHoursPerYear && `每年 ≤ ${m.maxHoursPerYear} h`];
      return line(`${m.trade}/${m.rule}/${m.marks.join('+')}`, m.title, m, [shown(m.factors), ...hours.filter(Boolean)].join(' · '));
    }),
    ...quality.checks.map((c) => line(c.item, c.title, c, `≤ ${c.everyHours} h · ${shown(c.factors)}`)),
    ...quality.comparisons.map((c) => line(c.quantity, c.title, c, c.bands.map((b) => `${b.kind === 'RELATIVE' ? `±${b.limit} %` : `±${b.limit} ${c.unit}`}`).join(' / '))),
    ...quality.substitutions.map((s) => line(`HJ75-12.2/${s.captureFrom}`, s.title, s, s.validHours === undefined ? '人工' : `${s.validHours} h`)),
    ...quality.referenceOxygen.map((o) => line(`O2/${o.plant}`, o.title, o, `${o.o2Ref} %`)),
  ];
}

function provenanceOf(p: Provenance): Provenance {
  const { validFrom, validTo, source, article, verified, reviewed, note } = p;
  return {
    validFrom,
    source,
    article,
    verified,
    reviewed,
    ...(validTo === undefined ? {} : { validTo }),
    ...(note === undefined ? {} : { note }),
  };
}
