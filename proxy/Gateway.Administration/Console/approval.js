// One approval: all of what is to be approved, and the vote on exactly that.
import { failure, follow, get, h, may, now, say, send, turn, who } from './api.js';
import { digestOf, foreign, readView, show } from './view.js';

export const ENDINGS = {
  pending: 'waits for people',
  approved: 'approved, not used yet',
  denied: 'denied',
  expired: 'expired',
  consumed: 'approved and used',
  revoked: 'taken back',
};

/** Words for how long is left, of one width while they count. */
export function left(until) {
  const seconds = Math.floor((Date.parse(until) - now()) / 1000);
  if (seconds < 0) return 'no time left';
  const two = (number) => String(number).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes >= 120
    ? `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min left`
    : `${two(minutes)} min ${two(seconds % 60)} s left`;
}

/** Counts down what is on the page: in its place, and not read out. */
export const countdown = (until) => h('span', { class: 'left', 'data-until': until }, left(until));

setInterval(() => {
  for (const place of document.querySelectorAll('[data-until]')) place.textContent = left(place.dataset.until);
}, 1000);

/** What came in waits behind a button, so that nothing moves under the pointer. */
export function news(showAsync) {
  const place = h('div', { class: 'news', role: 'status' });
  const seen = new Set();
  return {
    place,
    add(id) {
      seen.add(id);
      const words = `Show ${seen.size} new`;
      const there = place.querySelector('button');
      if (there) there.textContent = words;
      else place.append(h('button', { type: 'button', click: showAsync }, words));
    },
  };
}

/** Why the one who is signed in can't decide about it. */
export function whyNot(one) {
  if (one.state !== 'pending') return `There is nothing to decide any more: it is ${ENDINGS[one.state]}.`;
  const groups = one.groups.join(', ') || 'none of now';
  return (
    {
      role_missing: "You lack the role 'approver': have a tenant-admin give it to you.",
      own_agent: 'The agent is your own: somebody else has to decide.',
      not_in_groups: `You aren't in a group that decides about it (${groups}): '${who()?.person}' isn't one of its members.`,
      already_voted: 'You have voted on it: one person has one vote.',
      ended: 'There is nothing to decide any more.',
    }[one.why_not] ?? ''
  );
}

/** @returns What ends its stream. */
export async function approvalPage(id, route, ended, notice = '') {
  const path = `/approvals/${encodeURIComponent(id)}`;
  const one = await get(path);
  const shown = await viewAsync(path, one);
  const fresh = news(() => route());
  turn(
    `Approval ${one.id}`,
    notice ? h('p', { role: 'alert', class: 'problem' }, notice) : null,
    fresh.place,
    facts(one),
    h('h2', {}, 'What is to be approved'),
    ...shown.content,
    h('h2', {}, 'Votes'),
    votes(one),
    decision(path, one, shown, route, ended),
    revocation(path, one, route, ended)
  );
  return follow({
    changed: (subject) => subject === one.id && fresh.add(one.id),
    opened: async () => {
      const found = await get(path);
      if (found.state !== one.state || found.votes.length !== one.votes.length) fresh.add(one.id);
    },
    ended,
  });
}

const name = (label, ...value) => [h('dt', {}, label), h('dd', {}, ...value)];

function facts(one) {
  return h(
    'dl',
    { class: 'facts' },
    ...name('State', h('strong', { id: 'state' }, ENDINGS[one.state])),
    ...(one.state === 'pending' || one.state === 'approved'
      ? name(one.state === 'pending' ? 'To decide' : 'To be used', countdown(one.expires_at), ` (until ${time(one.expires_at)})`)
      : []),
    ...name('Agent', foreign(one.agent)),
    ...name('Gates', foreign(one.gates.join(', '))),
    ...name('Decided by', foreign(one.groups.join(', ') || 'no group of now')),
    ...name('Said yes', `${one.approved_by} of ${one.needed}`),
    ...name('Asked', time(one.at)),
    ...name('Digest of the action', h('code', {}, one.action_sha256)),
    ...name('Decision', h('code', {}, one.decision_id)),
    ...(one.used_by ? name('Used by', h('code', {}, one.used_by)) : [])
  );
}

const time = (text) => new Date(text).toLocaleString();

/** The bytes, their digest and what they say; or why they can't be shown, and then nothing can be approved. */
async function viewAsync(path, one) {
  if (!may('approver', 'auditor', 'security-admin')) {
    return { content: [h('p', {}, 'What is to be approved is for approver, auditor or security-admin: you are none of these.')], ends: [] };
  }
  if (!globalThis.crypto?.subtle) {
    const where = 'Open this page by https://, or by http://127.0.0.1 or http://localhost on the instance.';
    return { content: [h('p', { role: 'alert' }, `This browser can't hash what it shows over an open connection. ${where}`)], ends: [] };
  }
  const bytes = new Uint8Array(await (await send('GET', `${path}/view`)).arrayBuffer());
  const digest = await digestOf(bytes);
  try {
    const root = readView(bytes);
    const { element, ends } = show(root);
    const differs = digest !== one.view_sha256;
    return {
      digest,
      ends,
      content: [
        differs ? h('p', { role: 'alert' }, "These bytes aren't what the approval names: a vote on them will not be counted.") : null,
        element,
        h('dl', {}, ...name('Digest of these bytes', h('code', { id: 'digest' }, digest))),
      ].filter(Boolean),
    };
  } catch (problem) {
    const why = `What is to be approved can't be shown, so it can't be approved: ${problem.message}.`;
    return { content: [h('p', { role: 'alert', class: 'problem' }, foreign(why))], ends: [] };
  }
}

