export { drainOutbox, emit, outboxState, type Handler, type OutboxEvent, type StoredEvent } from './outbox.ts';
