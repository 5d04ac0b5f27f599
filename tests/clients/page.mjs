// Runs what docs/clients.md says, section by section, as it is written there: only where Gateway listens and the agent's key are put in.
// Arguments name sections; none means all.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nuget } from './clients.mjs';
import { gateway, startGround } from './ground.mjs';
import { askOpenClaw, openClaw } from './openclaw.mjs';
import { runProgram } from './program.mjs';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const [gpt, claude, prompt] = ['gpt-5-mini', 'claude-sonnet-4-5', 'hello there'];
const modules = (path) => join(here, 'node_modules', path);
const claudeCode = modules('../claude-code/node_modules/@anthropic-ai/claude-code-linux-x64/claude');
const codex = modules('@openai/codex/bin/codex.js');
const dotnet = process.env.DOTNET_ROOT ? join(process.env.DOTNET_ROOT, 'dotnet') : 'dotnet';

/** section -> what runs its blocks, by their language; they are run where `needs` is installed. */
const runs = {
  'Put it in front of …': { sh: { act: init } },
  "OpenAI's SDKs": { text: { act: (block) => javascript(openai, variables(block)) } },
  'OpenAI for .NET': { cs: { act: csharp } },
  "Anthropic's SDKs": { text: { act: (block) => javascript(anthropic, variables(block)) } },
  'Anthropic for .NET': {
    text: { act: (block, home) => runProgram(nuget, ['anthropic', claude, prompt], { cwd: home, env: variables(block) }) },
  },
  'Claude Code': { text: { needs: claudeCode, act: askClaudeCode } },
  Codex: { toml: { needs: codex, act: askCodex } },
  OpenClaw: { json: { needs: openClaw, act: askOpenClawOf } },
  'The AI SDK': { js: { act: (block) => javascript(`${block}\n${ai}`, keys()) } },
  'LangChain and LangGraph': { js: { act: (block) => javascript(`${block}\nawait model.invoke('${prompt}');`, keys()) } },
  "OpenAI's Agents SDK": { text: { act: (block) => javascript(agents, variables(block)) } },
};

const openai = `import OpenAI from 'openai';
await new OpenAI().responses.create({ model: '${gpt}', input: '${prompt}' });`;
const anthropic = `import Anthropic from '@anthropic-ai/sdk';
await new Anthropic().messages.create({ model: '${claude}', max_tokens: 64, messages: [{ role: 'user', content: '${prompt}' }] });`;
const ai = `import { generateText } from 'ai';
await generateText({ model: openai('${gpt}'), prompt: '${prompt}' });
await generateText({ model: anthropic('${claude}'), prompt: '${prompt}' });`;
const agents = `import { Agent, run, setTracingDisabled } from '@openai/agents';
setTracingDisabled(true);
await run(new Agent({ name: 'Helper', model: '${gpt}' }), '${prompt}');`;

const ground = await startGround();
const { SEEN_URL: provider, ANTHROPIC_BASE_URL: url, OPENAI_API_KEY: key } = ground.gateway;
const sections = readPage();
const named = process.argv.slice(2);
const strangers = [...named, ...sections.keys()].filter((title) => !(title in runs));
let failed = strangers.length;
strangers.forEach((title) => console.log(`${title}: nothing here runs it`));
for (const [title, blocks] of Object.entries(runs)) {
  if (named.length && !named.includes(title)) {
    continue;
  }

  for (const [language, { needs, act }] of Object.entries(blocks)) {
    const said = await tryBlock(title, sections.get(title)?.get(language), needs, act);
    failed += said.startsWith('works') || said.startsWith('skipped') ? 0 : 1;
    console.log(`${title.padEnd(24)} ${language.padEnd(5)} ${said}`);
  }
}

process.exit(failed ? 1 : 0);

async function tryBlock(title, block, needs, act) {
  if (block === undefined) {
    return 'the page has no such block';
  }

  if (needs && !existsSync(needs)) {
    return 'skipped: its client is not installed';
  }

  const home = join(ground.folder, title.replaceAll(/\W+/g, '-'));
  mkdirSync(home, { recursive: true });
  await fetch(`${provider}/_seen`, { method: 'DELETE' });
  try {
    await act(block, home);
  } catch (error) {
    return `fails: ${error.message}`;
  }

  const { length } = await (await fetch(`${provider}/_seen`)).json();
  return length || act === init ? `works: ${length} requests` : 'fails: the provider was not asked';
}

/** @returns title -> language -> the block, with this run's address and key */
function readPage() {
  const page = readFileSync(join(root, 'docs', 'clients.md'), 'utf8');
  const found = new Map();
  for (const part of page.split(/^##? /m).slice(1)) {
    const blocks = [...part.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
    const filled = (text) => text.replaceAll('http://127.0.0.1:8080', url).replaceAll('gwk_…', key);
    found.set(part.slice(0, part.indexOf('\n')), new Map(blocks.map(([, language, text]) => [language, filled(text)])));
  }

  return found;
}

function variables(block) {
  return Object.fromEntries(
    block
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** What stands in the environment where the page's code names the base URL itself. */
function keys() {
  return { OPENAI_API_KEY: key, ANTHROPIC_API_KEY: key };
}

/** Resolves packages from here. */
function javascript(code, env) {
  return runProgram(process.execPath, ['--input-type=module', '-e', code], { cwd: here, env });
}

/** A file-based program of the page's lines and one call. */
function csharp(block, home) {
  const packages = readFileSync(join(root, 'Directory.Packages.props'), 'utf8');
  const version = /Include="OpenAI" Version="([^"]+)"/.exec(packages)[1];
  const head = `#:package OpenAI@${version}\n#:property NoWarn=OPENAI001\n`;
  const ask = `await chat.CompleteChatAsync("${prompt}");\nawait responses.CreateResponseAsync("${gpt}", "${prompt}");\n`;
  const file = join(home, 'page.cs');
  writeFileSync(file, `${head}${block}${ask}`);
  const quiet = { MSBUILDDISABLENODEREUSE: '1', UseSharedCompilation: 'false', DOTNET_CLI_USE_MSBUILD_SERVER: '0', DOTNET_NOLOGO: '1' };
  return runProgram(dotnet, ['run', file], { cwd: home, env: { ...quiet, ...keys(), HTTPS_PROXY: process.env.HTTPS_PROXY ?? '' } });
}

function askClaudeCode(block, home) {
  return runProgram(claudeCode, ['-p', '--model', claude, '--', prompt], { cwd: home, env: { ...variables(block), HOME: home } });
}

function askCodex(block, home) {
  writeFileSync(join(home, 'config.toml'), `model = "${gpt}"\n${block}`);
  const args = ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', prompt];
  return runProgram(process.execPath, [codex, ...args], { cwd: home, env: { CODEX_HOME: home, OPENAI_API_KEY: key } });
}

function askOpenClawOf(block, home) {
  const config = join(home, 'openclaw.json');
  writeFileSync(config, block);
  return askOpenClaw(`gateway/${claude}`, prompt, { config, cwd: home, env: { ...keys(), HOME: home } });
}

/** In a folder of its own, with the built command in the path. */
function init(block, home) {
  writeFileSync(join(home, 'token.txt'), 'standin-anthropic-key');
  const env = { ...process.env, PATH: `${join(gateway, '..')}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', block], { cwd: home, env, encoding: 'utf8' });
  if (status !== 0 || !existsSync(join(home, 'governance', 'gateway.yaml'))) {
    throw new Error(`ended with ${status}: ${stdout}${stderr}`);
  }
}
