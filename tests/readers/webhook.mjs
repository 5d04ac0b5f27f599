// Says what the library of Standard Webhooks makes of a message: whether its signature is good by the secret, and what is in it.
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const seen = [];
let answers = []; // For the next messages; then 200 where the signature is good, and 400 where it isn't.

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    if (request.url === '/_seen') {
      response.end(JSON.stringify(seen));
      return;
    }

    if (request.url.startsWith('/_answer/')) {
      answers = request.url.slice('/_answer/'.length).split(',').map(Number);
      response.end();
      return;
    }

    let valid = true;
    try {
      new Webhook(process.argv[2]).verify(body, request.headers);
    } catch {
      valid = false;
    }

    seen.push({ id: request.headers['webhook-id'] ?? '', valid, body, path: request.url });
    response.statusCode = answers.shift() ?? (valid ? 200 : 400);
    response.setHeader('location', '/elsewhere');
    response.end('x'.repeat(1000));
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0)); // Ends with whoever started it.
