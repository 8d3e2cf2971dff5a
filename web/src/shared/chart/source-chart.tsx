import { useEffect, useMemo, useRef, useState } from 'react';
import { LineChart, CustomChart } from 'echarts/charts';
import { AxisPointerComponent, DataZoomComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { ChartBar } from './chart-bar.tsx';
import { useSpeech, type Language } from '../i18n.tsx';
import { formatCompact } from './format-compact.ts';
import { formatDay, formatNumber, formatTime } from '../tiers.ts';

echarts.use([
  LineChart, CustomChart, AxisPointerComponent, DataZoomComponent, GridComponent, MarkAreaComponent, MarkLineComponent,
  TitleComponent, TooltipComponent, CanvasRenderer,
]);

/** One source on the common time axis: curves, or spans such as door openings and marks. */
export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly unit?: string;
  readonly curves?: readonly { readonly name: string; readonly points: readonly (readonly [number, number | null])[]; readonly dashed?: boolean }[];
  readonly limit?: { readonly value: number; readonly label: string };
  readonly spans?: readonly { readonly from: number; readonly to: number; readonly label: string; readonly tone?: string }[];
}

export interface Shade {
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

interface Props {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
  readonly shades?: readonly Shade[];
  /** A click picks the moment; the page shows the frames behind it. */
  readonly onPick?: (at: number) => void;
  readonly dark?: boolean;
  readonly label: string;
}

const NONE: readonly Shade[] = [];
const FONT = "'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";
const CURVE_HEIGHT = 84;
const SPAN_HEIGHT = 26;
const GAP = 14;
const LEFT = 96;
/** Longer spans need the year at their axis, and not the hour. */
const YEAR = 360 * 86_400_000;

const heightOf = (lane: Lane): number => (lane.spans === undefined ? CURVE_HEIGHT : SPAN_HEIGHT);

type Api = { value(i: number): number; coord(p: [number, number]): [number, number]; size(p: [number, number]): [number, number]; style(o: object): object };

/** A span as a rectangle with at least two pixels, so that a minute's door opening is seen in a month. */
function spanShape(_params: unknown, api: Api) {
  const [x1, y] = api.coord([api.value(0), 0.5]);
  const [x2] = api.coord([api.value(1), 0.5]);
  const height = SPAN_HEIGHT * 0.6;
  return { type: 'rect', shape: { x: x1, y: y - height / 2, width: Math.max(2, x2 - x1), height }, style: api.style({}) };
}

/** What stands at one moment in every lane: a value with its unit, or what a span says. */
function readAll(lanes: readonly Lane[], hovered: readonly Hovered[]): string {
  const at = Number(hovered[0]?.axisValue);
  const rows = lanes.flatMap((lane) => {
    if (lane.spans !== undefined) return lane.spans.filter((span) => span.from <= at && at <= span.to).map((span) => row('', lane.title, span.label));
    return (lane.curves ?? []).flatMap((curve) => {
      const here = hovered.find((one) => one.seriesId === `${lane.id}/${curve.name}`);
      const value = here?.value[1];
      const name = (lane.curves ?? []).length > 1 ? `${lane.title} · ${curve.name}` : lane.title;
      return here === undefined ? [] : [row(here.marker, name, typeof value === 'number' ? `${formatNumber(value)} ${lane.unit === '1' ? '' : (lane.unit ?? '')}` : '—')];
    });
  });
  return `<div style="font-variant-numeric:tabular-nums"><strong>${formatTime(at)}</strong>${rows.join('')}</div>`;
}

interface Hovered {
  readonly axisValue: number | string;
  readonly seriesId: string;
  readonly marker: string;
  readonly value: readonly [number, number | null];
}
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Names and labels come from devices and registers: never markup. */
const plain = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
const row = (marker: string, name: string, value: string): string =>
  `<div style="display:flex;justify-content:space-between;gap:16px;line-height:1.5"><span>${marker}${plain(name)}</span><b>${plain(value)}</b></div>`;

function option({ from, to, lanes, shades, dark, language }: { from: number; to: number; lanes: readonly Lane[]; shades: readonly Shade[]; dark: boolean; language: Language }) {
  const ink = dark ? '#d9d9d9' : '#434343';
  const grids: object[] = [];
  const xAxes: object[] = [];
  const yAxes: object[] = [];
  const series: object[] = [];
  const titles: object[] = [];
  let top = 18;
  lanes.forEach((lane, i) => {
    const height = heightOf(lane);
    const last = i === lanes.length - 1;
    // Without this the labels under the last lane make it narrower than the others, and its moments no longer stand below theirs.
    grids.push({ left: LEFT, right: 36, top, height, outerBoundsMode: 'none' });
    titles.push({ text: lane.title, subtext: lane.unit === '1' ? '' : (lane.unit ?? ''), left: 4, top: top - 2, itemGap: 2, textStyle: { fontSize: 12, fontWeight: 600, color: ink, width: LEFT - 12, overflow: 'break' }, subtextStyle: { fontSize: 11, color: ink } });
    xAxes.push({ type: 'time', gridIndex: i, min: from, max: to, axisLabel: { show: last, color: ink, hideOverlap: true, formatter: to - from > YEAR ? formatDay : (ms: number) => formatTime(ms, false) }, axisTick: { show: last }, splitLine: { show: false }, axisPointer: { label: { show: last, formatter: ({ value }: { value: number }) => formatTime(value) } } });
    const spans = lane.spans !== undefined;
    yAxes.push({ type: 'value', gridIndex: i, scale: true, show: !spans, ...(spans ? { min: 0, max: 1 } : {}), splitNumber: 2, axisLabel: { color: ink, fontSize: 10, formatter: (value: number) => formatCompact(value, language) }, splitLine: { lineStyle: { opacity: 0.25 } }, ...(lane.limit === undefined ? {} : { max: ({ max }: { max: number }) => Math.max(max, Number(((lane.limit?.value ?? 0) * 1.1).toPrecision(3))) }) });
    const area = { silent: true, data: shades.map((shade) => [{ xAxis: shade.from, itemStyle: { color: shade.color, opacity: 0.13 } }, { xAxis: shade.to }]) };
    if (spans) {
      series.push({ type: 'custom', name: lane.title, xAxisIndex: i, yAxisIndex: i, renderItem: spanShape, markArea: area, encode: { x: [0, 1] }, data: (lane.spans ?? []).map((span) => ({ value: [span.from, span.to], name: span.label, itemStyle: { color: span.tone ?? '#8c8c8c' } })) });
      top += height + GAP;
      return;
    }
    (lane.curves ?? []).forEach((curve, k) => {
      series.push({
        type: 'line', id: `${lane.id}/${curve.name}`, name: curve.name, xAxisIndex: i, yAxisIndex: i, showSymbol: false, connectNulls: false, animation: false,
        lineStyle: { width: 1.4, type: curve.dashed ? 'dashed' : 'solid' }, data: curve.points,
        ...(k === 0 ? { markArea: area } : {}),
        ...(k === 0 && lane.limit ? { markLine: { symbol: 'none', silent: true, data: [{ yAxis: lane.limit.value }], label: { formatter: lane.limit.label, position: 'insideEndTop', color: ink }, lineStyle: { color: ink, type: 'dashed' } } } : {}),
      });
    });
    top += height + GAP;
  });
  return {
    height: top + 54,
    value: {
      animation: false, textStyle: { fontFamily: FONT }, grid: grids, xAxis: xAxes, yAxis: yAxes, series, title: titles,
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: { trigger: 'axis', confine: true, order: 'seriesAsc', formatter: (hovered: readonly Hovered[]) => readAll(lanes, hovered), ...(dark ? { backgroundColor: '#1f1f1f', borderColor: '#434343', textStyle: { color: ink } } : {}), axisPointer: { type: 'line' } },
      dataZoom: [{ type: 'inside', xAxisIndex: lanes.map((_, i) => i), filterMode: 'none', preventDefaultMouseMove: false }, { type: 'slider', xAxisIndex: lanes.map((_, i) => i), bottom: 4, height: 18, filterMode: 'none' }],
    },
  };
}

/** All sources of an outfall on one time axis; hovering reads them all at that moment. */
export default function SourceChart({ from, to, lanes, shades = NONE, onPick, dark = false, label }: Props) {
  const { language } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | undefined>(undefined);
  // Drawn anew only when what it shows has changed: a page that is merely drawn again leaves a span zoomed or moved to as it is.
  const kept = JSON.stringify(shades);
  const { height, value } = useMemo(() => option({ from, to, lanes, shades: JSON.parse(kept) as Shade[], dark, language }), [from, to, lanes, kept, dark, language]);
  // A canvas does not repaint when a font arrives; the shipped one is asked for and the chart drawn again.
  const [drawn, redraw] = useState(0);
  useEffect(() => {
    void document.fonts.load(`12px ${FONT}`, '限').then((faces) => faces.length > 0 && redraw((n) => n + 1));
  }, []);
  useEffect(() => {
    if (box.current === null) return;
    chart.current ??= echarts.init(box.current);
    chart.current.resize({ height });
    chart.current.setOption(value as echarts.EChartsCoreOption, true);
  }, [height, value, drawn]);
  useEffect(() => {
    const resize = () => chart.current?.resize();
    window.addEventListener('resize', resize);
    return () => {
      window.removeEventListener('resize', resize);
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => {
    const z = chart.current?.getZr();
    const pick = ({ offsetX }: { offsetX: number }) => {
      // One axis is asked, so one number goes in and one comes out.
      const ms: unknown = chart.current?.convertFromPixel({ xAxisIndex: 0 }, offsetX as never);
      if (typeof ms === 'number' && Number.isFinite(ms)) onPick?.(ms);
    };
    z?.on('click', pick);
    return () => z?.off('click', pick);
  }, [onPick]);
  return (
    <>
      {/* A finger moves the page up and down; sideways it moves the span, and two fingers zoom it. */}
      <div ref={box} role="img" aria-label={label} style={{ width: '100%', height, touchAction: 'pan-y' }} />
      <ChartBar chart={chart} from={from} to={to} lanes={lanes} label={label} onPick={onPick} />
    </>
  );
}
