import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';

type Situation = Routes['GET /api/situation']['response'];

const TEXT = {
  frames: { zh: '报文', en: 'Frames' },
  framesNote: { zh: '累计入库并存证', en: 'kept and logged, in all' },
  clues: { zh: '线索', en: 'Clues' },
  cluesNote: { zh: '累计；现待研判 {n}', en: 'in all; {n} before the panel now' },
  sheets: { zh: '督办', en: 'Supervision' },
  sheetsNote: { zh: '现在办', en: 'open now' },
  reviews: { zh: '审核', en: 'Review' },
  reviewsNote: { zh: '现列入或审核中；通过待移送 {n}', en: 'listed or in review now; {n} passed, to be handed over' },
  handed: { zh: '移送', en: 'Handed over' },
  handedNote: { zh: '累计移送执法', en: 'to enforcement, in all' },
  cases: { zh: '案件', en: 'Cases' },
  casesNote: { zh: '累计；现在办 {o}，已归档 {n}', en: 'in all; {o} open now, {n} archived' },
} as const satisfies Record<string, Text>;

/** A case that has ended and waits for nothing but its archive, if that. */
const ENDED = ['NOT_FILED', 'MERGED', 'TRANSFERRED_OUT', 'CLOSED', 'ARCHIVED'];

const sum = (counts: Readonly<Record<string, number>>, states?: readonly string[]): number =>
  Object.entries(counts).filter(([state]) => states === undefined || states.includes(state)).reduce((total, [, n]) => total + n, 0);

function Stage({ to, name, value, note }: { to: '/clues' | '/sheets' | '/reviews' | '/cases' | '/devices'; name: string; value: string; note: string }) {
  return (
    <Link to={to} style={{ flex: '1 1 130px', minWidth: 0, color: 'inherit' }}>
      <div style={{ fontSize: 13, opacity: 0.8 }}>{name}</div>
      <div style={{ fontSize: 26, fontWeight: 600, lineHeight: 1.25, fontVariantNumeric: 'tabular-nums' }}>{value}</div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>{note}</Typography.Text>
    </Link>
  );
}

/** From the wire to the archive: how many came in all and how many there are now, each said as what it is and a way into its list. */
export function Funnel({ data }: { data: Situation }) {
  const { t } = useSpeech();
  const sheets = useQuery({ queryKey: ['sheets', false], queryFn: () => call('GET /api/supervision/sheets', { query: { limit: 200, open: 'true' as const } }), refetchInterval: 15_000 });
  const number = (n: number) => new Intl.NumberFormat('zh-CN').format(n);
  const { clues, cases } = data;
  const open = sheets.data === undefined ? '…' : `${sheets.data.items.length}${sheets.data.nextCursor === null ? '' : '+'}`;
  const stages = [
    <Stage key="frames" to="/devices" name={t(TEXT.frames)} value={number(data.frames)} note={t(TEXT.framesNote)} />,
    <Stage key="clues" to="/clues" name={t(TEXT.clues)} value={number(sum(clues))} note={t(TEXT.cluesNote, { n: sum(clues, ['PANEL_ANALYSIS', 'RETURNED_FOR_MORE']) })} />,
    <Stage key="sheets" to="/sheets" name={t(TEXT.sheets)} value={open} note={t(TEXT.sheetsNote)} />,
    <Stage key="reviews" to="/reviews" name={t(TEXT.reviews)} value={number(sum(clues, ['LISTED', 'UNDER_REVIEW']))} note={t(TEXT.reviewsNote, { n: sum(clues, ['REVIEW_PASSED']) })} />,
    <Stage key="handed" to="/reviews" name={t(TEXT.handed)} value={number(sum(clues, ['HANDED_OVER']))} note={t(TEXT.handedNote)} />,
    <Stage key="cases" to="/cases" name={t(TEXT.cases)} value={number(sum(cases))} note={t(TEXT.casesNote, { o: sum(cases) - sum(cases, ENDED), n: sum(cases, ['ARCHIVED']) })} />,
  ];
  return (
    <Card size="small">
      <div className="funnel">
        {stages.flatMap((stage, i) => (i === 0 ? [stage] : [<span key={`arrow${i}`} aria-hidden style={{ opacity: 0.4, fontSize: 20 }}>›</span>, stage]))}
      </div>
    </Card>
  );
}
