import { Button, Flex, Typography } from 'antd';
import type { ECharts } from 'echarts/core';
import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useSpeech, type Text } from '../i18n.tsx';
import type { Lane } from './source-chart.tsx';
import { formatNumber, formatTime } from '../tiers.ts';

const TEXT = {
  bar: { zh: '图表操作', en: 'Chart controls' },
  cursor: { zh: '时间光标：{chart}', en: 'Time cursor: {chart}' },
  hint: { zh: '← → 移动光标，+ − 缩放，0 复原', en: '← → move the cursor, + − zoom, 0 shows all' },
  hintPick: { zh: '← → 移动光标，+ − 缩放，0 复原，回车查看报文', en: '← → move the cursor, + − zoom, 0 shows all, Enter opens the frames' },
  closer: { zh: '放大', en: 'Zoom in' },
  wider: { zh: '缩小', en: 'Zoom out' },
  earlier: { zh: '向前平移', en: 'Earlier' },
  later: { zh: '向后平移', en: 'Later' },
  whole: { zh: '全部时段', en: 'The whole span' },
} as const satisfies Record<string, Text>;

interface Span { readonly from: number; readonly to: number }

const MINUTE = 60_000;
/** Nobody needs to look closer: devices speak once a minute at most. */
const CLOSEST = 10 * MINUTE;
const STEPS = 60;

/** The part of the span that is drawn, wherever wheel, finger or key have moved it. */
function shownOf(chart: ECharts, { from, to }: Span): Span {
  const { dataZoom: [zoom] = [] } = chart.getOption() as { dataZoom?: readonly { readonly start?: number; readonly end?: number }[] };
  return { from: from + ((to - from) * (zoom?.start ?? 0)) / 100, to: from + ((to - from) * (zoom?.end ?? 100)) / 100 };
}

/** A part no longer than the whole and inside it. */
function within(wanted: Span, whole: Span): Span {
  const length = Math.min(Math.max(wanted.to - wanted.from, Math.min(CLOSEST, whole.to - whole.from)), whole.to - whole.from);
  const from = Math.min(Math.max(wanted.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** What every lane says at a moment, in words for who does not see the lines. */
function readingAt(lanes: readonly Lane[], at: number): string {
  const said = lanes.flatMap((lane) => {
    const spans = (lane.spans ?? []).filter((span) => span.from <= at && at <= span.to).map((span) => `${lane.title} ${span.label}`);
    const curves = (lane.curves ?? []).flatMap(({ points }) => {
      const value = points.findLast(([moment]) => moment <= at)?.[1];
      return typeof value === 'number' ? [`${lane.title} ${formatNumber(value)}${lane.unit === undefined || lane.unit === '1' ? '' : ` ${lane.unit}`}`] : [];
    });
    return [...curves.slice(0, 1), ...spans];
  });
  return [formatTime(at), ...said].join(' · ');
}

/** The chart without a mouse: a cursor for the keyboard, and buttons for fingers. */
export function ChartBar({ chart, from, to, lanes, label, onPick }: { chart: RefObject<ECharts | undefined>; from: number; to: number; lanes: readonly Lane[]; label: string; onPick?: ((at: number) => void) | undefined }) {
  const { t } = useSpeech();
  const [cursor, setCursor] = useState<number>();
  const whole: Span = { from, to };
  const at = Math.min(Math.max(cursor ?? to, from), to);
  const shown = () => (chart.current === undefined ? whole : shownOf(chart.current, whole));
  const draw = (wanted: Span) => {
    const part = within(wanted, whole);
    chart.current?.dispatchAction({ type: 'dataZoom', start: ((part.from - from) / (to - from)) * 100, end: ((part.to - from) / (to - from)) * 100 });
  };
  const point = (moment: number) => {
    const next = Math.min(Math.max(moment, from), to);
    setCursor(next);
    const view = shown();
    if (next < view.from || next > view.to) draw({ from: next - (view.to - view.from) / 2, to: next + (view.to - view.from) / 2 });
    const x: unknown = chart.current?.convertToPixel({ xAxisIndex: 0 }, next as never);
    // Just under the head of the first lane: the line goes through all of them.
    if (typeof x === 'number' && Number.isFinite(x)) chart.current?.dispatchAction({ type: 'showTip', x, y: 30 });
  };
  const zoom = (factor: number) => {
    const view = shown();
    const middle = cursor !== undefined && view.from <= cursor && cursor <= view.to ? cursor : (view.from + view.to) / 2;
    draw({ from: middle - (middle - view.from) * factor, to: middle + (view.to - middle) * factor });
  };
  const pan = (share: number) => {
    const view = shown();
    draw({ from: view.from + (view.to - view.from) * share, to: view.to + (view.to - view.from) * share });
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => point(at - (shown().to - shown().from) / STEPS), ArrowRight: () => point(at + (shown().to - shown().from) / STEPS),
    Home: () => point(from), End: () => point(to), '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), '0': () => draw(whole), Enter: () => onPick?.(at),
  };
  const press = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const buttons = [['◀', TEXT.earlier, () => pan(-0.5)], ['▶', TEXT.later, () => pan(0.5)], ['+', TEXT.closer, () => zoom(0.5)], ['−', TEXT.wider, () => zoom(2)], ['⤢', TEXT.whole, () => draw(whole)]] as const;
  return (
    <Flex role="group" aria-label={t(TEXT.bar)} wrap gap={6} align="center" className="no-print" style={{ marginTop: 4 }}>
      {buttons.map(([sign, text, act]) => <Button key={sign} size="small" aria-label={t(text)} title={t(text)} onClick={act}>{sign}</Button>)}
      <div
        role="slider" tabIndex={0} aria-label={t(TEXT.cursor, { chart: label })} aria-valuemin={from} aria-valuemax={to} aria-valuenow={Math.round(at)} aria-valuetext={readingAt(lanes, at)}
        onKeyDown={press} onFocus={() => point(at)} onBlur={() => chart.current?.dispatchAction({ type: 'hideTip' })} style={{ padding: '2px 8px', minHeight: 24, borderRadius: 4, cursor: 'default' }}
      >
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>{cursor === undefined ? '' : `${formatTime(at)} · `}{t(onPick === undefined ? TEXT.hint : TEXT.hintPick)}</Typography.Text>
      </div>
    </Flex>
  );
}
