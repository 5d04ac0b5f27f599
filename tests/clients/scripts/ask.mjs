// Asks once for each case of CASES with one client, and prints what a user of that client is shown when it fails.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nuget } from '../clients.mjs';
import { runProgram } from '../program.mjs';

const modules = join(import.meta.dirname, '../node_modules');

const asking = (prompt) => [{ role: 'user', content: prompt }];

/** client -> asks one thing; it throws what its user would see */
const clients = {
  openai: ({ url, key, model, prompt }) => askOpenAi('openai', { url, key }, (to) => to.responses.create({ model, input: prompt })),
  'openai-6': ({ url, key, model, prompt }) =>
    askOpenAi('openai-6', { url, key }, (to) => to.chat.completions.create({ model, messages: asking(prompt), max_completion_tokens: 64 })),
  anthropic: (asked) => askAnthropic('@anthropic-ai/sdk', asked),
  'anthropic-0': (asked) => askAnthropic('anthropic-0', asked),
  async ai({ url, key, model, prompt, dialect }) {
    const { generateText } = await import('ai');
    const { createOpenAI } = await import('@ai-sdk/openai');
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    const make = dialect === 'openai' ? createOpenAI : createAnthropic;
    const asked = make({ baseURL: dialect === 'openai' ? url : `${url}/v1`, apiKey: key })(model);
    await generateText({ model: asked, prompt, maxRetries: 0, maxOutputTokens: 64 });
  },
  async langchain({ url, key, model, prompt }) {
    const { ChatOpenAI } = await import('@langchain/openai');
    await new ChatOpenAI({ model, apiKey: key, maxRetries: 0, configuration: { baseURL: url } }).invoke(prompt);
  },
  async agents({ url, key, model, prompt }) {
    const { Agent, OpenAIProvider, Runner } = await import('@openai/agents');
    const { default: OpenAI } = await import('openai');
    const openAIClient = new OpenAI({ baseURL: url, apiKey: key, maxRetries: 0 });
    const runner = new Runner({ modelProvider: new OpenAIProvider({ openAIClient }), tracingDisabled: true });
    await runner.run(new Agent({ name: 'Helper', instructions: 'Be kind.', model }), prompt);
  },
  'nuget-openai': ({ url, key, model, prompt, home }) =>
    runProgram(nuget, ['openai', model, prompt], { cwd: home, env: { OPENAI_BASE_URL: url, OPENAI_API_KEY: key } }),
  'nuget-anthropic': ({ url, key, model, prompt, home }) =>
    runProgram(nuget, ['anthropic', model, prompt], { cwd: home, env: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key } }),
  async 'claude-code'({ url, key, model, prompt, home }) {
    const program = join(modules, '../claude-code/node_modules/@anthropic-ai/claude-code-linux-x64/claude');
    const env = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key, CLAUDE_CODE_MAX_RETRIES: '0', ANTHROPIC_SMALL_FAST_MODEL: model };
    throw new Error(await runProgram(program, ['-p', '--model', model, '--', prompt], { cwd: home, env: { ...env, HOME: home } }));
  },
  async codex({ url, key, model, prompt, home }) {
    writeFileSync(join(home, 'config.toml'), codexSettings(model, url));
    const program = join(modules, '@openai/codex/bin/codex.js');
    const args = ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', prompt];
    await runProgram(process.execPath, [program, ...args], { cwd: home, env: { CODEX_HOME: home, OPENAI_API_KEY: key } });
  },
};

for (const one of JSON.parse(process.env.CASES)) {
  const home = join(process.env.HOME, one.name.replaceAll(' ', '-'));
  mkdirSync(home, { recursive: true });
  let shown = null;
  for (let time = 0; time < (one.times ?? 1); time++) {
    shown = await clients[process.env.CLIENT]({ ...one, home }).then(
      () => null,
      (error) => String(error?.message ?? error),
    );
  }

  await new Promise((resolve) => process.stdout.write(`${JSON.stringify({ name: one.name, shown })}\n`, resolve));
}

process.exit(0); // Some clients keep connections and timers.

async function askOpenAi(from, { url, key }, ask) {
  const { default: OpenAI } = await import(from);
  await ask(new OpenAI({ baseURL: url, apiKey: key, maxRetries: 0 }));
}

async function askAnthropic(from, { url, key, model, prompt }) {
  const { default: Anthropic } = await import(from);
  const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
  await client.messages.create({ model, max_tokens: 64, messages: asking(prompt) });
}

function codexSettings(model, url) {
  return `
model = "${model}"
model_provider = "gateway"
check_for_update_on_startup = false
web_search = "disabled"
[model_providers.gateway]
name = "Gateway"
base_url = "${url}"
env_key = "OPENAI_API_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
[analytics]
enabled = false
`;
}
