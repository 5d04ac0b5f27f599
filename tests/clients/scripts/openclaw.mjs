import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askOpenClaw, openClawSettings } from '../openclaw.mjs';
import { run } from '../steps.mjs';

const cwd = join(process.env.HOME, 'project');
const config = join(process.env.HOME, 'openclaw.json');
mkdirSync(cwd, { recursive: true });
writeFileSync(join(cwd, 'note.txt'), 'The note says sunny.\n');
writeFileSync(config, JSON.stringify(openClawSettings(process.env.OPENAI_BASE_URL, process.env.ANTHROPIC_BASE_URL)));

/** What the envelope says that is no measure of money, and no id. */
async function ask(model, prompt) {
  const { ok, status, final, payloads, usage, assistantTurns } = await askOpenClaw(model, prompt, { config, cwd });
  return { ok, status, final, payloads, usage, assistantTurns };
}

const steps = {};
for (const model of ['messages/claude-sonnet-4-5']) {
  const [api] = model.split('/');
  steps[`${api}: reads a file`] = () => ask(model, 'use the tool read with {"path":"note.txt"}');
}

await run(steps);
