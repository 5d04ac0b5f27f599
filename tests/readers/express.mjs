// Says what Express understood of a request. Query and forms are read by qs, as by default in Express 4; the rest has the defaults of 5.
import express from 'express';
import methodOverride from 'method-override';

const app = express();
app.set('query parser', 'extended');
app.use(express.json({ strict: false }));
app.use(express.urlencoded({ extended: true }));
app.use(methodOverride('X-HTTP-Method-Override'));
app.use(methodOverride('_method'));
app.use(methodOverride((request) => request.body?._method));

const text = (value) => (value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(value) : String(value));
const says = (operation) => (request, response) =>
  response.json({
    operation,
    id: text(request.params.id),
    scope: text(request.query.scope),
    text: text(request.body?.text),
    amount: text(request.body?.amount),
  });

app.get('/contacts', says('list-contacts'));
app.get('/contacts/export', says('export-contacts'));
app.get('/contacts/:id', says('get-contact'));
app.delete('/contacts', says('delete-contacts'));
app.delete('/contacts/:id', says('delete-contact'));
app.delete('/contacts/:id/notes', says('delete-notes'));
app.delete('/forms', says('delete-forms'));
app.post('/contacts/:id/notes', says('add-note'));
app.post('/forms', says('send-form'));
app.use((error, request, response, next) => response.status(error.status ?? 500).json({ operation: null }));

const server = app.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0)); // Ends with whoever started it.
