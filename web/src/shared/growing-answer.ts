import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem, problemOf } from './api.ts';
import { reach } from './ask.ts';

interface Refused {
  readonly refusal?: { readonly code: string; readonly zh: string; readonly en: string };
}

/** A line of an answer that grows: how far it has come, why it was refused, or the result under a name of its own. */
export type GrowingLine<Progress> = Refused & { readonly progress?: Progress };

async function readLines<Line>(response: Response, take: (line: Line) => void): Promise<void> {
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

/** One request whose answer grows line by line; leaving the page or `cancel` closes the connection, and the server stops. */
export function useGrowingAnswer<Body, Progress, Line extends GrowingLine<Progress>>(url: string, done: (line: Line, asked: Body) => void) {
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
      const response = await reach(url, {
        method: 'POST', signal: own.signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
      });
      if (!response.ok) throw await problemOf(response);
      await readLines<Line>(response, (line) => {
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
