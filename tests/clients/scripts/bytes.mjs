// No client at all: how bodies come and how answers end, which every client rests on.

import { request } from 'node:http';
import { run } from '../steps.mjs';

const url = new URL(`${process.env.OPENAI_BASE_URL}/chat/completions`);
const say = (content, more = {}) => JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }], ...more });
const image = (bytes) => [
  { type: 'text', text: 'what is it' },
  { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(bytes)}` } },
];

/** Sends the pieces as they are. @returns status, how the body was framed, its length, and whether it came to its end */
function send(pieces, headers = {}, leaveAfter = Infinity) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${process.env.OPENAI_API_KEY}`, 'content-type': 'application/json', ...headers },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      let [events, bytes, rest] = [0, 0, ''];
      const done = () =>
        resolve({
          status: answer.statusCode,
          type: answer.headers['content-type'],
          sized: 'content-length' in answer.headers,
          encoding: answer.headers['content-encoding'],
          whole: answer.complete,
          left: bytes >= leaveAfter,
          ...(bytes >= leaveAfter ? {} : { events }),
        });
      answer.on('data', (data) => {
        bytes += data.length;
        const text = rest + data.toString('latin1');
        events += text.split('data: ').length - 1;
        rest = text.slice(-5); // The mark may lie across two pieces; so much of it is no whole one.
        if (bytes >= leaveAfter) {
          answer.destroy();
        }
      });
      answer.on('error', () => {});
      answer.on('close', done);
    });
    pieces.forEach((piece) => outgoing.write(piece));
    outgoing.end();
  });
}

const sized = (text) => send([text], { 'content-length': Buffer.byteLength(text) });
const halves = (text) => [text.slice(0, 20), text.slice(20)];

await run({
  'sized body': () => sized(say('hello')),
  'chunked body': () => send(halves(say('hello'))),
  'text beyond ASCII': () => sized(say('Grüße 世界 🙂 \\u00e9')),
  '1,000 events': () => sized(say('!words 1000', { stream: true })),
  '1 MB with an image': () => sized(say(image(1_000_000))),
  '20 MB with an image': () => sized(say(image(20_000_000))),
  'answer of 5 MB': () => sized(say('!big 5000000')),
  'answer cut in its middle': () => sized(say('!half')),
  'stream cut in its middle': () => sized(say('!half', { stream: true })),
  'stream that fails': () => sized(say('!fail', { stream: true })),
  'client leaves a stream': () => send([say('!endless', { stream: true })], {}, 2000),
  'client that takes compressed answers': () => send([say('hello')], { 'accept-encoding': 'gzip' }),
  'error 429': () => sized(say('!error 429')),
  'error 500': () => sized(say('!error 500')),
});
