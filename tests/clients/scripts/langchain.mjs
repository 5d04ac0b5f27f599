import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';
import { collect, run } from '../steps.mjs';

const weather = tool(async ({ city }) => `sunny in ${city}`, {
  name: 'weather',
  description: 'The weather.',
  schema: z.object({ city: z.string() }),
});
const configuration = { baseURL: process.env.OPENAI_BASE_URL };
const make = (more) => new ChatOpenAI({ model: 'gpt-4o-mini', maxRetries: 0, configuration, ...more });
const models = {
  chat: make({}),
  responses: make({ useResponsesApi: true }),
  reasoning: make({ model: 'gpt-5-mini', useResponsesApi: true, reasoning: { effort: 'low' } }),
};
const brief = ({ content, tool_calls, usage_metadata }) => ({ content, tool_calls, usage_metadata });
const steps = {};
for (const [name, model] of Object.entries(models)) {
  steps[`${name}: invoke`] = async () => brief(await model.invoke('hello there'));
  steps[`${name}: stream`] = async () => (await collect(await model.stream('hello there'))).map(({ content }) => content);
  steps[`${name}: tool`] = async () => {
    const asked = [new HumanMessage('please use the tool')];
    const first = await model.bindTools([weather]).invoke(asked);
    const result = new ToolMessage({ content: 'sunny', tool_call_id: first.tool_calls[0].id });
    return brief(await model.bindTools([weather]).invoke([...asked, first, result]));
  };
  steps[`${name}: object`] = () => model.withStructuredOutput(z.object({ city: z.string() })).invoke('an object');
  steps[`${name}: graph`] = async () => {
    const agent = createReactAgent({ llm: model, tools: [weather] });
    return (await agent.invoke({ messages: [new HumanMessage('please use the tool')] })).messages.map(({ content }) => content);
  };
}

steps.embedding = async () =>
  (await new OpenAIEmbeddings({ model: 'text-embedding-3-small', maxRetries: 0, configuration }).embedQuery('one')).length;

await run(steps);
