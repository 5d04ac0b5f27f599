// Runs real clients directly at the stand-in provider and through Gateway, and prints a table: client, step, same or how it differs.
// Arguments name clients; none means all. CLIENTS_REPORT names a file for the table as JSON.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clients, nuget } from './clients.mjs';
import { compare, normalise } from './compare.mjs';
import { startGround } from './ground.mjs';

const here = import.meta.dirname;
const limit = 600_000;
const chosen = process.argv.slice(2).length ? process.argv.slice(2) : Object.keys(clients);
const unknown = chosen.filter((name) => !(name in clients));
if (unknown.length) {
  console.error(`No such client: ${unknown.join(', ')}. There are: ${Object.keys(clients).join(', ')}.`);
  process.exit(2);
}

const ground = await startGround();
const rows = [];
let ended = 0; // Clients that failed as a whole.
for (const name of chosen) {
  const [direct, through] = [await runClient(name, 'direct'), await runClient(name, 'gateway')];
  for (const step of new Set([...direct.keys(), ...through.keys()])) {
    const row = { client: name, step, ...compare(step, direct.get(step), through.get(step)) };
    rows.push(row);
    print(row);
    if (process.env.CLIENTS_RAW) {
      writeFileSync(
        join(process.env.CLIENTS_RAW, `${name}-${step.replaceAll(/\W+/g, '-')}.json`),
        JSON.stringify([direct.get(step), through.get(step)], null, 1),
      );
    }
  }
}

const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
console.log(
  `${count('same')} same, ${count('differs')} differ, ${count('refused')} refused, ${count('missing')} missing, ${count('fails directly')} fail directly`,
);
if (process.env.CLIENTS_REPORT) {
  writeFileSync(process.env.CLIENTS_REPORT, JSON.stringify(rows, null, 2));
}

process.exit(ended === 0 && rows.length > 0 && rows.every((row) => ['same', 'missing'].includes(row.verdict)) ? 0 : 1);

/** @returns step -> its line, normalised; the process ends with its script */
function runClient(name, place) {
  const home = join(ground.folder, `${name}-${place}`);
  mkdirSync(home, { recursive: true });
  const { script, package: from, nuget: part } = clients[name];
  const command = part ? [nuget, part] : [process.execPath, join(here, 'scripts', `${script}.mjs`)];
  const env = { ...plainEnvironment(), ...ground[place], HOME: home, ...(from ? { CLIENT_PACKAGE: from } : {}) };
  const child = spawn(command[0], command.slice(1), { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (bytes) => {
    output += bytes;
  });
  child.stderr.on('data', (bytes) => {
    errors = (errors + bytes).slice(-2000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) {
        ended++;
        console.log(`${name} ${place}: ended with ${code}: ${errors}`);
      }

      const lines = output
        .split('\n')
        .filter((line) => line.startsWith('{"step"'))
        .map((line) => normalise(line, home));
      resolve(new Map(lines.map((line) => [line.step, line])));
    }),
  );
}

/** Nothing of who runs this: no keys, no proxies, no settings of clients. */
function plainEnvironment() {
  const kept = ['PATH', 'LANG', 'TMPDIR', 'DOTNET_ROOT'].filter((name) => process.env[name]).map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(kept), NODE_NO_WARNINGS: '1', LANGCHAIN_TRACING_V2: 'false' };
}

function print({ client, step, verdict, how }) {
  const shown = how.slice(0, 6).join('; ').replaceAll(/\s+/g, ' ').slice(0, 400);
  console.log(`${client.padEnd(15)} ${step.padEnd(30)} ${verdict}${shown ? `: ${shown}` : ''}`);
}
