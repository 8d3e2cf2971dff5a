export { drainOutbox, emit, type Handler, type OutboxEvent, type StoredEvent } from './outbox.ts';
