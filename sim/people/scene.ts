import { Session } from './session.ts';

/** Everything a script shares: the people's sessions, what they have learnt so far, and a diary. */
export interface Scene {
  /** The session of a person, signed in when first used. */
  as(login: string): Session;
  /** Something an earlier step found out. Throws when it is not known yet: the script is wrong then. */
  recall<T>(name: string): T;
  remember(name: string, value: unknown): void;
  knows(name: string): boolean;
  readonly diary: DiaryEntry[];
}

export interface DiaryEntry {
  readonly step: string;
  readonly who: string;
  readonly outcome: 'done' | 'skipped' | 'failed';
  readonly note?: string;
}

export interface SceneOptions {
  /** Address of the server, e.g. `http://127.0.0.1:8080`. */
  readonly base: string;
  readonly password: string;
  readonly known?: Readonly<Record<string, unknown>>;
}

export function openScene(options: SceneOptions): Scene {
  const sessions = new Map<string, Session>();
  const memory = new Map<string, unknown>(Object.entries(options.known ?? {}));
  return {
    diary: [],
    as: (login) => {
      let session = sessions.get(login);
      if (session === undefined) sessions.set(login, (session = new Session(options.base, login, options.password)));
      return session;
    },
    recall: <T>(name: string): T => {
      if (!memory.has(name)) throw new Error(`nobody has learnt "${name}" yet`);
      return memory.get(name) as T;
    },
    remember: (name, value) => void memory.set(name, value),
    knows: (name) => memory.has(name),
  };
}

/** One act of one person. `when` false skips it: the story took another turn. */
export interface Step {
  readonly name: string;
  readonly who: string;
  readonly when?: (scene: Scene) => boolean;
  readonly act: (me: Session, scene: Scene) => Promise<void>;
}

/**
 * Plays steps in order, up to and including `last` when given. The first failure ends the play and is thrown with the
 * step's name before it; the diary keeps what was done.
 */
export async function play(scene: Scene, steps: readonly Step[], last?: string): Promise<void> {
  for (const step of steps) {
    if (step.when !== undefined && !step.when(scene)) {
      scene.diary.push({ step: step.name, who: step.who, outcome: 'skipped' });
    } else {
      try {
        await step.act(scene.as(step.who), scene);
        scene.diary.push({ step: step.name, who: step.who, outcome: 'done' });
      } catch (error) {
        const note = error instanceof Error ? error.message : String(error);
        scene.diary.push({ step: step.name, who: step.who, outcome: 'failed', note });
        throw new Error(`step "${step.name}": ${note}`, { cause: error });
      }
    }
    if (step.name === last) return;
  }
  if (last !== undefined && !steps.some((s) => s.name === last)) throw new Error(`the script has no step "${last}"`);
}

export interface Patience {
  /** Real milliseconds. Default 20 000. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Asks again and again until the answer is there. Throws, naming what was waited for, when patience ends. */
export async function waitUntil<T>(what: string, ask: () => Promise<T | undefined>, patience: Patience = {}): Promise<T> {
  const end = performance.now() + (patience.timeoutMs ?? 20_000);
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((go) => setTimeout(go, patience.everyMs ?? 200));
  }
}

/** Walks a cursor list (`{ items, nextCursor }`) and returns the first item that fits. */
export async function findInList<T>(me: Session, path: string, fits: (item: T) => boolean, pages = 20): Promise<T | undefined> {
  let cursor: string | null = null;
  for (let k = 0; k < pages; k++) {
    const join = path.includes('?') ? '&' : '?';
    const page: { items: T[]; nextCursor?: string | null } = await me.get(cursor === null ? path : `${path}${join}cursor=${encodeURIComponent(cursor)}`);
    const found = page.items.find(fits);
    if (found !== undefined) return found;
    cursor = page.nextCursor ?? null;
    if (cursor === null) return undefined;
  }
  return undefined;
}
