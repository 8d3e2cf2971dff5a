import { digestOf, type Json } from '#evidence';
import type { CaseEvent } from './case-event.ts';

/** The event as JSON holds it: what the ledger gives back and what the leaf commits to are the same value. */
export const eventJson = (event: CaseEvent): Json => JSON.parse(JSON.stringify(event)) as Json;

/** SHA-256 over the RFC 8785 form of the event; stands in the evidence leaf of the step. */
export const digestOfEvent = (event: CaseEvent): string => digestOf(eventJson(event));
