// One chat completion that people must approve, by the official client as it is. Says a line for each thing that happens, and tries again
// whenever it is told to: node approval.mjs. Run by the tests of the gateway.
import { createInterface } from 'node:readline';
import OpenAI from 'openai';
import * as gateway from './environment.mjs';

const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key });
const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
for (;;) {
  try {
    const answer = await client.chat.completions.create({ model: gateway.chatModel, messages: [{ role: 'user', content: 'hello there' }] });
    console.log(`answer ${answer.choices[0].message.content}`);
    break;
  } catch (error) {
    if (!(error instanceof OpenAI.PermissionDeniedError) || error.code !== 'approval_required') {
      throw error;
    }
    console.log(`refused ${error.message}`);
    if ((await told.next()).done) {
      break;
    }
  }
}
process.exit();
