import { collect, run } from '../steps.mjs';

const { OpenAI, toFile } = await import(process.env.CLIENT_PACKAGE ?? 'openai');
const client = new OpenAI({ maxRetries: 0 });
const tool = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const say = (content, more = {}) => ({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }], ...more });
const ask = (input, more = {}) => ({ model: 'gpt-5-mini', input, reasoning: { effort: 'low' }, ...more });
const tools = [{ type: 'function', name: 'weather', parameters: tool, strict: true }];
const chatTools = [{ type: 'function', function: { name: 'weather', parameters: tool } }];
const request = (id) => ({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body: say(`hello ${id}`) });
const lines = ['a', 'b'].map((id) => `${JSON.stringify(request(id))}\n`).join('');
const batched = () => ({ input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { a: 'b' } });
let first, stored, file, batch, conversation;

await run({
  chat: () => client.chat.completions.create(say('hello there', { temperature: 0.2, user: 'u-1' })),
  'chat stream': async () => collect(await client.chat.completions.create(say('hello there', { stream: true }))),
  'chat stream usage': async () =>
    collect(await client.chat.completions.create(say('hello', { stream: true, stream_options: { include_usage: true } }))),
  'chat stored': () => client.chat.completions.create(say('hello', { store: true, metadata: { a: 'b' } })),
  'chat nulls': () => client.chat.completions.create(say('hello', { stop: null, tools: null, seed: null })),
  'chat unknown member': () => client.chat.completions.create(say('hello', { brand_new_member: true })),
  'chat tool': async () => {
    const asked = say('please use the tool', { tools: chatTools });
    const { message } = (first = await client.chat.completions.create(asked)).choices[0];
    const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'sunny' };
    return client.chat.completions.create({ ...asked, messages: [...asked.messages, message, result] });
  },
  'chat object': () =>
    client.chat.completions.create(
      say('an object', { response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true, schema: tool } } }),
    ),
  responses: () => client.responses.create(ask('hello there', { store: false })),
  'responses stored': async () => (stored = await client.responses.create(ask('hello there', { metadata: { a: 'b' } }))),
  'responses stream': async () => collect(await client.responses.create(ask('hello there', { stream: true }))),
  'responses tool, encrypted': async () => {
    const asked = {
      ...ask([{ role: 'user', content: 'please use the tool' }]),
      tools,
      store: false,
      include: ['reasoning.encrypted_content'],
    };
    first = await client.responses.create(asked);
    const call = first.output.find((item) => item.type === 'function_call');
    const output = { type: 'function_call_output', call_id: call.call_id, output: 'sunny' };
    return client.responses.create({ ...asked, input: [...asked.input, ...first.output, output] });
  },
  'responses tool, previous': async () => {
    first = await client.responses.create(ask('please use the tool', { tools }));
    const call = first.output.find((item) => item.type === 'function_call');
    const input = [{ type: 'function_call_output', call_id: call.call_id, output: 'sunny' }];
    return client.responses.create(ask(input, { tools, previous_response_id: first.id }));
  },
  'responses tool, items': async () => {
    first = await client.responses.create(ask('please use the tool', { tools }));
    const call = first.output.find((item) => item.type === 'function_call');
    const output = { type: 'function_call_output', call_id: call.call_id, output: 'sunny' };
    const references = first.output.map(({ id }) => ({ type: 'item_reference', id }));
    return client.responses.create(ask([{ role: 'user', content: 'please use the tool' }, ...references, output], { tools }));
  },
  'responses retrieve': () => client.responses.retrieve(stored.id),
  'responses input items': async () => collect(client.responses.inputItems.list(stored.id)),
  'responses input tokens': () => client.responses.inputTokens.count({ model: 'gpt-5-mini', input: 'hello there' }),
  'responses background': async () => (stored = await client.responses.create(ask('hello', { background: true }))),
  'responses cancel': () => client.responses.cancel(stored.id),
  'responses delete': () => client.responses.delete(stored.id),
  conversation: async () => {
    conversation = await client.conversations.create({ metadata: { a: 'b' } });
    return client.responses.create(ask('hello', { conversation: conversation.id }));
  },
  'conversation items': async () => collect(client.conversations.items.list(conversation.id)),
  embeddings: () => client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'], dimensions: 4 }),
  completions: () => client.completions.create({ model: 'gpt-4o-mini', prompt: 'hello' }),
  models: async () => collect(client.models.list()),
  model: () => client.models.retrieve('gpt-4o-mini'),
  moderations: () => client.moderations.create({ input: 'hello' }),
  'file upload': async () => (file = await client.files.create({ file: await toFile(Buffer.from(lines), 'a.jsonl'), purpose: 'batch' })),
  file: () => client.files.retrieve(file.id),
  'file content': async () => (await client.files.content(file.id)).text(),
  batch: async () => (batch = await client.batches.create(batched())),
  'batch retrieve': async () => (batch = await client.batches.retrieve(batch.id)),
  'batch output': async () => (await client.files.content(batch.output_file_id)).text(),
  files: async () => collect(client.files.list()),
  'batch again': async () => (batch = await client.batches.create(batched())),
  'batch cancel': () => client.batches.cancel(batch.id),
  batches: async () => collect(client.batches.list()),
  'file delete': () => client.files.delete(file.id),
  'with organization': () =>
    new OpenAI({ maxRetries: 0, organization: 'org-1', project: 'proj_1' }).chat.completions.create(say('hello')),
  'unknown model': () => client.chat.completions.create(say('hello', { model: 'no-such-model' })),
});
