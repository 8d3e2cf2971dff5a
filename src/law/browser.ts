import type { Law } from './law.ts';
import type { Provenance } from './provenance.ts';

/** One line of the law browser: a value, when it holds, by which text, and whether anybody has checked it. */
export interface LawEntry extends Provenance {
  readonly group:
    'CLOCK' | 'PARAMETER' | 'VIOLATION' | 'DISCRETION' | 'EXEMPTION' | 'LIMIT' | 'CALENDAR' | 'ONSITE_GROUND';
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
      zh: `${l.industry.zh} ${l.factorZh}`,
      en: `${l.industry.en} ${l.factor}`,
      value: `${l.value} ${l.unit}`,
    })),
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
