// What all pages share: calls of /admin/v1, elements without markup, who is signed in, and the stream of what changes.
import { foreign } from './view.js';

const ROOT = '/admin/v1';

let session = null;
let offset = 0;

/** Why a call did nothing, as the problem document says it. */
export class Problem extends Error {
  constructor(status, body, wait) {
    super(body.detail ?? `The answer was ${status}.${wait ? ` The next try is in ${wait} s.` : ''}`);
    Object.assign(this, { status, code: body.code ?? '', remedy: body.remedy ?? '', request: body.request_id ?? '' });
  }
}

/** By the server's clock. */
export const now = () => Date.now() + offset;

export const who = () => session;

export const may = (...roles) => roles.some((role) => session?.roles.includes(role));

export async function send(method, path, body) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && session) headers['Gateway-Csrf'] = session.csrf;
  let answer;
  try {
    answer = await fetch(ROOT + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem(0, { detail: "Gateway can't be reached: nothing is known of what became of it.", remedy: 'Look again when it can.' });
  }
  const date = Date.parse(answer.headers.get('Date') ?? '');
  if (!Number.isNaN(date)) offset = date - Date.now();
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Problem(answer.status, said, answer.headers.get('Retry-After'));
}

export const get = async (path) => (await send('GET', path)).json();

/** An element; what is among its children as a string becomes text, never markup. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== false && value !== undefined) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Puts a page's content in the place of the one before, and its heading into focus. */
export function turn(title, ...content) {
  document.title = `${title} · Gateway`;
  const heading = h('h1', { tabindex: '-1' }, title);
  document.querySelector('main').replaceChildren(heading, ...content.filter(Boolean));
  heading.focus();
}

export const say = (text) => {
  document.getElementById('outcome').textContent = text;
};

/** All that is known of what went wrong, where it is read out. */
export function failure(problem) {
  if (!(problem instanceof Problem)) throw problem;
  return h(
    'div',
    { role: 'alert', class: 'problem' },
    h('p', {}, h('strong', {}, 'Not done. '), foreign(problem.message)),
    problem.remedy ? h('p', {}, foreign(problem.remedy)) : null,
    problem.code ? h('p', { class: 'type' }, `${problem.code}${problem.request ? `, request ${problem.request}` : ''}`) : null
  );
}

/** The session's, or null where nobody is signed in. */
export async function findSession() {
  try {
    session = await get('/session');
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    session = null;
  }
  header();
  return session;
}

/** A form that keeps what was typed, but for secrets. `done` gets the answer. */
function form(fields, button, sendAsync, done) {
  const problems = h('div');
  const inputs = fields.map(([name, label, attributes, hint]) => ({
    name,
    label,
    hint,
    input: h('input', { id: name, name, required: true, 'aria-describedby': hint ? `${name}-hint` : undefined, ...attributes }),
  }));
  const submit = h('button', { type: 'submit' }, button);
  return h(
    'form',
    {
      submit: async (event) => {
        event.preventDefault();
        if (submit.getAttribute('aria-disabled')) return;
        submit.setAttribute('aria-disabled', 'true');
        try {
          const values = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value]));
          session = await (await sendAsync(values)).json();
          header();
          say(`Signed in as ${session.name}.`);
          done();
        } catch (problem) {
          for (const { input } of inputs) if (input.type === 'password') input.value = '';
          problems.replaceChildren(failure(problem));
        } finally {
          submit.removeAttribute('aria-disabled');
        }
      },
    },
    ...inputs.map(({ name, label, hint, input }) =>
      h('p', {}, h('label', { for: name }, label), input, hint ? h('span', { id: `${name}-hint`, class: 'type' }, hint) : null)
    ),
    problems,
    submit
  );
}

export function signIn(done, why = '') {
  session = null;
  header();
  turn(
    'Sign in',
    why ? h('p', { role: 'alert' }, why) : null,
    form(
      [
        ['tenant', 'Tenant', { autocomplete: 'organization', autocapitalize: 'none', spellcheck: 'false' }],
        ['name', 'Name', { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' }],
        ['password', 'Password', { type: 'password', autocomplete: 'current-password' }],
      ],
      'Sign in',
      (values) => send('POST', '/sign-in', values),
      done
    ),
    h('p', {}, 'Nobody has an operator yet? ', h('a', { href: '/console/setup' }, 'Make the first one.'))
  );
}

export function setUp(done) {
  turn(
    'Make the first operator',
    h('p', {}, 'The key comes from ', h('code', {}, 'gateway operators setup --tenant acme'), ' on the instance. It is good once.'),
    form(
      [
        ['key', 'Key', { autocomplete: 'off', spellcheck: 'false' }],
        ['name', 'Name', { autocomplete: 'username', autocapitalize: 'none' }, "Of 'a-z 0-9 . _ -': you sign in with it."],
        ['person', 'Person', { autocomplete: 'name' }, 'As governance documents name you.'],
        ['password', 'Password', { type: 'password', autocomplete: 'new-password' }, 'Some words that nobody would put together.'],
      ],
      'Make the operator',
      (values) => send('POST', '/setup', values),
      done
    )
  );
}

function header() {
  const place = document.getElementById('who');
  place.replaceChildren();
  if (!session) return;
  place.append(
    h('span', {}, foreign(`${session.name} of ${session.tenant}`), h('span', { class: 'type' }, session.roles.join(', ') || 'no role')),
    h('button', { type: 'button', click: signOut }, 'Sign out')
  );
}

async function signOut() {
  try {
    await send('DELETE', '/session');
  } catch (problem) {
    if (problem.status !== 401) {
      document.querySelector('main').prepend(failure(problem));
      return;
    }
  }
  location.reload();
}

/**
 * Follows what changes of approvals: `changed` gets the id of one; `opened` looks for what changed while nobody listened; `ended` is called
 * where the session is no more.
 */
export function follow({ changed, opened, ended }) {
  const place = document.getElementById('live');
  let stream = null;
  const lost = () => {
    if (!place.textContent.startsWith('not')) place.textContent = `not live since ${new Date(now()).toLocaleTimeString()}`;
  };
  const open = () => {
    stream = new EventSource(`${ROOT}/events`);
    stream.addEventListener('open', () => {
      place.textContent = 'live';
      opened().catch(() => {}); // Whatever it was, the next change or the next opening tells.
    });
    stream.addEventListener('error', async () => {
      lost();
      // The browser comes again by itself, unless it was told no.
      const mine = stream;
      const found = await get('/session').catch((problem) => problem);
      if (found.status === 401) {
        stop();
        ended();
      } else if (mine === stream && mine?.readyState === EventSource.CLOSED) {
        setTimeout(() => mine === stream && open(), 3000);
      }
    });
    for (const kind of ['approval_asked', 'approval_voted', 'approval_used', 'approval_ended']) {
      stream.addEventListener(kind, (event) => changed(JSON.parse(event.data).subject));
    }
  };
  const stop = () => {
    stream?.close();
    stream = null;
    document.removeEventListener('visibilitychange', turned);
    place.textContent = '';
  };
  // A browser has few connections for all its pages: one that nobody sees holds none.
  const turned = () => {
    if (!document.hidden) open();
    else {
      stream?.close();
      stream = null;
      lost();
    }
  };
  document.addEventListener('visibilitychange', turned);
  if (!document.hidden) open();
  return stop;
}
