import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import * as gateway from './environment.mjs';

const client = (apiKey = gateway.key) => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0 });
const say = (content, more = {}) => ({ model: gateway.chatModel, messages: [{ role: 'user', content }], ...more });
const weather = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

async function collect(stream) {
  const events = [];
  for await (const event of stream) {
    events.push(event);
  }
  return events;
}

const textOf = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');

test('a chat completion comes back whole', async () => {
  const answer = await client().chat.completions.create(say('hello there'));
  assert.equal(answer.choices[0].message.content, 'Stand-in answer to: hello there');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.prompt_tokens, 2);
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test('text beyond ASCII comes back unharmed', async () => {
  const answer = await client().chat.completions.create(say('Grüße "an" 世界 <b>\\'));
  assert.equal(answer.choices[0].message.content, 'Stand-in answer to: Grüße "an" 世界 <b>\\');
});

test('a token limit cuts the answer', async () => {
  const answer = await client().chat.completions.create(say('hello', { max_completion_tokens: 2 }));
  assert.equal(answer.choices[0].finish_reason, 'length');
  assert.equal(answer.usage.completion_tokens, 2);
});

test('several choices come back', async () => {
  const answer = await client().chat.completions.create(say('hello', { n: 3 }));
  assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1, 2]);
});

test('a stream that did not ask for usage carries none', async () => {
  const chunks = await collect(await client().chat.completions.create(say('hello there', { stream: true })));
  assert.equal(textOf(chunks), 'Stand-in answer to: hello there');
  assert.ok(chunks.every((chunk) => chunk.choices.length === 1), 'no extra chunk');
  assert.ok(chunks.every((chunk) => !chunk.usage), 'no usage');
  assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
});

test('a stream that asked for usage ends with it', async () => {
  const chunks = await collect(await client().chat.completions.create(say('hello there', { stream: true, stream_options: { include_usage: true } })));
  assert.equal(textOf(chunks), 'Stand-in answer to: hello there');
  assert.deepEqual(chunks.at(-1).choices, []);
  assert.equal(chunks.at(-1).usage.prompt_tokens, 2);
});

test('a stream cut at odd bytes arrives all the same', async () => {
  const chunks = await collect(await client().chat.completions.create(say('Grüße 世界 !chunk 7', { stream: true })));
  assert.equal(textOf(chunks), 'Stand-in answer to: Grüße 世界 !chunk 7');
});

test('a tool call makes its round', async () => {
  const tools = [{ type: 'function', function: { name: 'weather', parameters: weather } }];
  const asked = say('please use the tool', { tools });
  const first = await client().chat.completions.create(asked);
  const [call] = first.choices[0].message.tool_calls;
  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  assert.equal(call.function.name, 'weather');
  assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');

  const messages = [...asked.messages, first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: 'sunny' }];
  const second = await client().chat.completions.create({ ...asked, messages });
  assert.equal(second.choices[0].message.content, 'The tool said: sunny');
});

test('a streamed tool call is put together by the client', async () => {
  const tools = [{ type: 'function', function: { name: 'weather', parameters: weather } }];
  const answer = await client().chat.completions.stream(say('please use the tool', { tools })).finalChatCompletion();
  const [call] = answer.choices[0].message.tool_calls;
  assert.equal(call.function.name, 'weather');
  assert.equal(JSON.parse(call.function.arguments).city, 'standin');
});

test('a response comes back whole', async () => {
  const answer = await client().responses.create({ model: gateway.chatModel, input: 'hello there', store: false });
  assert.equal(answer.status, 'completed');
  assert.equal(answer.output_text, 'Stand-in answer to: hello there');
  assert.equal(answer.usage.input_tokens, 2);
});

test('a response streams its events in order', async () => {
  const events = await collect(await client().responses.create({ model: gateway.chatModel, input: 'hello there', store: false, stream: true }));
  assert.equal(events[0].type, 'response.created');
  assert.equal(events.at(-1).type, 'response.completed');
  assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, index) => index));
  const text = events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join('');
  assert.equal(text, 'Stand-in answer to: hello there');
  assert.equal(events.at(-1).response.usage.input_tokens, 2);
});

test('a response makes a function call and takes its output', async () => {
  const asked = {
    model: gateway.chatModel,
    store: false,
    tools: [{ type: 'function', name: 'weather', parameters: weather, strict: true }],
  };
  const input = [{ role: 'user', content: 'please use the tool' }];
  const first = await client().responses.create({ ...asked, input });
  const call = first.output.find((item) => item.type === 'function_call');
  assert.equal(call.name, 'weather');

  const output = { type: 'function_call_output', call_id: call.call_id, output: 'sunny' };
  const second = await client().responses.create({ ...asked, input: [...input, call, output] });
  assert.equal(second.output_text, 'The tool said: sunny');
});

test('a plain completion comes back', async () => {
  const answer = await client().completions.create({ model: gateway.chatModel, prompt: 'hello there' });
  assert.equal(answer.choices[0].text, 'Stand-in answer to: hello there');
});

test('embeddings come back the same in both encodings', async () => {
  const ask = (more) => client().embeddings.create({ model: gateway.embeddingModel, input: ['one', 'two'], dimensions: 8, ...more });
  const packed = await ask({});
  const plain = await ask({ encoding_format: 'float' });
  assert.equal(packed.data.length, 2);
  assert.equal(packed.data[0].embedding.length, 8);
  packed.data.forEach((item, index) => item.embedding.forEach((value, place) =>
    assert.ok(Math.abs(value - plain.data[index].embedding[place]) < 1e-6)));
  assert.notDeepEqual(packed.data[0].embedding, packed.data[1].embedding);
});

test('the models that may be used are listed', async () => {
  const models = await collect(await client().models.list());
  assert.ok(models.some((model) => model.id === gateway.chatModel));
  assert.ok(models.every((model) => model.object === 'model'));
});

test('a wrong key is an authentication error', async () => {
  await assert.rejects(client(`${gateway.key}x`).chat.completions.create(say('hello')), OpenAI.AuthenticationError);
});

test('an unknown model is a not-found error', async () => {
  await assert.rejects(client().chat.completions.create(say('hello', { model: 'no-such-model' })), OpenAI.NotFoundError);
});

test('a refusal is the permission error of the client, with the reason', { skip: gateway.needsGateway }, async () => {
  await assert.rejects(client(gateway.blockedKey).chat.completions.create(say('hello')), (error) => {
    assert.ok(error instanceof OpenAI.PermissionDeniedError, String(error));
    assert.match(JSON.stringify(error.error), gateway.refusal);
    assert.ok(error.message.length > 4, 'it says why');
    return true;
  });
});

test('a refused stream is the same error before any chunk', { skip: gateway.needsGateway }, async () => {
  await assert.rejects(client(gateway.blockedKey).chat.completions.create(say('hello', { stream: true })), OpenAI.PermissionDeniedError);
});

test('a refusal is not tried again', { skip: gateway.needsGateway }, async () => {
  const decisions = [];
  const counting = new OpenAI({
    baseURL: `${gateway.url}/v1`,
    apiKey: gateway.blockedKey,
    maxRetries: 3,
    fetch: async (...request) => {
      const response = await fetch(...request);
      decisions.push(response.headers.get('gateway-decision'));
      return response;
    },
  });
  await assert.rejects(counting.chat.completions.create(say('hello')), OpenAI.PermissionDeniedError);
  assert.equal(decisions.length, 1);
  assert.notEqual(decisions[0], 'allow');
});
