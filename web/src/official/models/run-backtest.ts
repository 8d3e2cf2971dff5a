import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
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

type Line<R = Report> = {
  readonly progress?: Progress;
  readonly report?: R;
  readonly proposal?: ProposalPage;
  readonly refusal?: { readonly code: string; readonly zh: string; readonly en: string };
};

async function readLines<R>(response: Response, take: (line: Line<R>) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return;
    const lines = `${rest}${value}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line) as Line<R>);
  }
}

/** A trial whose answer grows line by line; leaving the page or `cancel` closes the connection, and the server stops. */
function useTrial<Body, R = Report>(url: string, done: (line: Line<R>, asked: Body) => void) {
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState(false);
  const stop = useRef<AbortController | undefined>(undefined);
  const finish = useRef(done);
  finish.current = done;
  const cancel = useCallback(() => stop.current?.abort(), []);
  useEffect(() => () => stop.current?.abort(), []);
  const run = useCallback(async (body: Body) => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setProgress(undefined);
    setError(undefined);
    setRunning(true);
    try {
      const response = await fetch(url, {
        method: 'POST', credentials: 'same-origin', signal: own.signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
      });
      if (!response.ok) throw new Problem(response.status, (await response.json().catch(() => ({}))) as Record<string, unknown>);
      await readLines<R>(response, (line) => {
        if (line.progress) setProgress(line.progress);
        else if (line.refusal) setError(new Problem(422, { code: line.refusal.code, title: line.refusal.zh, detail: line.refusal.en }));
        else finish.current(line, body);
      });
    } catch (failure) {
      if (!own.signal.aborted) setError(failure);
    } finally {
      if (stop.current === own) setRunning(false);
    }
  }, [url]);
  return { run, cancel, running, progress, error };
}

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
