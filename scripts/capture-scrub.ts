import { decodeCloudflare } from '../utils/detect/obfuscated.ts';
import type { Part, Piece } from './capture-read.ts';
import type { Words } from './capture-words.ts';

/** What makes up a page's structure: kept as it is, unless it names somebody. */
const STRUCTURE =
  /^(?:class|id|role|type|dir|lang|tabindex|colspan|rowspan|scope|hidden|open|contenteditable|rel|itemprop|itemscope|itemtype|property|typeof|charset|translate|draggable|for|headers|http-equiv|aria-(?:expanded|hidden|level|haspopup|selected|checked|live|posinset|setsize|controls|labelledby|describedby|owns|current|pressed|multiselectable|colindex|rowindex|activedescendant|disabled|readonly|busy|atomic|modal|orientation|sort)|data-(?:testid|test-id|test|qa|cy|action|view|type|role|state|field|control-name|anonymize))$/;
/** Of these the browser itself, or a standard, says what they may be. */
const KEYWORDS =
  /^(?:role|type|dir|lang|rel|itemprop|itemtype|property|typeof|charset|translate|http-equiv|scope|contenteditable|aria-(?:expanded|hidden|level|haspopup|selected|checked|live|posinset|setsize|current|pressed|multiselectable|colindex|rowindex|disabled|readonly|busy|atomic|modal|orientation|sort))$/;
/** Of these, what somebody or something on the page is called by: kept only where any site could call it so. */
const GIVEN = /^(?:id|for|headers|aria-(?:controls|labelledby|describedby|owns|activedescendant)|data-.*)$/;
const ADDRESSES = /^(?:href|src|action|formaction|cite|data-href|data-url|data-src)$/;
const FIELD = /^(?:input|textarea|select|button|form|meta|iframe|map|slot|fieldset)$/;
const DROPPED =
  /^(?:on.*|style|srcset|sizes|srcdoc|integrity|nonce|ping|background|poster|crossorigin|loading)$/;
const VOID = /^(?:area|br|col|hr|img|input|meta|wbr)$/;
/** A long or mixed run that only a machine reads. */
const OPAQUE = /\d{5}|[\w-]{25}|[a-z]\d[a-z]\d/i;

/** Names of fields, and the files of the site's own scripts, which a site may be known by. */
const isField = (tag: string, name: string) =>
  (name === 'name' && FIELD.test(tag)) || (name === 'src' && tag === 'script');

const escapeText = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u00a0', '&nbsp;');
const escapeValue = (text: string) => escapeText(text).replaceAll('"', '&quot;');

/** All that a page says in its texts and attributes, apart from what makes up its structure. `kept`: hosts that stay. */
export function textsIn(piece: Piece, kept: ReadonlySet<string> = new Set(), within = ''): string[] {
  if (typeof piece === 'string') return within === 'script' ? valuesIn(piece, kept) : [piece];
  const values = piece.attributes.flatMap(([name, value]) => {
    if (STRUCTURE.test(name) || DROPPED.test(name) || isField(piece.tag, name)) return [];
    if (name === 'data-cfemail') return decodeCloudflare(value) ?? [];
    return ADDRESSES.test(name) ? saidIn(value, kept) : decoded(value);
  });
  const inside = [...piece.inside, ...(piece.shadow ?? [])];
  return [...values, ...inside.flatMap((one) => textsIn(one, kept, piece.tag))];
}

