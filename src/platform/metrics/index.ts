import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export { allMetrics, shareMetrics } from './shared-metrics.ts';

/** One figure, or one for each value of a label. */
export type Figures = number | Readonly<Record<string, number>>;

/** The metrics of one process; `/metrics` prints them and is not public. */
export function createMetrics(process: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    counter: (name: string, help: string, labelNames: string[] = []) => new Counter({ name, help, labelNames, registers }),
    histogram: (name: string, help: string, buckets: number[]) => new Histogram({ name, help, buckets, registers }),
    /** A figure that is kept elsewhere and read when somebody asks; with `label` where it comes in parts. */
    read(kind: 'counter' | 'gauge', name: string, help: string, of: () => Figures | Promise<Figures>, label = 'part'): void {
      const Kind: typeof Counter | typeof Gauge = kind === 'counter' ? Counter : Gauge;
      new Kind({
        name, help, labelNames: [label], registers,
        async collect() {
          const figures = await of();
          this.reset();
          if (typeof figures === 'number') return this.inc(figures);
          for (const [part, figure] of Object.entries(figures)) this.inc({ [label]: part }, figure);
        },
      });
    },
  };
}
/** The counters and gauges of a process. */
export type Metrics = ReturnType<typeof createMetrics>;
