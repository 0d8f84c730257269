export { serveThread } from './serve-thread';
export { ThreadError, ThreadPool, type ThreadPoolOptions } from './thread-pool';
