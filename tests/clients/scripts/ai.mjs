import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { embed, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { run } from '../steps.mjs';

const openai = createOpenAI({ baseURL: process.env.OPENAI_BASE_URL });
const anthropic = createAnthropic({ baseURL: `${process.env.ANTHROPIC_BASE_URL}/v1` });
const tools = { weather: tool({ inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => `sunny in ${city}` }) };
const schema = z.object({ city: z.string(), degrees: z.number() });
const brief = ({ text, finishReason, usage, toolCalls, steps }) => ({
  text,
  finishReason,
  usage,
  toolCalls: toolCalls?.length,
  steps: steps?.map((step) => [step.finishReason, step.text]),
});

const models = {
  chat: openai.chat('gpt-4o-mini'),
  responses: openai.responses('gpt-4o-mini'),
  reasoning: openai.responses('gpt-5-mini'),
  anthropic: anthropic('claude-sonnet-4-5'),
};
const steps = {};
for (const [name, model] of Object.entries(models)) {
  const ask = { model, maxRetries: 0 };
  steps[`${name}: text`] = async () => brief(await generateText({ ...ask, prompt: 'hello there' }));
  steps[`${name}: stream`] = async () => {
    let failure;
    const stream = streamText({
      ...ask,
      prompt: 'hello there',
      onError: ({ error }) => {
        failure = error;
      },
    });
    const text = await Promise.resolve(stream.text).catch((error) => {
      throw failure ?? error;
    });
    return { text, usage: await stream.usage };
  };
  steps[`${name}: tool`] = async () =>
    brief(await generateText({ ...ask, tools, stopWhen: stepCountIs(3), prompt: 'please use the tool' }));
  steps[`${name}: object`] = async () => (await generateText({ ...ask, output: Output.object({ schema }), prompt: 'an object' })).output;
  steps[`${name}: second turn`] = async () => {
    const messages = [{ role: 'user', content: 'hello there' }];
    const first = await generateText({ ...ask, messages });
    const more = first.responseMessages ?? first.response.messages;
    return brief(await generateText({ ...ask, messages: [...messages, ...more, { role: 'user', content: 'and again' }] }));
  };
}

steps['reasoning: unstored tool'] = async () =>
  brief(
    await generateText({
      model: models.reasoning,
      maxRetries: 0,
      tools,
      stopWhen: stepCountIs(3),
      prompt: 'please use the tool',
      providerOptions: { openai: { store: false, include: ['reasoning.encrypted_content'], reasoningEffort: 'low' } },
    }),
  );
steps['anthropic: thinking tool'] = async () =>
  brief(
    await generateText({
      model: models.anthropic,
      maxRetries: 0,
      tools,
      stopWhen: stepCountIs(3),
      prompt: 'please use the tool',
      providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2000 } } },
    }),
  );
steps.embedding = async () =>
  (await embed({ model: openai.embedding('text-embedding-3-small'), value: 'one', maxRetries: 0 })).embedding.length;

await run(steps);
