import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Something that can be killed at any moment and started again. */
export interface Part {
  readonly name: string;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it in order, for good. */
  stop(): Promise<void>;
}

export interface Command {
  name: string;
  file: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
}

const GRACE_MS = 15_000;

/** Ends `child` when this process is gone, even by SIGKILL: a shell reads a pipe that closes with us. */
function endWithUs(child: ChildProcess): void {
  const guard = spawn('/bin/sh', ['-c', 'read -r _ || kill -KILL "$1"', 'sh', String(child.pid)], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  guard.stdin?.on('error', () => undefined);
  child.once('exit', () => guard.stdin?.end('\n'));
}

/** A program as a part. `onUnasked` hears of an end that nobody asked for: a fault elsewhere must not take a program down with it. */
export function programPart(command: Command, onUnasked: (what: string) => void): Part {
  let child: ChildProcess | undefined;
  let asked = false;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    asked = true;
    const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    const late = setTimeout(() => running.kill('SIGKILL'), GRACE_MS);
    running.kill(signal);
    await gone;
    clearTimeout(late);
  };

  return {
    name: command.name,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    start: async () => {
      const log = openSync(command.logFile, 'a');
      asked = false;
      const started = spawn(command.file, command.args, { cwd: command.cwd ?? tmpdir(), env: command.env ?? process.env, stdio: ['ignore', log, log] });
      closeSync(log);
      child = started;
      endWithUs(started);
      started.once('exit', (code, signal) => {
        if (!asked) onUnasked(`${command.name} ended by itself (${signal ?? `exit ${code}`}); its log: ${command.logFile}`);
      });
    },
  };
}
