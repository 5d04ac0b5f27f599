// A mail server that says, a line of JSON each, what it was given. Refuses whoever has no password, or another, where it is to ask for one.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [mode, key, cert] = process.argv.slice(2); // starttls, implicit, or plain, which offers neither TLS nor passwords.
const server = new SMTPServer({
  ...(mode === 'plain' ? {} : { key: readFileSync(key), cert: readFileSync(cert) }),
  secure: mode === 'implicit',
  disabledCommands: mode === 'plain' ? ['STARTTLS', 'AUTH'] : [],
  authOptional: mode === 'plain',
  logger: false,
  onAuth: (auth, session, callback) =>
    auth.username === 'gateway' && auth.password === 'correct horse' ? callback(null, { user: auth.username }) : callback(new Error('no')),
  onRcptTo: (address, session, callback) => {
    if (address.address.startsWith('refused@')) {
      const error = new Error('No such mailbox, secret-of-the-server');
      error.responseCode = 550;
      callback(error);
      return;
    }

    callback();
  },
  onData: (stream, session, callback) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      console.log(
        JSON.stringify({
          user: session.user ?? '',
          secure: session.secure,
          from: session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map((one) => one.address),
          raw: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      callback();
    });
  },
});
server.on('error', () => {}); // Whoever hangs up is no reason to end.
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
process.stdin.resume().on('end', () => process.exit(0)); // Ends with whoever started it.
