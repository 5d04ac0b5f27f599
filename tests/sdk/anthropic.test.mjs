import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import * as gateway from './environment.mjs';

const client = (apiKey = gateway.anthropicKey) => new Anthropic({ baseURL: gateway.anthropicUrl, apiKey, maxRetries: 0 });
const say = (content, more = {}) => ({ model: gateway.claudeModel, max_tokens: 64, messages: [{ role: 'user', content }], ...more });
const tools = [{
  name: 'weather',
  description: 'The weather of a city.',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}];

async function collect(stream) {
  const events = [];
  for await (const event of stream) {
    events.push(event);
  }
  return events;
}

test('a message comes back whole', async () => {
  const answer = await client().messages.create(say('hello there'));
  assert.equal(answer.content[0].text, 'Stand-in answer to: hello there');
  assert.equal(answer.stop_reason, 'end_turn');
  assert.equal(answer.usage.input_tokens, 2);
});

test('a key in x-api-key, as older clients send it, is as good as a bearer', async () => {
  const older = new Anthropic({ baseURL: gateway.anthropicUrl, apiKey: null, defaultHeaders: { 'x-api-key': gateway.anthropicKey }, maxRetries: 0 });
  const answer = await older.messages.create(say('hello there'));
  assert.equal(answer.content[0].text, 'Stand-in answer to: hello there');
});

test('a token limit cuts the answer', async () => {
  const answer = await client().messages.create(say('hello there', { max_tokens: 2 }));
  assert.equal(answer.stop_reason, 'max_tokens');
  assert.equal(answer.usage.output_tokens, 2);
});

test('a stream gives its events in order', async () => {
  const events = await collect(await client().messages.create(say('hello there', { stream: true })));
  const types = events.map((event) => event.type).filter((type) => type !== 'ping');
  assert.equal(types[0], 'message_start');
  assert.equal(types[1], 'content_block_start');
  assert.deepEqual(types.slice(-3), ['content_block_stop', 'message_delta', 'message_stop']);
  const text = events.filter((event) => event.type === 'content_block_delta').map((event) => event.delta.text).join('');
  assert.equal(text, 'Stand-in answer to: hello there');
});

test('a stream gives the final message', async () => {
  const message = await client().messages.stream(say('Grüße 世界 !chunk 7')).finalMessage();
  assert.equal(message.content[0].text, 'Stand-in answer to: Grüße 世界 !chunk 7');
  assert.equal(message.stop_reason, 'end_turn');
  assert.ok(message.usage.output_tokens > 1);
});

test('a tool call makes its round', async () => {
  const asked = say('please use the tool', { tools });
  const first = await client().messages.create(asked);
  const call = first.content.find((block) => block.type === 'tool_use');
  assert.equal(first.stop_reason, 'tool_use');
  assert.equal(call.name, 'weather');
  assert.equal(typeof call.input.city, 'string');

  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] };
  const second = await client().messages.create({ ...asked, messages: [...asked.messages, { role: 'assistant', content: first.content }, result] });
  assert.equal(second.content[0].text, 'The tool said: sunny');
});

test('a streamed tool call is put together by the client', async () => {
  const message = await client().messages.stream(say('please use the tool', { tools })).finalMessage();
  assert.deepEqual(message.content[0].input, { city: 'standin' });
});

test('tokens are counted', async () => {
  const { model, messages } = say('hello there');
  const count = await client().messages.countTokens({ model, messages, system: 'be kind' });
  assert.equal(count.input_tokens, 4);
});

test('the models that may be used are listed', async () => {
  const models = await collect(client().models.list());
  assert.ok(models.some((model) => model.id === gateway.claudeModel));
  assert.ok(models.every((model) => model.type === 'model'));
});

test('a wrong key is an authentication error', async () => {
  await assert.rejects(client(`${gateway.anthropicKey}x`).messages.create(say('hello')), Anthropic.AuthenticationError);
});

test('an unknown model is a not-found error', async () => {
  await assert.rejects(client().messages.create(say('hello', { model: 'no-such-model' })), Anthropic.NotFoundError);
});

test('a refusal is the permission error of the client, with the reason', { skip: gateway.needsGateway }, async () => {
  await assert.rejects(client(gateway.blockedKey).messages.create(say('hello')), (error) => {
    assert.ok(error instanceof Anthropic.PermissionDeniedError, String(error));
    assert.match(JSON.stringify(error.error), gateway.refusal);
    return true;
  });
});

test('a refused stream is the same error before any event', { skip: gateway.needsGateway }, async () => {
  await assert.rejects(client(gateway.blockedKey).messages.create(say('hello', { stream: true })), Anthropic.PermissionDeniedError);
});
