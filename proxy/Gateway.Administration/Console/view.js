// What is to be approved, read and shown exactly: numbers as they stand in the bytes, and every character that one wouldn't see spelt out.

const DEEPEST = 512;

// Long enough to be scrolled by itself; it is shown whole all the same.
const LONG = 2000;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LIKE_OTHERS = /^(?:-?[0-9][0-9.eE+-]*|true|false|null|[[{].*)$/s;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

// Controls, formats (zero-width, bidi), separators, halves of pairs, private use, unassigned, what is ignored by default, and spaces that
// aren't the space.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** Reads JSON (RFC 8259) into nodes. A number is its text. Throws a SyntaxError where it isn't JSON, or where two members have one name. */
export function readJson(text) {
  let at = 0;
  const fail = (what) => {
    throw new SyntaxError(`${what} at character ${at}`);
  };
  const skip = () => {
    while (at < text.length && ' \t\n\r'.includes(text[at])) at++;
  };
  const expect = (word) => {
    if (!text.startsWith(word, at)) fail(`'${word}' is missing`);
    at += word.length;
  };

  function string() {
    expect('"');
    let read = '';
    for (;;) {
      if (at >= text.length) fail('A text has no end');
      const letter = text[at++];
      if (letter === '"') return read;
      if (letter < ' ') fail('A text has a control character');
      if (letter !== '\\') {
        read += letter;
        continue;
      }
      const escape = text[at++];
      if (escape === 'u') {
        const digits = text.slice(at, at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail('An escape is none');
        read += String.fromCharCode(parseInt(digits, 16));
        at += 4;
      } else if (Object.hasOwn(ESCAPES, escape ?? '')) {
        read += ESCAPES[escape];
      } else {
        fail('An escape is none');
      }
    }
  }

  function number() {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text);
    if (!found) fail('A value is missing');
    at += found[0].length;
    return { type: 'number', text: found[0] };
  }

  function list(close, depth, each) {
    at++;
    skip();
    if (text[at] === close) {
      at++;
      return;
    }
    for (;;) {
      each(depth);
      skip();
      if (text[at] === close) {
        at++;
        return;
      }
      expect(',');
    }
  }

  function value(depth) {
    if (depth > DEEPEST) fail('It is nested too deeply');
    skip();
    switch (text[at]) {
      case '{': {
        const members = new Map();
        list('}', depth, (inner) => {
          skip();
          const name = string();
          if (members.has(name)) fail('Two members have one name');
          skip();
          expect(':');
          members.set(name, value(inner + 1));
        });
        return { type: 'object', members };
      }
      case '[': {
        const items = [];
        list(']', depth, (inner) => items.push(value(inner + 1)));
        return { type: 'array', items };
      }
      case '"':
        return { type: 'text', text: string() };
      case 't':
        expect('true');
        return { type: 'boolean', text: 'true' };
      case 'f':
        expect('false');
        return { type: 'boolean', text: 'false' };
      case 'n':
        expect('null');
        return { type: 'null', text: 'null' };
      default:
        return number();
    }
  }

  const root = value(0);
  skip();
  if (at !== text.length) fail('Something follows');
  return root;
}

/** Parts of a text: what is seen as it is, and what isn't as `U+…`. */
export function partsOf(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(UNSEEN)) {
    if (found.index > from) parts.push({ seen: true, text: text.slice(from, found.index) });
    const code = found[0].codePointAt(0);
    parts.push({ seen: false, text: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, breaks: code === 10 });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ seen: true, text: text.slice(from) });
  return parts;
}

/** The leaves in their order, each with its JSON pointer (RFC 6901). */
export function leavesOf(node, pointer = '', into = []) {
  const inner =
    node.type === 'object' ? [...node.members] : node.type === 'array' ? node.items.map((item, index) => [`${index}`, item]) : [];
  if (inner.length === 0) {
    into.push({ pointer, node });
    return into;
  }
  for (const [name, child] of inner) {
    leavesOf(child, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, into);
  }
  return into;
}

/** Lower-case hexadecimal digits of the SHA-256 of exactly these bytes. */
export async function digestOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Throws where the bytes aren't UTF-8, or aren't JSON. */
export const readView = (bytes) => readJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));

/** Foreign text: no markup, no link, nothing shortened, its direction kept in. */
export function foreign(text, name = 'span') {
  const element = document.createElement(name);
  element.className = 'foreign';
  element.dir = 'ltr';
  for (const part of partsOf(text)) {
    if (part.seen) {
      element.append(part.text);
      continue;
    }
    const mark = document.createElement('span');
    mark.className = 'mark';
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', `character ${part.text} that isn't seen`);
    mark.textContent = part.text;
    element.append(mark, part.breaks ? '\n' : '');
  }
  return element;
}

/** @returns {{element: HTMLElement, ends: HTMLElement[]}} All of it, and what must have been on screen for all of it to have been. */
export function show(root) {
  const element = document.createElement('dl');
  element.className = 'view';
  const ends = [];
  for (const { pointer, node } of leavesOf(root)) {
    const term = document.createElement('dt');
    term.append(foreign(pointer === '' ? '(the whole)' : pointer));
    element.append(term, detail(node, pointer, ends));
  }
  ends.push(element.lastElementChild.appendChild(end()));
  return { element, ends };
}

function detail(node, pointer, ends) {
  const element = document.createElement('dd');
  if (node.type === 'object' || node.type === 'array') {
    element.append(type(`empty ${node.type}`));
    return element;
  }
  const value = foreign(node.text, node.type === 'text' ? 'pre' : 'code');
  value.classList.add('value', node.type);
  if (node.text.length > LONG) {
    value.classList.add('long');
    value.tabIndex = 0;
    value.setAttribute('role', 'region');
    value.setAttribute('aria-label', `All of ${pointer}: scroll to its end`);
    ends.push(value.appendChild(end()));
  }
  const said = words(node);
  element.append(value, ...(said ? [type(said)] : []));
  return element;
}

/** What it is, where it doesn't look it. */
function words(node) {
  if (node.type !== 'text') return node.type;
  if (node.text === '') return 'empty text';
  const letters = [...node.text].length;
  const unseen = partsOf(node.text).filter((part) => !part.seen).length;
  if (unseen > 0) return `text of ${letters} characters, ${unseen} of them not seen as such: spelt out as U+…`;
  return letters > LONG ? `text of ${letters} characters` : LIKE_OTHERS.test(node.text) ? 'text' : '';
}

function type(text) {
  const element = document.createElement('span');
  element.className = 'type';
  element.textContent = text;
  return element;
}

function end() {
  const element = document.createElement('span');
  element.className = 'end';
  return element;
}
