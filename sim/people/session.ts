import { randomUUID } from 'node:crypto';

/** What the platform answered when it said no (RFC 9457 problem document). */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly body: unknown;
}

/** Thrown where a script did not expect a refusal: the message names the person, the act and the reason. */
export class ActRefused extends Error {
  readonly problem: Problem;
  constructor(who: string, act: string, problem: Problem) {
    super(`${who}: ${act} → ${problem.status} ${problem.code} ${problem.detail}`);
    this.name = 'ActRefused';
    this.problem = problem;
  }
}

export type Answer<T> = { readonly ok: true; readonly status: number; readonly body: T } | { readonly ok: false; readonly problem: Problem };

/**
 * One person at one browser: signs in with a cookie, then uses the public API like everybody. Bodies go as JSON, files as their bytes; acts
 * carry an idempotency key, so that a repeated attempt after a broken line does not act twice.
 */
export class Session {
  readonly login: string;
  readonly #base: string;
  readonly #password: string;
  readonly #cookies = new Map<string, string>();
  #signedIn: Promise<void> | undefined;
  #acts = 0;
  readonly #visit = randomUUID();

  constructor(base: string, login: string, password: string) {
    this.#base = base.replace(/\/$/, '');
    this.login = login;
    this.#password = password;
  }

  /** Signs in; throws `ActRefused` where name or password are wrong. Called by itself before the first act. */
  signIn(): Promise<void> {
    this.#signedIn ??= this.#signIn().catch((error: unknown) => {
      this.#signedIn = undefined;
      throw error;
    });
    return this.#signedIn;
  }

  async #signIn(): Promise<void> {
    const answer = await this.#send('POST', '/api/access/sign-in', { login: this.login, password: this.#password });
    if (!answer.ok) throw new ActRefused(this.login, 'sign-in', answer.problem);
  }

  /** The answer as it is, refusals included. A session that ended in between is opened once more. */
  async request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    await this.signIn();
    const key = method === 'GET' ? undefined : `${this.login}-${this.#visit}-${++this.#acts}`;
    const answer = await this.#send<T>(method, path, body, key);
    if (answer.ok || answer.problem.status !== 401) return answer;
    this.#signedIn = undefined;
    await this.signIn();
    return this.#send<T>(method, path, body, key);
  }

  async get<T>(path: string): Promise<T> {
    return this.#expect<T>('GET', path, undefined);
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.#expect<T>('POST', path, body);
  }

  async #expect<T>(method: string, path: string, body: unknown): Promise<T> {
    const answer = await this.request<T>(method, path, body);
    if (!answer.ok) throw new ActRefused(this.login, `${method} ${path}`, answer.problem);
    return answer.body;
  }

  async #send<T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.#cookies.size > 0) headers['cookie'] = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const file = body instanceof Uint8Array;
    if (body !== undefined) headers['content-type'] = file ? 'application/octet-stream' : 'application/json';
    if (key !== undefined) headers['idempotency-key'] = key;
    const response = await fetch(this.#base + path, { method, headers, ...(body === undefined ? {} : { body: file ? new Uint8Array(body) : JSON.stringify(body) }) });
    this.#keepCookies(response.headers.getSetCookie());
    const text = await response.text();
    const parsed = parse(text);
    return response.ok ? { ok: true, status: response.status, body: parsed as T } : { ok: false, problem: problemOf(response.status, parsed) };
  }

  #keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const eq = pair.indexOf('=');
      if (eq <= 0) continue;
      const value = pair.slice(eq + 1);
      if (value === '') this.#cookies.delete(pair.slice(0, eq));
      else this.#cookies.set(pair.slice(0, eq), value);
    }
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

function problemOf(status: number, body: unknown): Problem {
  const b = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (...names: string[]): string => names.map((n) => b[n]).find((v): v is string => typeof v === 'string') ?? '';
  return { status, code: text('code', 'type'), detail: text('detail', 'zh', 'title') || JSON.stringify(body ?? ''), body };
}
