import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../program.mjs';
import { run } from '../steps.mjs';

const program = join(import.meta.dirname, '../node_modules/@openai/codex/bin/codex.js');
const cwd = join(process.env.HOME, 'project');
const home = join(process.env.HOME, '.codex');
mkdirSync(cwd, { recursive: true });
mkdirSync(home, { recursive: true });
writeFileSync(join(cwd, 'note.txt'), 'The note says sunny.\n');
writeFileSync(
  join(home, 'config.toml'),
  `
model = "gpt-5"
model_provider = "gateway"
check_for_update_on_startup = false
web_search = "disabled"
[model_providers.gateway]
name = "Gateway"
base_url = "${process.env.OPENAI_BASE_URL}"
env_key = "OPENAI_API_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
[analytics]
enabled = false
`,
);

const common = ['--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '--json'];

/** The items that it shows, without ids. */
async function ask(args) {
  const lines = (await runProgram(process.execPath, [program, 'exec', ...args], { cwd, env: { CODEX_HOME: home } })).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .filter((event) => event.type === 'item.completed')
    .map(({ item: { id, ...item } }) => item);
}

await run({
  'one answer': () => ask([...common, 'hello there']),
  'runs a command': () => ask([...common, 'use the tool exec_command with {"cmd":"cat note.txt"}']),
  'second turn': () => ask(['resume', '--last', ...common, 'and again']),
});
