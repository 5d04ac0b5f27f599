import { Agent, OpenAIConversationsSession, run as runAgent, setOpenAIAPI, setTracingDisabled, tool } from '@openai/agents';
import { z } from 'zod';
import { run } from '../steps.mjs';

setTracingDisabled(true);
const weather = tool({
  name: 'weather',
  description: 'The weather.',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => `sunny in ${city}`,
});
const agent = (more) => new Agent({ name: 'Helper', instructions: 'Be kind.', model: 'gpt-5-mini', ...more });
const asker = agent({ tools: [weather] });
const other = agent({ name: 'Weather', tools: [weather] });
const triage = Agent.create({ name: 'Triage', instructions: 'Hand over.', model: 'gpt-5-mini', handoffs: [other] });
const ask = async (who, input, more) => {
  const done = await runAgent(who, input, more);
  return { output: done.finalOutput, last: done.lastAgent?.name, items: done.newItems.map((item) => item.type) };
};

await run({
  answer: () => ask(agent(), 'hello there'),
  tool: () => ask(asker, 'please use the tool'),
  handoff: () => ask(triage, 'use the tool transfer_to_Weather with {}'),
  object: () => ask(agent({ outputType: z.object({ city: z.string() }) }), 'an object'),
  'second turn': async () => {
    const first = await runAgent(asker, 'please use the tool');
    return ask(asker, [...first.history, { role: 'user', content: 'and again' }]);
  },
  'second turn by previous id': async () => {
    const first = await runAgent(asker, 'please use the tool');
    return ask(asker, 'and again', { previousResponseId: first.lastResponseId });
  },
  'second turn in a conversation': async () => {
    const session = new OpenAIConversationsSession();
    await runAgent(asker, 'hello there', { session });
    return ask(asker, 'and again', { session });
  },
  stream: async () => {
    const stream = await runAgent(asker, 'please use the tool', { stream: true });
    await stream.completed;
    return { output: stream.finalOutput };
  },
  'unstored reasoning': () =>
    ask(
      agent({
        tools: [weather],
        modelSettings: { store: false, reasoning: { effort: 'low' }, providerData: { include: ['reasoning.encrypted_content'] } },
      }),
      'please use the tool',
    ),
  chat: async () => {
    setOpenAIAPI('chat_completions');
    return ask(asker, 'please use the tool');
  },
});
