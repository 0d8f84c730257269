import { Client, type ClientConfig } from 'pg';

/**
 * A connection of a pool whose loss is told to whoever waits for it and ends nothing else. A server that dies can say so between two queries, while no one listens; such an `error` event would end the
 * whole process. The pool takes a lost connection out by itself.
 */
export class SteadyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
