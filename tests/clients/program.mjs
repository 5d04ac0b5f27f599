// Runs a client that is a program of its own, in a home folder of its own, with everything switched off that would call home.

import { spawn } from 'node:child_process';

const quiet = {
  CI: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_BUG_COMMAND: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DO_NOT_TRACK: '1',
  NO_COLOR: '1',
  // Whatever still wants to leave finds a closed door.
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
};

/** What it wrote; rejects with what it said where it fails or takes longer than a minute and a half. */
export function runProgram(program, args, { cwd, env = {}, input = '' }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...quiet, ...env }, detached: true });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (bytes) => {
      output += bytes;
    });
    child.stderr.on('data', (bytes) => {
      errors += bytes;
    });
    const limit = setTimeout(() => stop(child), 90_000);
    child.on('close', (code) => {
      clearTimeout(limit);
      stop(child);
      return code === 0 ? resolve(output) : reject(new Error(`ended with ${code}: ${(errors + output).slice(-1500)}`));
    });
    child.stdin.end(input);
  });
}

/** With all that it started. */
function stop(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Its group has ended.
  }
}
