export { emit, type DomainEvent } from './emit';
export { HandlerRegistry, type EventHandler, type StoredEvent } from './handler-registry';
export { OutboxRelay, type RelayOptions } from './outbox-relay';
export { EventProcessor } from './event-processor';
export { type Dispatcher, LocalDispatcher } from './dispatcher';
export { BullDispatcher } from './bull-dispatcher';
export { listDeadEvents, rerunDeadEvent, type DeadEvent } from './dead-letters';
export { MessagingModule } from './messaging.module';
