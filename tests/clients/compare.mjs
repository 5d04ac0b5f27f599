// Compares what one step did directly with what it did through Gateway. What may differ is listed in differences.json.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const listed = JSON.parse(readFileSync(join(import.meta.dirname, 'differences.json'), 'utf8'));
const patterns = listed.patterns.map(([pattern, word]) => [new RegExp(pattern, 'g'), word]);

/** @param line a step's line, as its process printed it. @param home the process' own folder */
export function normalise(line, home) {
  let text = line.replaceAll(home, 'HOME').replaceAll(home.replaceAll(/[^A-Za-z0-9]/g, '-'), 'HOME');
  for (const [pattern, word] of patterns) {
    text = text.replace(pattern, word);
  }

  return JSON.parse(text);
}

/** @returns {{verdict: 'same'|'differs'|'refused'|'missing'|'fails directly', how: string[]}} */
export function compare(step, direct, through) {
  const found = compareAll(direct, through);
  const how = found.how.filter((change) => !isListed(step, change));
  const isMissing = Object.keys(listed.missing).some((steps) => whole(steps).test(step));
  if (!isMissing) {
    return found.verdict === 'differs' && how.length === 0 ? { verdict: 'same', how } : { ...found, how };
  }

  return found.verdict === 'same' ? { verdict: 'differs', how: ['it is listed as missing, and works'] } : { verdict: 'missing', how: [] };
}

const whole = (pattern) => new RegExp(`^(${pattern})$`);
const isListed = (step, said) => listed.changes.some(({ steps, change }) => whole(steps).test(step) && whole(change).test(said));

function compareAll(direct, through) {
  if (through === undefined || direct === undefined) {
    return { verdict: 'differs', how: ['the step was not reached'] };
  }

  if (through.error && !direct.error) {
    return { verdict: 'refused', how: [`${through.error.status ?? through.error.type}: ${through.error.message}`] };
  }

  const how = [
    ...received(direct.received, through.received),
    ...changes('returned', direct.returned, through.returned),
    ...errors(direct, through),
  ];
  const failing = direct.error && direct.error.status === undefined;
  return failing ? { verdict: 'fails directly', how: [direct.error.message] } : { verdict: how.length ? 'differs' : 'same', how };
}

function errors(direct, through) {
  return direct.error && direct.error.status !== through.error?.status
    ? [`error ${direct.error.status} became ${through.error?.status ?? 'an answer'}`]
    : [];
}

function received(direct, through) {
  if (direct.length !== through.length) {
    return [`${direct.length} requests became ${through.length}`];
  }

  return direct.flatMap((request, i) => [
    ...changes('target', target(request), target(through[i])),
    ...headers(request.headers, through[i].headers),
    ...changes('body', body(request), body(through[i])).filter((change) => !(change.split(' ')[1].split('.')[0] in listed.members)),
  ]);
}

/** A listed name that ends in a star stands for all that begin so. */
const mayDiffer = (name) =>
  Object.keys(listed.headers).some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));

const target = (request) => `${request.method} ${request.target}`;

function body(request) {
  try {
    return JSON.parse(request.body);
  } catch {
    return request.body.replace(/-{4,}[\w-]*\d{6,}[\w-]*/g, 'BOUNDARY');
  }
}

function headers(direct, through) {
  const names = [...new Set([...Object.keys(direct), ...Object.keys(through)])].filter((name) => !mayDiffer(name));
  return names.flatMap((name) => {
    const [before, after] = [direct[name]?.join(', '), through[name]?.join(', ')];
    return before === after
      ? []
      : [`header ${name} ${after === undefined ? 'is dropped' : before === undefined ? 'is new' : `${before} -> ${after}`}`];
  });
}

/** Every place where two JSON values differ. */
function changes(what, before, after, place = '') {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }

  const isObject = (value) => value !== null && typeof value === 'object';
  if (!isObject(before) || !isObject(after)) {
    return [`${what} ${place || 'whole'} ${short(before)} -> ${short(after)}`];
  }

  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changes(what, before[name], after[name], place ? `${place}.${name}` : name)); // All of them: some may be listed.
}

const short = (value) => (value === undefined ? 'absent' : JSON.stringify(value).slice(0, 120));
