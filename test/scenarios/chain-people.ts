import type { Answer, Problem, Session } from '#sim/people/session';
import { CASE_ACTS, personFor, type Body } from '#sim/people/case-bodies';
import type { CasePage, CluePage, ReviewItem } from '#sim/people/shapes';
import type { World } from './chain-world.ts';

/** Steps before which officers answer what the file still points to. */
const AFTER_OPEN_POINTS: readonly string[] = ['PASS_LEGAL_REVIEW', 'SEND_NOTICE', 'DECIDE', 'PROPOSE_CLOSING'];

/** Acts of the story's people, in the words of the story. All of it goes over HTTP. */
export interface People {
  as(login: string): Session;
  /** What the platform said when it said no. Fails when it said yes. */
  refused(login: string, method: string, path: string, body?: unknown): Promise<Problem>;
  page(): Promise<CasePage>;
  /** Takes a step of the case with the body an honest person would send. */
  step(command: string, more?: Body): Promise<void>;
  act(login: string, body: Body): Promise<void>;
}

export function peopleOf(world: Pick<World, 'scene' | 'relay' | 'clock'>, caseId: () => string): People {
  const as = (login: string): Session => world.scene.as(login);
  const page = (): Promise<CasePage> => as('head').get(`/api/cases/${caseId()}`);
  const act = async (login: string, body: Body): Promise<void> => {
    await as(login).post(`/api/cases/${caseId()}/acts`, body);
    await world.relay();
  };
  const settle = async (): Promise<void> => {
    for (let shown = await page(); ; shown = await page()) {
      const open = ['SETTLE_LATER_FINDINGS', 'ANSWER_SUGGESTION'].find((one) => shown.next.some(({ command }) => command === one));
      const row = open === undefined ? undefined : CASE_ACTS[open];
      if (open === undefined || row === undefined) return;
      await act(row.who, { kind: open, ...row.body(shown, world.clock.now()) });
    }
  };
  return {
    as, page, act,
    refused: async (login, method, path, body) => {
      const answer: Answer<unknown> = await as(login).request(method, path, body);
      if (answer.ok) throw new Error(`${login} ${method} ${path} should have been refused`);
      return answer.problem;
    },
    step: async (command, more = {}) => {
      const row = CASE_ACTS[command];
      if (row === undefined) throw new Error(`nobody knows how to ${command}`);
      if (AFTER_OPEN_POINTS.includes(command)) await settle();
      const shown = await page();
      await act(personFor(row, shown.state.unitId), { kind: command, ...row.body(shown, world.clock.now()), ...more });
    },
  };
}

/** Both tracks of the open review of a clue signed by two people. @returns the address of the review */
export async function signReview(as: People['as'], clueId: string, technical: string): Promise<string> {
  const taken = await as('monitor').get<CluePage>(`/api/review/clues/${clueId}`);
  const url = `/api/review/reviews/${taken.reviews.find((one) => one.state === 'OPEN')?.reviewId}`;
  for (const [login, track] of [[technical, 'TECHNICAL'], ['review-legal', 'LEGAL']] as const) {
    await assessOpenItems(as(login), taken, track);
    await as(login).post(`${url}/signatures`, { track, conclusion: 'PASS' });
  }
  return url;
}

/** The data review of a clue: taken, signed by two people, concluded by the third. */
export async function passReview(as: People['as'], clueId: string, who: { readonly technical: string; readonly lead: string }, violations: readonly string[]): Promise<void> {
  await as(who.technical).post(`/api/review/clues/${clueId}/take`);
  const url = await signReview(as, clueId, who.technical);
  await as(who.lead).post(`${url}/conclusion`, { conclusion: 'pass', violations });
}

/** What the program could not settle, the reviewers look at and put down in words. */
export async function assessOpenItems(me: Session, clue: CluePage, track: ReviewItem['track']): Promise<number> {
  const review = clue.reviews.find((r) => r.state === 'OPEN');
  const open = (review?.items ?? []).filter((item) => item.track === track && (item.force === 'MANDATORY' || item.asks === true) && item.outcome !== 'PASS' && item.outcome !== 'NOT_CONCERNED');
  for (const { item, zh, figures = [] } of open) {
    const { sha256 } = await me.post<{ sha256: string }>('/api/review/proofs', { base64: Buffer.from(`核验记录：${zh}`).toString('base64') });
    await me.post(`/api/review/reviews/${review?.reviewId}/assessments`, { item, outcome: 'PASS', note: `已调取档案与原始记录核对“${zh}”${figures.join('、')}，符合要求。`, shown: { files: [{ name: `核验记录（${zh}）.txt`, sha256, kind: 'OPERATIONS_LOG', issuer: '信息中心' }] } });
  }
  return open.length;
}
