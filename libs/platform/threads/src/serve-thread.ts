import { parentPort } from 'node:worker_threads';
import { type Answer, answerOf } from './messages';

/**
 * Called once by the file that a `ThreadPool` runs: does each piece of work that the pool sends and sends back what it returns or throws.
 * A Buffer arrives as a Uint8Array.
 */
export function serveThread<Input, Output>(work: (input: Input) => Output | Promise<Output>): void {
  parentPort?.on('message', (input: Input) => {
    const answer = Promise.resolve(input).then(work).then((result): Answer => ({ result }), answerOf);
    // What cannot be sent (a function in the result) must not leave the caller waiting.
    void answer.then((value) => parentPort?.postMessage(value)).catch((error: unknown) => parentPort?.postMessage(answerOf(error)));
  });
}
