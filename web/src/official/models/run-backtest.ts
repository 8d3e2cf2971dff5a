import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import type { Text } from '../../shared/i18n.tsx';
import type { Tier } from '../../shared/tiers.ts';

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

type Line = { readonly progress?: Progress; readonly report?: Report; readonly refusal?: { readonly code: string; readonly zh: string; readonly en: string } };

async function readLines(response: Response, take: (line: Line) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return;
    const lines = `${rest}${value}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line) as Line);
  }
}

/** A trial whose answer grows line by line; leaving the page or `cancel` closes the connection, and the server stops. */
export function useBacktest() {
  const [progress, setProgress] = useState<Progress>();
  const [report, setReport] = useState<Report>();
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState(false);
  const stop = useRef<AbortController | undefined>(undefined);
  const cancel = useCallback(() => stop.current?.abort(), []);
  useEffect(() => () => stop.current?.abort(), []);
  const run = useCallback(async (trial: Trial) => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setProgress(undefined);
    setReport(undefined);
    setError(undefined);
    setRunning(true);
    try {
      const response = await fetch('/api/analysis/backtests', {
        method: 'POST', credentials: 'same-origin', signal: own.signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify(trial),
      });
      if (!response.ok) throw new Problem(response.status, (await response.json().catch(() => ({}))) as Record<string, unknown>);
      await readLines(response, (line) => {
        if (line.progress) setProgress(line.progress);
        if (line.report) setReport(line.report);
        if (line.refusal) setError(new Problem(422, { code: line.refusal.code, title: line.refusal.zh, detail: line.refusal.en }));
      });
    } catch (failure) {
      if (!own.signal.aborted) setError(failure);
    } finally {
      if (stop.current === own) setRunning(false);
    }
  }, []);
  return { run, cancel, running, progress, report, error };
}
