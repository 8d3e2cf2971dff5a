import { Button, Checkbox, Empty, Flex, Progress, Segmented, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useGrowingAnswer, type GrowingLine } from '../../shared/growing-answer.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf, useNow } from '../../shared/moment.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { formatTime, type Tier } from '../../shared/tiers.ts';
import { Go } from '../parts/go.tsx';
import { Panel } from '../parts/panel.tsx';
import { useOutfalls } from '../parts/queries.ts';
import { SheetTier } from '../sheets/sheet-tier.tsx';
import type { Outfall } from '../shapes.ts';

const TEXT = {
  title: { zh: '先自查', en: 'Check before it counts' },
  intro: { zh: '用平台正在使用的同一套模型和参数，检查本单位自己的数据会被发现什么。自查结果只有您看到：不保存、不是线索、不通知监管部门；平台对同一数据的正常判定照常进行。', en: 'The same models and parameters the platform uses, over your own data. The result is shown to you alone: it is not stored, is no clue and is told to nobody; the ordinary judging of the same data goes on.' },
  outfalls: { zh: '排口', en: 'Outfalls' },
  span: { zh: '时段', en: 'Span' },
  start: { zh: '开始自查', en: 'Check' },
  cancel: { zh: '停止', en: 'Stop' },
  running: { zh: '自查进度', en: 'Progress' },
  seconds: { zh: '{s} 秒', en: '{s} s' },
  found: { zh: '会被发现的情况', en: 'What would be found' },
  nothing: { zh: '这一时段没有会被发现的情况', en: 'Nothing would be found in this span' },
  sure: { zh: '判了 {hours} 个小时值，用时 {s} 秒', en: '{hours} hourly values judged in {s} s' },
  clears: { zh: '什么可以解释它', en: 'What would clear it' },
  do: { zh: '您现在可以', en: 'What you may do now' },
  mark: { zh: '标记数据（期限内有效）', en: 'mark the data (in time)' },
  repair: { zh: '维修、校准设备或者治理设施，保存记录', en: 'repair or calibrate, and keep the records' },
  report: { zh: '超标或者故障的，按规定向生态环境部门报告', en: 'report an exceedance or a fault to the authority as the rules demand' },
  object: { zh: '登记参数有误的，提出异议', en: 'dispute a registered value that is wrong' },
  markable: { zh: '◌ 仍在标记期限内', en: '◌ may still be marked' },
  contacts: { zh: '设备在线情况只按已存数据估计，断线类规则可能不准。', en: 'Signs of life are estimated from stored data: rules on silence may be inexact.' },
  peers: { zh: '与同行比较的规则在自查中不判定。', en: 'Rules that compare with other plants are not judged here.' },
  file: { zh: '检查还没有上传平台的数据：选择一个 CSV 文件（第一列为时间，其余列为因子，如 so2、nox、o2），按上面第一个排口的限值判定。文件不保存。部门自编的规则在文件自查中不判定：平台收到数据后仍会按它们判定。', en: 'Data that were never sent: choose a CSV file (time first, then channels such as so2, nox, o2), judged by the limits of the first outfall above. The file is not kept. Rules written by departments are left out here: the platform still applies them to the data it receives.' },
  choose: { zh: '选择 CSV 文件自查', en: 'Check a CSV file' },
  failed: { zh: '以下模型没有判成：{models}', en: 'These models failed: {models}' },
} as const satisfies Record<string, Text>;

const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;
const SPANS = [{ days: 1, zh: '1 天', en: '1 day' }, { days: 7, zh: '7 天', en: '7 days' }, { days: 30, zh: '30 天', en: '30 days' }, { days: 90, zh: '90 天', en: '90 days' }] as const;

