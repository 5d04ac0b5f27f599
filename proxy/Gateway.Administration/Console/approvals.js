// Which page it is, and the inbox: what waits for people, the most urgent first.
import { failure, findSession, follow, get, h, may, say, setUp, signIn, turn, who } from './api.js';
import { approvalPage, countdown, ENDINGS, news, whyNot } from './approval.js';
import { foreign } from './view.js';

const MOST_PAGES = 5;

let stop = () => {};

async function listPending() {
  const items = [];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const list = await get(`/approvals?state=pending&limit=200${cursor}`);
    items.push(...list.items);
    if (!list.next) return { items, isAll: true };
    cursor = `&cursor=${list.next}`;
  }
  return { items, isAll: false };
}

const link = (one) => h('a', { href: `/console/approvals/${encodeURIComponent(one.id)}` }, `${one.agent}: ${one.gates.join(', ')}`);

function row(one) {
  const pending = one.state === 'pending';
  return h(
    'li',
    { 'data-id': one.id },
    h('div', {}, link(one), ' ', pending ? countdown(one.expires_at) : ENDINGS[one.state]),
    h(
      'span',
      { class: 'type' },
      foreign(`${one.id}, asked ${new Date(one.at).toLocaleString()}`),
      ` · ${one.approved_by} of ${one.needed} said yes · decided by ${one.groups.join(', ') || 'no group of now'}`
    ),
    pending && !one.you_may ? h('span', { class: 'type' }, whyNot(one)) : null
  );
}

async function inboxPage() {
  const [pending, recent] = await Promise.all([listPending(), get('/approvals?limit=50')]);
  pending.items.sort((a, b) => Date.parse(a.expires_at) - Date.parse(b.expires_at));
  const others = h('ul', { class: 'list' }, ...recent.items.filter((one) => one.state !== 'pending').map(row));
  const fresh = news(async () => {
    await route();
    say('The list is as of now.');
  });
  turn(
    'Approvals',
    fresh.place,
    h('h2', {}, `Waiting: ${pending.items.length}${pending.isAll ? '' : ' and more'}`),
    pending.items.length ? h('ul', { class: 'list', id: 'pending' }, ...pending.items.map(row)) : empty(),
    h('h2', {}, 'Decided or over'),
    others.childElementCount ? others : h('p', {}, 'None yet.'),
    recent.next ? more(others, recent.next) : null
  );
  const shown = new Map(pending.items.map((one) => [one.id, one.votes.length]));
  stop = follow({
    changed: fresh.add,
    opened: async () => {
      const { items } = await listPending();
      const now = new Map(items.map((one) => [one.id, one.votes.length]));
      for (const id of new Set([...shown.keys(), ...now.keys()])) if (shown.get(id) !== now.get(id)) fresh.add(id);
    },
    ended,
  });
}

const empty = () =>
  h(
    'p',
    { id: 'empty' },
    'Nothing waits for people. What an agent does comes here when a document of the kind ApprovalGate sends it to a group that decides. ',
    'On the instance, ',
    h('code', {}, `gateway approvals list --tenant ${who().tenant}`),
    ' shows the same.'
  );

function more(list, cursor) {
  const button = h('button', { type: 'button', click: loadAsync }, 'Show older ones');
  async function loadAsync() {
    try {
      const page = await get(`/approvals?limit=50&cursor=${cursor}`);
      list.append(...page.items.filter((one) => one.state !== 'pending').map(row));
      cursor = page.next;
      if (!cursor) button.remove();
    } catch (problem) {
      button.before(failure(problem));
    }
  }
  return button;
}

const ended = () => {
  stop();
  signIn(() => route(), 'Your session has ended. Nothing that you typed was sent.');
};

/** Shows what the address names: again after each sign-in, and where somebody asks for what is new. */
export async function route(notice = '') {
  stop();
  stop = () => {};
  const [, , page, id] = location.pathname.split('/');
  try {
    if (page === 'setup') {
      setUp(welcome);
    } else if (!(await findSession())) {
      signIn(() => route());
    } else if (id) {
      stop = await approvalPage(decodeURIComponent(id), route, ended, notice);
    } else {
      await inboxPage();
    }
  } catch (problem) {
    if (problem.status === 401) ended();
    else turn('Approvals', failure(problem), h('button', { type: 'button', click: () => route() }, 'Try again'));
  }
}

function welcome() {
  turn(
    `You are ${who().name}`,
    h('p', {}, `You are the first operator of ${who().tenant}: ${who().roles.join(', ')}.`),
    may('approver')
      ? null
      : h('p', {}, 'To approve, somebody needs the role approver: add people by POST /admin/v1/operators. Nobody changes their own roles.'),
    h('p', {}, h('a', { href: '/console/approvals' }, 'To the approvals'))
  );
}

await route();
