import { useCallback, useState } from 'react';
import type { Routes } from '../../shared/api.gen.ts';
import { useGrowingAnswer, type GrowingLine } from '../../shared/growing-answer.ts';
import type { Text } from '../../shared/i18n.tsx';
import type { Tier } from '../../shared/tiers.ts';
import type { ProposalPage } from '../rules/rule-body.ts';

export type Trial = Routes['POST /api/analysis/backtests']['body'];
type TierCounts = Readonly<Record<Tier, number>>;

export interface Example {
  readonly model: string;
  readonly outfall: string;
  readonly start: number;
  readonly end: number;
  readonly raisedAt: number;
  readonly tierInForce?: Tier;
  readonly tierChanged?: Tier;
  readonly factors: readonly string[];
  readonly text: Text;
}

export interface Difference {
  readonly count: number;
  readonly examples: readonly Example[];
}

export interface Report {
  readonly outfalls: number;
  readonly values: number;
  readonly ms: number;
  readonly months: readonly { readonly month: string; readonly inForce: TierCounts; readonly changed: TierCounts }[];
  readonly appears: Difference;
  readonly vanishes: Difference;
  readonly moves: Difference;
  readonly unchanged: number;
  readonly exceptions: readonly { readonly outfall: string; readonly reason: string }[];
  readonly basis: { readonly steps: boolean; readonly contactsMissing: boolean; readonly peersMissing: boolean };
}

export interface Progress {
  readonly done: number;
  readonly outfalls: number;
  readonly values: number;
  readonly ms: number;
}

type Line<R = Report> = GrowingLine<Progress> & { readonly report?: R; readonly proposal?: ProposalPage };

const useTrial = <Body, R = Report>(url: string, done: (line: Line<R>, asked: Body) => void) => useGrowingAnswer<Body, Progress, Line<R>>(url, done);

/** A model with changed parameters over stored history. */
export function useBacktest() {
  const [report, setReport] = useState<Report>();
  const { run, ...rest } = useTrial<Trial>('/api/analysis/backtests', (line) => setReport(line.report));
  const again = useCallback((trial: Trial) => {
    setReport(undefined);
    return run(trial);
  }, [run]);
  return { ...rest, run: again, report };
}

/** The back-test a proposal calls for; `done` with the proposal as it stands after it. */
export const useProposalBacktest = (proposal: string, done: (page: ProposalPage) => void) =>
  useTrial<{ readonly days: number }>(`/api/analysis/proposals/${encodeURIComponent(proposal)}/backtest`, (line) => line.proposal && done(line.proposal));

type Preview = Routes['POST /api/analysis/rules/preview']['body'];
export type RuleReport = NonNullable<ProposalPage['backtest']>;

/** What a rule would have said; the last answer stays until the next one is there. */
export function useRulePreview() {
  const [seen, setSeen] = useState<{ readonly report: RuleReport; readonly asked: Preview }>();
  const trial = useTrial<Preview, RuleReport>('/api/analysis/rules/preview', ({ report }, asked) => report && setSeen({ report, asked }));
  return { ...trial, seen };
}