/** Spreadsheets of this country save CSV in GBK; what is no UTF-8 is read as that. */
async function textOfFile(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

interface Finding {
  readonly outfall: string;
  readonly outfallName: string;
  readonly model: string;
  readonly title: Text;
  readonly tier: Tier;
  readonly from: string;
  readonly to: string;
  readonly text: Text;
  readonly clearedBy: readonly Text[];
  readonly markable: boolean;
}

interface Report {
  readonly findings: readonly Finding[];
  readonly hours: number;
  readonly ms: number;
  /** How a file was taken: columns not used, nothing to convert with. */
  readonly notes?: readonly Text[];
  readonly failed: readonly string[];
  readonly missing: { readonly contacts: boolean; readonly peers: boolean };
}

type Line = GrowingLine<{ readonly share: number; readonly ms: number }> & { readonly report?: Report };
interface Body { readonly outfalls: readonly string[]; readonly from: string; readonly to: string }

function FindingItem({ finding }: { finding: Finding }) {
  const { t } = useSpeech();
  return (
    <li className="quiet">
      <SheetTier tier={finding.tier} /> <strong>{finding.outfallName}</strong> {finding.model} {t(finding.title)}
      <p className="claim">{t(finding.text)}</p>
      <div style={{ fontVariantNumeric: 'tabular-nums', fontSize: 13 }}>{formatTime(msOf(finding.from))} – {formatTime(msOf(finding.to))} {finding.markable && <Tag>{t(TEXT.markable)}</Tag>}</div>
      {finding.clearedBy.length > 0 && <><div style={{ fontSize: 13, marginTop: 4 }}>{t(TEXT.clears)}</div><ul style={{ margin: 0, paddingInlineStart: 18 }}>{finding.clearedBy.map((text) => <li key={text.zh}>{t(text)}</li>)}</ul></>}
      {finding.markable && <Go to={`/marks?outfall=${finding.outfall}`}>{t(TEXT.mark)}</Go>}
    </li>
  );
}

function Result({ report }: { report: Report }) {
  const { t } = useSpeech();
  return (
    <Panel title={t(TEXT.found)}>
      <p style={{ marginTop: 0, fontSize: 13 }}>{t(TEXT.sure, { hours: report.hours, s: (report.ms / 1000).toFixed(1) })}{report.missing.contacts && <><br />{t(TEXT.contacts)}</>}{report.missing.peers && <><br />{t(TEXT.peers)}</>}{report.notes?.map((note) => <span key={note.zh}><br />{t(note)}</span>)}{report.failed.length > 0 && <><br />{t(TEXT.failed, { models: report.failed.join('、') })}</>}</p>
      {report.findings.length === 0 ? <Empty description={t(TEXT.nothing)} /> : <ul className="todo">{report.findings.map((finding, i) => <FindingItem key={`${finding.outfall} ${finding.model} ${finding.from} ${i}`} finding={finding} />)}</ul>}
    </Panel>
  );
}

function WhatToDo() {
  const { t } = useSpeech();
  return (
    <Panel title={t(TEXT.do)}>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        <li><Go to="/marks">{t(TEXT.mark)}</Go></li>
        <li>{t(TEXT.repair)}</li>
        <li>{t(TEXT.report)}</li>
        <li><Go to="/registered">{t(TEXT.object)}</Go></li>
      </ul>
    </Panel>
  );
}

function Check({ outfalls }: { outfalls: readonly Outfall[] }) {
  const { t } = useSpeech();
  const now = useNow();
  const [picked, pick] = useState<string[]>(() => outfalls.slice(0, 1).map((one) => one.outfall));
  const [days, setDays] = useState(7);
  const [report, setReport] = useState<Report>();
  const { run, cancel, running, progress, error } = useGrowingAnswer<Body, { share: number; ms: number }, Line>('/api/unit/self-check', (line) => setReport(line.report));
  const csv = useGrowingAnswer<{ outfall: string; csv: string }, { share: number; ms: number }, Line>('/api/unit/self-check/csv', (line) => setReport(line.report));
  const busy = running || csv.running;
  const shown = csv.running ? csv.progress : progress;
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setReport(undefined);
    await csv.run({ outfall: picked[0] ?? '', csv: await textOfFile(file) });
  };
  const begin = () => {
    setReport(undefined);
    const to = Math.floor(now / HOUR) * HOUR;
    void run({ outfalls: picked, from: new Date(to - days * DAY).toISOString(), to: new Date(to).toISOString() });
  };
  return (
    <div className="columns">
      <div>
        <Panel title={t(TEXT.title)}>
          <p style={{ marginTop: 0 }}>{t(TEXT.intro)}</p>
          <Flex vertical gap={12}>
            <div><div style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.outfalls)}</div><Checkbox.Group style={{ flexDirection: 'column' }} value={picked} onChange={(next) => pick(next.map(String))} options={outfalls.map((one) => ({ value: one.outfall, label: one.name }))} /></div>
            <div><div style={{ fontSize: 12, opacity: 0.85 }}>{t(TEXT.span)}</div><Segmented value={days} options={SPANS.map((span) => ({ value: span.days, label: t(span) }))} onChange={(value) => setDays(Number(value))} /></div>
            <Flex gap={8}><Button type="primary" size="large" disabled={picked.length === 0 || busy} onClick={begin}>{t(TEXT.start)}</Button>{busy && <Button size="large" onClick={() => { cancel(); csv.cancel(); }}>{t(TEXT.cancel)}</Button>}</Flex>
            {busy && <div role="status"><Progress percent={Math.round((shown?.share ?? 0) * 100)} status="active" aria-label={t(TEXT.running)} />{t(TEXT.seconds, { s: ((shown?.ms ?? 0) / 1000).toFixed(0) })}</div>}
            {(error ?? csv.error) !== undefined && <ProblemAlert error={error ?? csv.error} />}
            <div style={{ borderTop: '1px solid rgba(128,128,128,.28)', paddingTop: 12 }}>
              <p style={{ marginTop: 0, fontSize: 13 }}>{t(TEXT.file)}</p>
              <input ref={input} type="file" accept=".csv,text/csv" style={{ display: 'none' }} aria-label={t(TEXT.choose)} onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
              <Button disabled={picked.length === 0 || busy} onClick={() => input.current?.click()}>{t(TEXT.choose)}</Button>
            </div>
          </Flex>
        </Panel>
        {report !== undefined && <Result report={report} />}
      </div>
      <WhatToDo />
    </div>
  );
}

/** The models in force over the unit's own data, before what they find is told to anybody else. */
export function SelfCheckPage() {
  const { t } = useSpeech();
  const query = useOutfalls();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={query} isEmpty={(outfalls) => outfalls.length === 0}>{(outfalls) => <Check outfalls={outfalls} />}</Loaded>
    </>
  );
}
