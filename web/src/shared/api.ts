import type { Routes } from './api.gen.ts';
import { ask } from './ask.ts';

export type RouteName = keyof Routes;
type Given<T> = T extends undefined ? unknown : T;
type Request<R extends RouteName> = (Routes[R]['params'] extends undefined ? unknown : { params: Given<Routes[R]['params']> }) &
  (Routes[R]['query'] extends undefined ? unknown : { query?: Routes[R]['query'] }) &
  (Routes[R]['body'] extends undefined ? unknown : { body: Given<Routes[R]['body']> });

/** A refusal as the server words it (RFC 9457): shown to the person, never swallowed. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly basis: string | undefined;
  readonly missing: readonly string[];
  /** In English, where the platform says it; else the Chinese words. */
  readonly missingEn: readonly string[];
  readonly field: string | undefined;

  constructor(status: number, body: Record<string, unknown>) {
    super(String(body['title'] ?? body['detail'] ?? status));
    this.status = status;
    this.code = String(body['code'] ?? '');
    // What stands between may answer for the platform, without its words.
    this.zh = String(body['title'] ?? `服务暂不可用（${status}）`);
    this.en = String(body['detail'] ?? `The service is not available (${status})`);
    this.basis = body['basis'] === undefined ? undefined : String(body['basis']);
    this.missing = Array.isArray(body['missing']) ? body['missing'].map(String) : [];
    this.missingEn = Array.isArray(body['missingEn']) ? body['missingEn'].map(String) : this.missing;
    this.field = body['field'] === undefined ? undefined : String(body['field']);
  }
}

/** What a refused answer says, from whomever it came. */
export const problemOf = async (response: Response): Promise<Problem> => new Problem(response.status, await response.json().catch(() => ({})) as Record<string, unknown>);

interface Loose {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}

function address(path: string, { params = {}, query = {} }: Loose): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/**
 * Calls one route of the platform; the types come from the server's own description.
 *
 * @throws Problem when the platform refuses
 */
export async function call<R extends RouteName>(route: R, request: Request<R> = {} as Request<R>): Promise<Routes[R]['response']> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const loose = request as Loose;
  const response = await ask(address(path, loose), {
    method,
    ...(loose.body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(loose.body) }),
  });
  if (!response.ok) throw await problemOf(response);
  const type = response.headers.get('content-type') ?? '';
  return (type.includes('json') ? response.json() : response.text()) as Promise<Routes[R]['response']>;
}
