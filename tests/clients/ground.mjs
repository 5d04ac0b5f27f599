// Two stand-in providers, and Gateway in front of one of them, started as a user would start them. All of it ends with the run.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const artifacts = process.env.GATEWAY_ARTIFACTS ?? join(here, '..', '..', 'artifacts');
const built = process.env.CLIENTS_BUILT; // A folder with both programs, in the place of what `make build` makes.
export const gateway = built ? join(built, 'gateway') : join(artifacts, 'bin', 'gateway');
const provider = built ? join(built, 'standin-provider') : join(artifacts, 'standin', 'standin-provider');
const running = [];

/** Every place that a client may be pointed at: `direct` and `gateway`, each with what its environment says. */
export async function startGround() {
  const folder = openFolder();
  const [direct, hidden, url] = [await freeAddress(), await freeAddress(), await freeAddress()];
  await Promise.all([startStandIn(direct), startStandIn(hidden)]);
  const text = readFileSync(join(here, 'governance', 'clients.yaml'), 'utf8').replaceAll('STANDIN', new URL(hidden).host);
  const { client: key } = (await startGateway(folder, url, text, ['client'])).keys;
  return {
    folder,
    direct: place(direct, `${direct}/v1`, 'standin-openai-key', `${direct}/anthropic`, 'standin-anthropic-key'),
    gateway: place(hidden, `${url}/v1`, key, url, key),
  };
}

/** One stand-in behind one Gateway with its own governance. */
export async function startGatewayWith(governance, agents) {
  const folder = openFolder();
  const [hidden, url] = [await freeAddress(), await freeAddress()];
  await startStandIn(hidden);
  return { folder, url, ...(await startGateway(folder, url, governance(hidden), agents)) };
}

/** A folder that goes with this process, and with it all that was started. */
function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-clients-'));
  process.on('exit', () => stopGround(folder));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => process.exit(130));
  }

  return folder;
}

function place(seen, openai, openaiKey, anthropic, anthropicKey) {
  return {
    SEEN_URL: seen,
    OPENAI_BASE_URL: openai,
    OPENAI_API_KEY: openaiKey,
    ANTHROPIC_BASE_URL: anthropic,
    ANTHROPIC_API_KEY: anthropicKey,
  };
}

function startStandIn(url) {
  return startProcess(provider, ['--urls', url], {}, `${url}/_count`);
}

/** @returns the agents' keys by their names, and what runs a command of that instance */
async function startGateway(folder, url, text, agents) {
  const governance = join(folder, 'governance');
  mkdirSync(governance);
  writeFileSync(join(governance, 'clients.yaml'), text);
  const settings = {
    DOTNET_ENVIRONMENT: 'Development',
    Gateway__Data__Path: join(folder, 'data'),
    Gateway__Governance__Path: governance,
    Logging__LogLevel__Default: 'Warning',
  };
  for (const name of ['openai', 'anthropic']) {
    command(settings, ['vault', 'put', '--tenant', 'demo', '--path', name, '--field', 'key'], `standin-${name}-key`);
  }

  const keys = {};
  for (const agent of agents) {
    const about = ['--tenant', 'demo', '--agent', agent, '--kind', 'bearer', '--json'];
    keys[agent] = JSON.parse(command(settings, ['agents', 'credentials', 'create', ...about])).data.secret;
  }

  await startProcess(gateway, ['serve', '--urls', url], settings, `${url}/readyz`);
  return { keys, command: (...args) => command(settings, args) };
}

function command(settings, args, input) {
  const ended = spawnSync(gateway, args, { env: { ...process.env, ...settings }, input, encoding: 'utf8' });
  if (ended.status !== 0) {
    throw new Error(`gateway ${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
  }

  return ended.stdout;
}

async function startProcess(program, args, settings, ready) {
  const process_ = spawn(program, args, { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(process_);
  let said = '';
  process_.stdout.on('data', (bytes) => {
    said = (said + bytes).slice(-4000);
  });
  process_.stderr.on('data', (bytes) => {
    said = (said + bytes).slice(-4000);
  });
  for (let tries = 0; tries < 240; tries++) {
    if (process_.exitCode !== null) {
      break;
    }

    if (
      await fetch(ready).then(
        (answer) => answer.ok,
        () => false,
      )
    ) {
      return;
    }

    await new Promise((resolve) => setTimeout(resolve, 250));
  }

  throw new Error(`${program} didn't become ready: ${said}`);
}

function stopGround(folder) {
  running.forEach((process_) => process_.kill('SIGKILL'));
  rmSync(folder, { recursive: true, force: true });
}

/** Nobody listens there. */
export function freeAddress() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
}
