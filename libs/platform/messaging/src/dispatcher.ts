import type { EventProcessor } from './event-processor';

/** Where the relay hands events to: the worker itself, or Bull. */
export interface Dispatcher {
  dispatch(cityId: string, eventId: string): Promise<void>;
  close(): Promise<void>;
}

/** Without Redis the worker runs the handlers itself. */
export class LocalDispatcher implements Dispatcher {
  constructor(private readonly processor: EventProcessor) {}

  async dispatch(cityId: string, eventId: string): Promise<void> {
    await this.processor.process(cityId, eventId);
  }

  async close(): Promise<void> {
    // Nothing is open: `dispatch` ends when the handlers have.
  }
}