function votes(one) {
  return one.votes.length
    ? h(
        'ul',
        { class: 'list', id: 'votes' },
        ...one.votes.map((vote) =>
          h('li', {}, foreign(`${vote.person}: ${vote.vote}, ${time(vote.at)}`), h('span', { class: 'type' }, foreign(vote.reason)))
        )
      )
    : h('p', {}, 'Nobody has voted.');
}

/** A button that says why it does nothing, where it does nothing; it can be reached by the keyboard all the same. */
function actor(words, label, act) {
  const why = h('span', { id: `${words}-why`, class: 'type' });
  const button = h('button', { type: 'button', id: words, 'aria-describedby': why.id }, label);
  let closed = '';
  button.addEventListener('click', () => (closed ? say(closed) : act(button)));
  return {
    element: h('div', {}, button, why),
    close(text) {
      closed = text;
      why.textContent = text;
      if (text) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    },
  };
}

/** A reason's field, with what went wrong under it, and the one way that a change is sent. */
function sender(id, label, route, ended) {
  const input = h('input', { id, maxlength: '500', required: true, 'aria-required': 'true', autocomplete: 'off' });
  const problems = h('div');
  return {
    field: h('p', {}, h('label', { for: id }, label), input),
    problems,
    async sendAsync(button, path, body, done) {
      if (input.value.trim() === '') {
        input.setAttribute('aria-invalid', 'true');
        problems.replaceChildren(h('p', { role: 'alert', class: 'problem' }, 'Nothing was sent: say why, in the field for the reason.'));
        input.focus();
        return;
      }
      input.removeAttribute('aria-invalid');
      if (button.dataset.busy) return;
      button.dataset.busy = 'yes';
      try {
        await send('POST', path, { ...body, reason: input.value });
        say(done);
        await route();
      } catch (problem) {
        if (problem.status === 401) ended();
        else if (problem.code === 'view_changed')
          await route(`${problem.message} It was read anew: look at it again. No vote was counted.`);
        else problems.replaceChildren(failure(problem));
      } finally {
        delete button.dataset.busy;
      }
    },
  };
}

function decision(path, one, shown, route, ended) {
  const reason = sender('reason', 'Reason for your vote (required)', route, ended);
  const vote = (word, done) => (button) =>
    reason.sendAsync(button, `${path}/votes`, { vote: word, view_sha256: shown.digest }, done);
  const deny = actor('deny', 'Deny', vote('deny', 'Your no is counted.'));
  const approve = actor('approve', 'Approve', vote('approve', 'Your yes is counted.'));
  const why = one.you_may ? (shown.digest && shown.ends.length ? '' : "What can't be shown can't be voted on here.") : whyNot(one);
  deny.close(why);
  approve.close(why);
  if (!why) openOnceSeen(shown.ends, approve);
  return h(
    'section',
    { 'aria-labelledby': 'decide' },
    h('h2', { id: 'decide' }, 'Decide'),
    why ? null : reason.field,
    reason.problems,
    h('div', { class: 'row' }, deny.element, approve.element)
  );
}

/** Every end of it, also of what is scrolled by itself, must have been on screen. */
function openOnceSeen(ends, approve) {
  const unseen = new Set(ends);
  const tell = () => {
    const ends = unseen.size === 1 ? '1 end' : `${unseen.size} ends`;
    approve.close(unseen.size === 0 ? '' : `Opens once all of it was on screen: ${ends} to go. Scroll there.`);
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting && unseen.delete(entry.target)) observer.unobserve(entry.target);
    }
    tell();
  });
  tell();
  for (const end of ends) observer.observe(end);
}

function revocation(path, one, route, ended) {
  const isDecider = may('approver') && !['role_missing', 'own_agent', 'not_in_groups'].includes(one.why_not);
  if (!(one.state === 'pending' || one.state === 'approved') || !(may('security-admin') || isDecider)) return null;
  const reason = sender('revoke-reason', 'Reason for taking it back (required)', route, ended);
  const act = (button) => reason.sendAsync(button, `${path}/revocation`, {}, 'It is taken back.');
  return h(
    'section',
    { 'aria-labelledby': 'take-back' },
    h('h2', { id: 'take-back' }, 'Take it back'),
    h('p', {}, 'Until it is used it can be taken back; the agent then has to ask again.'),
    reason.field,
    reason.problems,
    actor('revoke', 'Take it back', act).element
  );
}
