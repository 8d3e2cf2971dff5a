import { z } from 'zod';
import { asId, type AccountId, type ClueId, type ReviewId } from '#kernel';
import { DEPARTMENT_KEYS } from '#law';
import type { App } from '#platform/http';
import { FINDINGS } from '../second/decide-second.ts';
import { giveSecondOpinion } from '../second/give-second-opinion.ts';
import { answerInvitation, inviteMember } from '../second/invite-member.ts';
import type { ReviewDeps } from '../ports.ts';
import { askRecusal, decideRecusal } from '../second/recuse-reviewer.ts';
import { showAgreement } from '../second/show-opinions.ts';
import { replyWith } from './reply-with.ts';

const tags = ['review'];
const clueParams = z.object({ clueId: z.string() });
const text = z.string().max(4000);
const finding = z.enum(FINDINGS);
const counts = z.record(finding, z.record(finding, z.number()));
const agreementReply = z.object({
  n: z.number(), agreed: z.number(), raw: z.number().nullable(), kappa: z.number().nullable(), counts,
  pairs: z.array(z.object({ clueId: z.string(), first: finding, second: finding, at: z.string() })),
});

/** Second opinions, invited members, recusal, and how far reviewers agree. */
export function opinionRoutes(app: App, deps: ReviewDeps): void {
  const clue = (id: string) => asId<ClueId>(id);
  app.get('/api/review/agreement', { config: { action: 'review.agreement' }, schema: { tags, response: { 200: agreementReply } } }, async ({ actor }) => showAgreement(deps, actor));
  app.post('/api/review/reviews/:reviewId/second', { config: { action: 'review.sign' }, schema: { tags, params: z.object({ reviewId: z.string() }), body: z.object({ conclusion: finding, reason: text }) } },
    async (request, reply) => replyWith(deps, reply, await giveSecondOpinion(deps, request.actor, asId<ReviewId>(request.params.reviewId), request.body)));
  app.post('/api/review/clues/:clueId/invitations', { config: { action: 'review.invite' }, schema: { tags, params: clueParams, body: z.object({ accountId: z.string(), department: z.enum(DEPARTMENT_KEYS), question: text }) } },
    async (request, reply) => replyWith(deps, reply, await inviteMember(deps, request.actor, clue(request.params.clueId), { ...request.body, accountId: asId<AccountId>(request.body.accountId) })));
  app.post('/api/review/clues/:clueId/invitations/:invitationId/answer', { config: { action: 'review.take-part' }, schema: { tags, params: clueParams.extend({ invitationId: z.string() }), body: z.object({ outcome: z.enum(['HEARD', 'EXCUSED']), text }) } },
    async (request, reply) => replyWith(deps, reply, await answerInvitation(deps, request.actor, clue(request.params.clueId), request.params.invitationId, request.body)));
  app.post('/api/review/clues/:clueId/recusals', { config: { action: 'review.recuse' }, schema: { tags, params: clueParams, body: z.object({ accountId: z.string(), reason: text }) } },
    async (request, reply) => replyWith(deps, reply, await askRecusal(deps, request.actor, clue(request.params.clueId), { ...request.body, accountId: asId<AccountId>(request.body.accountId) })));
  app.post('/api/review/clues/:clueId/recusals/:recusalId/decision', { config: { action: 'review.decide-recusal' }, schema: { tags, params: clueParams.extend({ recusalId: z.string() }), body: z.object({ granted: z.boolean(), reason: text }) } },
    async (request, reply) => replyWith(deps, reply, await decideRecusal(deps, request.actor, clue(request.params.clueId), request.params.recusalId, request.body)));
}
