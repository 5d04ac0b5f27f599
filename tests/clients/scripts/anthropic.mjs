import { collect, run } from '../steps.mjs';

const { default: Anthropic } = await import(process.env.CLIENT_PACKAGE ?? '@anthropic-ai/sdk');
const client = new Anthropic({ maxRetries: 0, apiKey: process.env.ANTHROPIC_API_KEY });
const say = (content, more = {}) => ({ model: 'claude-sonnet-4-5', max_tokens: 64, messages: [{ role: 'user', content }], ...more });
const weather = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools = [{ name: 'weather', description: 'The weather of a city.', input_schema: weather }];
const own = [
  { type: 'bash_20250124', name: 'bash' },
  { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
];
const batched = { requests: ['a', 'b'].map((id) => ({ custom_id: id, params: say(`hello ${id}`) })) };
let batch;

/** A tool call and its second turn. */
async function round(create, asked) {
  const first = await create(asked);
  const call = first.content.find((block) => block.type === 'tool_use');
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] };
  return create({ ...asked, messages: [...asked.messages, { role: 'assistant', content: first.content }, result] });
}

await run({
  message: () => client.messages.create(say('hello there', { system: 'be kind', temperature: 0.2, metadata: { user_id: 'u-1' } })),
  stream: async () => collect(await client.messages.create(say('hello there', { stream: true }))),
  tool: () => round((asked) => client.messages.create(asked), say('please use the tool', { tools })),
  'thinking and tool': () =>
    round(
      (asked) => client.messages.create(asked),
      say('please use the tool', { tools, max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } }),
    ),
  'thinking stream': () =>
    client.messages.stream(say('hello', { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } })).finalMessage(),
  'unknown member': () => client.messages.create(say('hello', { brand_new_member: true })),
  nulls: () => client.messages.create(say('hello', { stop_sequences: null, tools: null })),
  'cache control': () =>
    client.messages.create(
      say([{ type: 'text', text: 'hello', cache_control: { type: 'ephemeral' } }], { system: [{ type: 'text', text: 'be kind' }] }),
    ),
  'bash and editor': () => client.messages.create(say('hello', { tools: own })),
  'beta message': () => client.beta.messages.create(say('hello there', { betas: ['context-1m-2025-08-07'] })),
  'beta stream': async () =>
    collect(await client.beta.messages.create(say('hello', { stream: true, betas: ['interleaved-thinking-2025-05-14'] }))),
  'beta context management': () =>
    client.beta.messages.create(
      say('hello', { betas: ['context-management-2025-06-27'], context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } }),
    ),
  'beta memory': () =>
    client.beta.messages.create(
      say('hello', { betas: ['context-management-2025-06-27'], tools: [{ type: 'memory_20250818', name: 'memory' }] }),
    ),
  'beta computer': () =>
    client.beta.messages.create(
      say('hello', {
        betas: ['computer-use-2025-01-24'],
        tools: [{ type: 'computer_20250124', name: 'computer', display_width_px: 800, display_height_px: 600 }],
      }),
    ),
  'beta object': () =>
    client.beta.messages.create(
      say('an object', { betas: ['structured-outputs-2025-11-13'], output_format: { type: 'json_schema', schema: weather } }),
    ),
  'count tokens': () =>
    client.messages.countTokens({ model: 'claude-sonnet-4-5', messages: say('hello there').messages, system: 'be kind' }),
  'beta count tokens': () =>
    client.beta.messages.countTokens({ model: 'claude-sonnet-4-5', messages: say('hello there').messages, tools }),
  models: async () => collect(client.models.list()),
  model: () => client.models.retrieve('claude-sonnet-4-5'),
  batch: async () => (batch = await client.messages.batches.create(batched)),
  'batch retrieve': () => client.messages.batches.retrieve(batch.id),
  'batch results': async () => collect(await client.messages.batches.results(batch.id)),
  'batch again': async () => (batch = await client.messages.batches.create(batched)),
  'batch cancel': () => client.messages.batches.cancel(batch.id),
  batches: async () => collect(client.messages.batches.list()),
  'batch delete': () => client.messages.batches.delete(batch.id),
  'unknown model': () => client.messages.create(say('hello', { model: 'no-such-model' })),
});
