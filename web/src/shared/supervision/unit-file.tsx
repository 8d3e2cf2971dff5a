import { Checkbox, Empty, Tag, Timeline } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Routes } from '../api.gen.ts';
import { useSpeech, type Text } from '../i18n.tsx';
import { msOf } from '../moment.ts';
import { formatTime } from '../tiers.ts';
import { useArticle } from '../terms/article.ts';

export type UnitFile = Routes['GET /api/unit/file']['response'];

const TEXT = {
  why: { zh: '颜色规则（近 {n} 个月，由档案自动计算，不是处罚也不是信用评价）', en: 'Rule of the colour (last {n} months, computed from the file; neither a penalty nor a credit rating)' },
  unverified: { zh: '规则未核实', en: 'rule not verified' },
  holds: { zh: '符合', en: 'holds' },
  rule: { zh: '{fact} ≥ {n}：现为 {count}', en: '{fact} ≥ {n}: now {count}' },
  green: { zh: '没有符合的规则：绿码', en: 'no rule holds: green' },
  paper: { zh: '文书 {no}（PDF）', en: 'paper {no} (PDF)' },
  empty: { zh: '没有记录', en: 'Nothing recorded' },
  show: { zh: '显示', en: 'Show' },
  file: { zh: '督办档案', en: 'Supervision file' },
} as const satisfies Record<string, Text>;

/** Colour with a shape and a word: never colour alone. */
const LOOK = { GREEN: { ink: 'var(--ink-PASS)', shape: '●' }, YELLOW: { ink: 'var(--ink-WARN)', shape: '▲' }, RED: { ink: 'var(--ink-FAIL)', shape: '■' } } as const;

/** The unit's code with the rule of its colour, every line with what is counted now. */
export function EnterpriseCode({ file }: { file: UnitFile }) {
  const { t } = useSpeech();
  const article = useArticle();
  const look = LOOK[file.colour];
  return (
    <>
      <p style={{ fontSize: 22, margin: '0 0 8px', color: look.ink }}><span aria-hidden>{look.shape} </span><strong>{t(file.colourText)}</strong></p>
      <div style={{ fontSize: 13, fontWeight: 600 }}>{t(TEXT.why, { n: file.months })} {!file.verified && <Tag>? {t(TEXT.unverified)}</Tag>}</div>
      <ul style={{ listStyle: 'none', margin: '6px 0', padding: 0 }}>
        {file.rules.map((rule) => (
          <li key={`${rule.colour}-${rule.fact}`} style={{ color: rule.holds ? LOOK[rule.colour].ink : undefined, fontWeight: rule.holds ? 600 : 400 }}>
            <span aria-hidden>{LOOK[rule.colour].shape} </span>{t(TEXT.rule, { fact: t(rule.factText), n: rule.atLeast, count: rule.count })} {rule.holds && `✓ ${t(TEXT.holds)}`}
          </li>
        ))}
      </ul>
      <div style={{ fontSize: 12, opacity: 0.85 }}>{article(`${file.source} ${file.article}`)}</div>
    </>
  );
}

/** Every notice, answer, silence, rung, talk and quantity warning in time order; kinds can be left out. */
export function FileEntries({ file, sheetLink }: { file: UnitFile; sheetLink: (sheetId: string, text: string) => ReactNode }) {
  const { t } = useSpeech();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const kinds = Object.entries(file.kinds).filter(([kind]) => file.entries.some((entry) => entry.kind === kind));
  const shown = file.entries.filter((entry) => !hidden.includes(entry.kind));
  if (file.entries.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(TEXT.empty)} />;
  return (
    <>
      <fieldset style={{ border: 0, padding: 0, margin: '0 0 14px' }}>
        <legend style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.show)}</legend>
        {kinds.map(([kind, text]) => (
          <Checkbox key={kind} checked={!hidden.includes(kind)} onChange={() => setHidden(hidden.includes(kind) ? hidden.filter((one) => one !== kind) : [...hidden, kind])}>{t(text)}</Checkbox>
        ))}
      </fieldset>
      <Timeline items={shown.map((entry, i) => ({
        key: `${entry.at}-${i}`,
        content: (
          <div style={{ overflowWrap: 'anywhere' }}>
            <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatTime(msOf(entry.at))}</span> <strong>{entry.sheetId === null ? t(entry.title) : sheetLink(entry.sheetId, t(entry.title))}</strong>
            {entry.detail !== null && <div style={{ opacity: 0.85 }}>{t(entry.detail)}</div>}
            {entry.documentId !== null && <div><a href={`/api/documents/${entry.documentId}/file`} target="_blank" rel="noreferrer">{t(TEXT.paper, { no: entry.documentNo ?? '' })}</a></div>}
          </div>
        ),
      }))} />
    </>
  );
}

export const FILE_TITLE: Text = TEXT.file;
