/** What a question costs beside the values it is answered with. */
export const WORK_PER_QUESTION = 100;

/**
 * Values a model may be handed in one evaluation. Counted by what it asks for and not by the clock, so that the same
 * recorded arrivals end alike on a fast and on a slow machine. The busiest model of the catalogue stays far below it.
 */
export const WORK_LIMIT = 2e8;

/** The model asked for more than it may: its answer is EXCEPTION, and the others go on. */
export class WorkExceeded extends Error {
  constructor() {
    super(`the model asked for more than ${WORK_LIMIT} values in one evaluation`);
  }
}
