import type { FactorCode } from '#kernel';
import type { Context, HourSeries, Registration } from '../../contract.ts';
import type { Input } from '../declared/inputs.ts';
import { isPollutant } from '../parts/factors.ts';
import { publishedBy } from './full-world.ts';

type Change = (ctx: Context, atMost: number) => Partial<Context>;

/** Channels of which nothing ever came. */
const without = (gone: (code: FactorCode) => boolean): Change => (ctx) => ({
  factors: ctx.factors.filter((f) => !gone(f)), hour: (f) => (gone(f) ? undefined : ctx.hour(f)), step: (f) => (gone(f) ? undefined : ctx.step(f)),
});
const channel = (...codes: readonly string[]): Change => without((f) => codes.includes(f));
const registered = (change: (reg: Registration) => Partial<Registration>): Change => (ctx) => ({ reg: { ...ctx.reg, ...change(ctx.reg) } });
const meters = (role: string): Change => (ctx) => ({ power: ctx.power.filter((m) => m.role !== role) });
const limitsOf = (period: string): Change => registered((reg) => ({ limits: reg.limits.filter((l) => l.period !== period) }));

/** Hours whose samples are older than the newest `n` have no sampling time. */
function sampled(series: HourSeries | undefined, n: number): HourSeries | undefined {
  if (series === undefined) return undefined;
  const times = [...new Set(series.sampleTime.filter((t) => Number.isFinite(t)))].sort((a, b) => b - a).slice(0, n);
  return { ...series, sampleTime: series.sampleTime.map((t) => (times.includes(t) ? t : Number.NaN)) };
}

const CHANGES: Record<Input, Change> = {
  hours: without(() => true),
  steps: () => ({ step: () => undefined }),
  pollutants: without(isPollutant),
  twoChannels: without(() => true),
  oxygen: channel('a19001'),
  carbonDioxide: channel('a05001'),
  flow: channel('a00000', 'w00000'),
  velocity: channel('a01011'),
  flueTemperature: channel('a01012'),
  moisture: channel('a01014'),
  furnaceTemperature: channel('a01901'),
  nitrogen: channel('w21001', 'w21003'),
  inlet: without((f) => f.startsWith('in.')),
  fuel: channel('pr.g1'),
  intake: channel('pr.q1'),
  sampleTimes: (ctx, n) => ({ hour: (f) => sampled(ctx.hour(f), n) }),
  frames: () => ({ clockSamples: [] }),
  dataDevice: (ctx) => ({ devices: ctx.devices.filter((d) => d.role !== 'data') }),
  otherDevice: (ctx) => ({ devices: ctx.devices.filter((d) => d.role === 'data') }),
  meters: () => ({ power: [] }),
  productionMeter: meters('production'),
  treatmentMeter: meters('treatment'),
  starts: (ctx) => ({ power: ctx.power.map((m) => ({ ...m, avg: m.avg.map((v) => (Number.isFinite(v) ? 500 : v)) })) }),
  limits: registered(() => ({ limits: [] })),
  hourlyLimits: limitsOf('hour'),
  dailyLimits: limitsOf('day'),
  instantLimits: limitsOf('instant'),
  permits: registered(() => ({ permits: [] })),
  designFlow: registered(() => ({ designFlow: undefined })),
  span: registered((reg) => ({ factors: reg.factors.map((f) => ({ ...f, span: undefined })) })),
  // Not taken away from a world but from its length: `FIRST_DAYS` of the test.
  history: () => ({}),
  mustMonitor: registered(() => ({ mustMonitor: [] })),
  markRules: registered(() => ({ rules: undefined }) as unknown as Partial<Registration>),
  marks: () => ({ marks: [] }),
  shifts: registered(() => ({ shifts: [] })),
  doors: () => ({ doors: [], doorAlarms: [] }),
  videos: () => ({ videos: [] }),
  weather: () => ({ weather: [] }),
  samples: (ctx, n) => ({ samples: ctx.samples.slice(0, n) }),
  labResults: (ctx) => ({ ownDays: ctx.ownDays.map((day) => ({ ...day, labs: [] })) }),
  calibrations: () => ({ calibrations: [] }),
  filedParameters: (ctx) => ({ parameters: ctx.parameters.filter((f) => !f.filed) }),
  readParameters: (ctx) => ({ parameters: ctx.parameters.filter((f) => f.filed) }),
  waste: () => ({ waste: [] }),
  manifests: () => ({ manifests: [] }),
  inspections: () => ({ inspections: [] }),
  surveys: () => ({ surveys: [] }),
  location: registered(() => ({ location: undefined })),
  wind: (ctx) => ({ surveys: ctx.surveys.map((s) => ({ ...s, windSpeed: s.windSpeed.map(() => 0.2) })) }),
  stations: () => ({ stations: [] }),
  travelTime: (ctx) => ({ stations: ctx.stations.map((s) => ({ ...s, travelHours: Number.NaN })) }),
  peers: (ctx, n) => ({ peers: ctx.peers.slice(0, n) }),
  ownDays: (ctx, n) => ({ ownDays: n === 0 ? [] : ctx.ownDays.slice(-n) }),
};

/** The same context without some inputs, or with at most so many of one. What it learns once a day is its own. */
export function lacking(ctx: Context, inputs: readonly Input[], atMost = 0): Context {
  const learnt = new Map<string, unknown>();
  const ownDays = publishedBy(ctx.ownDays, ctx.now);
  const peers = ctx.peers.map((peer) => ({ ...peer, days: publishedBy(peer.days, ctx.now) }));
  const own: Partial<Context> = {
    daily: <T>(key: string, compute: () => T): T => {
      if (!learnt.has(key)) learnt.set(key, compute());
      return learnt.get(key) as T;
    },
    ownDays, peers, trade: { own: ownDays, peers },
  };
  const laid = (under: Context, over: Partial<Context>): Context =>
    new Proxy(under, { get: (target, name) => {
      if (Object.hasOwn(over, name)) return over[name as keyof Context];
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    } });
  return inputs.reduce((under, input) => laid(under, CHANGES[input](under, atMost)), laid(ctx, own));
}
