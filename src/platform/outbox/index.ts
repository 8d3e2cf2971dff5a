export { drainOutbox, emit, outboxState, raiseMarks, type Handler, type OutboxEvent, type StoredEvent } from './outbox.ts';
