import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../program.mjs';
import { run } from '../steps.mjs';

const program = join(import.meta.dirname, '../claude-code/node_modules/@anthropic-ai/claude-code-linux-x64/claude');
const cwd = join(process.env.HOME, 'project');
mkdirSync(cwd, { recursive: true });
writeFileSync(join(cwd, 'note.txt'), 'The note says sunny.\n');

/** What the one JSON document says that is no measure of time or money. */
async function ask(prompt, ...more) {
  const args = ['-p', '--output-format', 'json', '--model', 'claude-sonnet-4-5', ...more, '--', prompt];
  const { subtype, is_error, result, num_turns, stop_reason } = JSON.parse(await runProgram(program, args, { cwd }));
  return { subtype, is_error, result, num_turns, stop_reason };
}

await run({
  'one answer': () => ask('hello there'),
  'reads a file': () => ask(`use the tool Read with {"file_path":"${join(cwd, 'note.txt')}"}`, '--allowedTools', 'Read'),
  'runs a command': () => ask('use the tool Bash with {"command":"cat note.txt","description":"reads"}', '--allowedTools', 'Bash'),
  'second turn': () => ask('and again', '--continue'),
});