/** What an address of a page says: without what is before its path where that stays, and names of its query. */
export function saidIn(url: string, kept: ReadonlySet<string>): string[] {
  const hidden = /email-protection#([\da-f]+)$/i.exec(url)?.[1];
  if (hidden !== undefined) return [decodeCloudflare(hidden) ?? ''];
  const host = URL.parse(url)?.hostname ?? '';
  const path = kept.has(host) ? url.replace(/^\w+:\/\/[^/?#]*/, '') : url.replace(/^\w+:/, '');
  return [decoded(path.replace(/[^?#&=;]+=/g, ' '))];
}

/** The values in a script's data. */
function valuesIn(json: string, kept: ReadonlySet<string>): string[] {
  const visit = (value: unknown, key = ''): string[] => {
    if (typeof value === 'string') {
      if (/^@(?:type|context)$/.test(key)) return [];
      return /^(?:https?:|mailto:)/i.test(value) ? saidIn(value, kept) : [value];
    }
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, one]) => visit(one, name));
  };
  try {
    return visit(JSON.parse(json));
  } catch {
    // Nothing of it is written.
    return [];
  }
}

/** The identifiers of a page: classes, ids and the like. */
export function tokensIn(piece: Piece): string[] {
  if (typeof piece === 'string') return [];
  const own = piece.attributes.flatMap(([name, value]) => (STRUCTURE.test(name) ? value.split(/\s+/) : []));
  return [...own, ...[...piece.inside, ...(piece.shadow ?? [])].flatMap(tokensIn)];
}

/** An address of a page without what it tells: the host if it is `kept`, short words of its path, names of its query. */
export function scrubUrl(url: string, words: Words, kept: ReadonlySet<string>): string {
  const mail = /^(\s*mailto:)(.*)$/is.exec(url);
  if (mail) return mail[1] + encodeURI(words.text(decoded(mail[2] ?? '')));
  const hidden = /^(.*email-protection#)([\da-f]+)$/i.exec(url);
  if (hidden) return `${hidden[1]}${cloudflare(hidden[2] ?? '', words)}`;
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z\d+.-]*:)?(\/\/[^/?#]*)?(.*)$/is.exec(url) ?? [];
  if (scheme !== '' && !/^https?:$/i.test(scheme)) return '#';
  const name = host
    .slice(2)
    .replace(/^.*@|:\d+$/g, '')
    .toLowerCase();
  const own = host === '' || kept.has(name);
  const site = own ? host.replace(/^\/\/.*@/, '//') : `//${words.domain(name)}`;
  const path = rest.replace(/[^/?#&=;]+/g, (part, at: number) =>
    segment(decoded(part), own && rest[at + part.length] === '=', words),
  );
  return scheme + site + path;
}

/** `named`: a field of the site's own query. */
function segment(part: string, named: boolean, words: Words): string {
  const isName = named && /^[\w-]{1,20}$/.test(part) && words.isClean(part);
  if (isName || words.text(part) === part) return encodeURIComponent(part);
  return encodeURIComponent(part.includes('@') ? words.text(part) : words.opaque(part));
}

function cloudflare(hex: string, words: Words): string {
  const address = decodeCloudflare(hex);
  if (address === undefined) return words.opaque(hex);
  const bytes = Buffer.from(words.address(address));
  return Buffer.from([0x5a, ...bytes.map((byte) => byte ^ 0x5a)]).toString('hex');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A captured page as a fixture's text. `frames`: what its frames show, in their order. */
export function scrub(
  page: Part,
  words: Words,
  kept: ReadonlySet<string>,
  frames: readonly string[] = [],
): string {
  const token = (one: string) => (words.isClean(one) ? one : words.opaque(one));
  const identifier = (name: string, one: string): string => {
    if (KEYWORDS.test(name)) return one;
    const given = GIVEN.test(name) && (OPAQUE.test(one) || !words.isCommon(one));
    return given || !words.isUnsaid(one) ? words.opaque(one) : token(one);
  };
  const identifiers = (name: string, value: string) =>
    value.split(/(\s+)/).map((one) => identifier(name, one));
  const attribute = (tag: string, [name, value]: [string, string]): string => {
    if (DROPPED.test(name) || (name === 'src' && tag !== 'script')) return '';
    let text: string;
    if (STRUCTURE.test(name)) text = identifiers(name, value).join('');
    else if (ADDRESSES.test(name)) text = scrubUrl(value, words, kept);
    else if (name === 'data-cfemail') text = cloudflare(value, words);
    else if (isField(tag, name))
      text = name === 'src' ? value.replace(/^\w+:\/\/[^/]*|[?#].*$/g, '') : token(value);
    else text = words.text(decoded(value));
    return ` ${token(name)}="${escapeValue(text)}"`;
  };
  const write = (piece: Piece, within = ''): string => {
    if (typeof piece === 'string')
      return within === 'script' ? data(piece, words, kept) : escapeText(words.text(piece));
    const { tag, attributes, look, inside, shadow, frame } = piece;
    const all = attributes.map((one) => attribute(tag, one));
    const page = frame === undefined ? undefined : frames[frame];
    if (page !== undefined) all.push(` srcdoc="${escapeValue(page)}"`);
    if (look) all.push(` style="${escapeValue(look)}"`);
    if (tag === 'script' && inside.length === 0 && !attributes.some(([name]) => name === 'src')) return '';
    const open = `<${tag}${all.join('')}>`;
    if (VOID.test(tag)) return open;
    const root = shadow
      ? `<template shadowrootmode="open">${shadow.map((one) => write(one)).join('')}</template>`
      : '';
    return `${open}${root}${inside.map((one) => write(one, tag)).join('')}</${tag}>`;
  };
  return `<!doctype html>\n${write(page)}\n`;
}

/** JSON with every text in it scrubbed; its keys and types say what it is. */
function data(json: string, words: Words, kept: ReadonlySet<string>): string {
  const visit = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (/^@(?:type|context)$/.test(key)) return value;
      return /^(?:https?:|mailto:)/i.test(value) ? scrubUrl(value, words, kept) : words.text(value);
    }
    if (typeof value === 'number') return 1;
    if (Array.isArray(value)) return value.map((one) => visit(one, key));
    if (typeof value !== 'object' || value === null) return value;
    const named = (name: string) =>
      /^[@$\w:.-]{1,40}$/.test(name) && words.isClean(name) ? name : words.text(name);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [named(name), visit(one, name)]));
  };
  try {
    return JSON.stringify(visit(JSON.parse(json))).replaceAll('<', '\\u003c');
  } catch {
    return '';
  }
}
