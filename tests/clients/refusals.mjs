// Has each client refused in twelve ways, and looks at the text that its user is shown: what, why, what to do, and an id that
// `gateway explain` resolves. Arguments name clients; none means all.

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clients, nuget } from './clients.mjs';
import { agentNames, governance, modelOf, ownWords, refusals } from './governance/refusals.mjs';
import { freeAddress, startGatewayWith } from './ground.mjs';

const here = import.meta.dirname;
const both = ['openai', 'anthropic'];
const dialects = {
  openai: ['openai'],
  'openai-6': ['openai'],
  anthropic: ['anthropic'],
  'anthropic-0': ['anthropic'],
  ai: both,
  langchain: ['openai'],
  agents: ['openai'],
  'nuget-openai': ['openai'],
  'nuget-anthropic': ['anthropic'],
  'claude-code': ['anthropic'],
  codex: ['openai'],
};
const right = { openai: '/v1', anthropic: '' };
const lost = { openai: '/api/v1', anthropic: '/v1' };
const named = process.argv.slice(2);
const chosen = Object.keys(dialects).filter((name) => !named.length || named.includes(name));
if (!chosen.length) {
  console.log(`None of these is refused here: ${named.join(', ')}. There are: ${Object.keys(dialects).join(', ')}.`);
  process.exit(named.every((name) => name in clients) ? 0 : 2);
}

const closed = await freeAddress();
const ground = await startGatewayWith((standIn) => governance(standIn, closed), agentNames);
const explained = new Map();
let [good, bad, others] = [0, 0, 0];
for (const client of chosen) {
  for (const dialect of dialects[client]) {
    const shown = await ask(client, dialect);
    for (const refusal of refusals) {
      const text = await unlessKilled(client, dialect, refusal, shown.get(refusal.name));
      const own = ownWords[client]?.[refusal.name];
      const wrong = own ? ownProblems(own, refusal, text) : problems(refusal, dialect, text);
      wrong.length ? bad++ : own ? others++ : good++;
      const label = `${client.padEnd(15)} ${dialect.padEnd(10)} ${refusal.name.padEnd(32)}`;
      const said = own ? "says it in the client's own words" : 'says it all';
      console.log(`${label} ${wrong.length ? `${wrong.join('; ')}\n  shown: ${text}` : said}`);
      if (process.env.CLIENTS_SHOWN && !wrong.length) {
        console.log(`  ${text}`);
      }
    }
  }
}

console.log(`${good} refusals say it all, ${others} say it in their client's own words, ${bad} don't; ${explained.size} ids explained`);
process.exit(good > 0 && bad === 0 ? 0 : 1);

/** What of the text is missing. */
function problems({ code, action = true, says }, dialect, text) {
  if (!text) {
    return ['nothing was shown'];
  }

  const id = new RegExp(`\\(${code}, ((?:ref_)?[A-Za-z0-9_-]+)\\)`).exec(text)?.[1];
  const parts = [...says, ...(action ? [new RegExp(`${dialect}-[a-z]+/[a-z]+: `)] : [])];
  const missing = parts.filter((part) => !(part instanceof RegExp ? part.test(text) : text.includes(part)));
  return [
    ...missing.map((part) => `doesn't say ${part}`),
    ...(id ? explain(id, code) : [`has no (${code}, id)`]),
  ];
}

/** The client must still do what it is excused for; an id in it is one of ours. */
function ownProblems(own, { code }, text) {
  const id = own instanceof RegExp ? own.exec(text ?? '')?.[1] : '';
  const shown = own instanceof RegExp ? id : text?.includes(own);
  return shown ? (id ? explain(id, code) : []) : [`no longer says ${own}`];
}

/** Each id once: a command for each takes a second. */
function explain(id, code) {
  if (!explained.has(id)) {
    explained.set(id, ground.command('explain', id, '--json'));
  }

  const expected = code === 'unauthenticated' ? '"status":401' : `"${code}"`;
  return explained.get(id).includes(expected) ? [] : [`'gateway explain ${id}' doesn't say ${expected}`];
}

/** Whoever watches for agents that may not act can come before the judgement of a call: it is then ended, and asked again. */
async function unlessKilled(client, dialect, refusal, text) {
  for (let left = 5; refusal.agent === 'suspended' && text?.includes('(killed, ') && left > 0; left--) {
    text = (await ask(client, dialect, [refusal])).get(refusal.name);
  }

  return text;
}

/** @returns name of a refusal -> what the client showed */
function ask(client, dialect, asked = refusals) {
  const home = join(ground.folder, `${client}-${dialect}`);
  mkdirSync(home, { recursive: true });
  const cases = asked.map(({ name, agent = 'able', key = ground.keys[agent], model, prompt = 'hello', times, base }) => ({
    name,
    key,
    prompt,
    times,
    dialect,
    model: modelOf(dialect, model),
    url: ground.url + (base === 'lost' ? lost : right)[dialect],
  }));
  const { PATH, LANG, TMPDIR, DOTNET_ROOT } = process.env;
  const kept = { PATH, LANG: LANG ?? 'C.UTF-8', ...(TMPDIR ? { TMPDIR } : {}), ...(DOTNET_ROOT ? { DOTNET_ROOT } : {}) };
  const env = { ...kept, CLIENTS_NUGET: nuget, HOME: home, CLIENT: client, CASES: JSON.stringify(cases) };
  const child = spawn(process.execPath, [join(here, 'scripts', 'ask.mjs')], { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (bytes) => {
    output += bytes;
  });
  child.stderr.on('data', (bytes) => {
    errors = (errors + bytes).slice(-2000);
  });
  return new Promise((resolve, reject) =>
    child.on('close', (status) => {
      if (status !== 0) {
        return reject(new Error(`${client} ended with ${status}: ${errors}`));
      }

      const lines = output.split('\n').filter((line) => line.startsWith('{"name"'));
      resolve(new Map(lines.map((line) => JSON.parse(line)).map(({ name, shown }) => [name, shown])));
    }),
  );
}
