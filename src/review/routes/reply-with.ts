import type { FastifyReply } from 'fastify';
import { isRefusal, type ClueId, type Result } from '#kernel';
import { refuse as answer } from '#platform/http';
import type { ReviewDeps } from '../ports.ts';
import { showClue } from '../clue/show-clue.ts';

/** The refusal as a problem, or the page of the clue as it now stands: a person reads his own writes. */
export async function replyWith(deps: ReviewDeps, reply: FastifyReply, result: Result<{ clueId: ClueId }>) {
  if (!result.ok) return answer(reply, result);
  const shown = await showClue(deps, reply.request.actor, result.value.clueId);
  return isRefusal(shown) ? reply.send({ clueId: result.value.clueId }) : reply.send(shown);
}
