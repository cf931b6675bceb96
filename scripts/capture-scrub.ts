import { decodeCloudflare } from '../utils/detect/obfuscated.ts';
import type { Part, Piece } from './capture-read.ts';
import { tellingWords, type Words } from './capture-words.ts';

/** What makes up a page's structure: kept as it is, unless it names somebody. */
const STRUCTURE =
  /^(?:class|id|role|type|dir|lang|tabindex|colspan|rowspan|scope|hidden|open|contenteditable|rel|itemprop|itemscope|itemtype|property|typeof|charset|translate|draggable|for|headers|http-equiv|aria-(?:expanded|hidden|level|haspopup|selected|checked|live|posinset|setsize|controls|labelledby|describedby|owns|current|pressed|multiselectable|colindex|rowindex|activedescendant|disabled|readonly|busy|atomic|modal|orientation|sort)|data-(?:testid|test-id|test|qa|cy|action|view|type|role|state|field|control-name|anonymize))$/;
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

/** All texts of a page and of its attributes, for whoever needs to know which words it has. */
export function textsIn(piece: Piece): string[] {
  if (typeof piece === 'string') return [piece];
  const values = piece.attributes.flatMap(([name, value]) =>
    STRUCTURE.test(name) || DROPPED.test(name) || isField(piece.tag, name) ? [] : [decoded(value)],
  );
  return [...values, ...piece.inside.flatMap(textsIn), ...(piece.shadow ?? []).flatMap(textsIn)];
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
  const identifiers = (name: string, value: string) =>
    value
      .split(/(\s+)/)
      .map((one) => (name !== 'class' && OPAQUE.test(one) ? words.opaque(one) : token(one)));
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
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, visit(one, name)]));
  };
  try {
    return JSON.stringify(visit(JSON.parse(json))).replaceAll('<', '\\u003c');
  } catch {
    return '';
  }
}

/** What makes up the structure, where a word of the page may stand by chance. */
export function structureIn(piece: Piece): string[] {
  if (typeof piece === 'string') return [];
  const values = piece.attributes.flatMap(([name, value]) => {
    if (isField(piece.tag, name)) return [name, value];
    if (ADDRESSES.test(name)) return [name, ...(value.match(/[^?#&=;]+(?==)/g) ?? [])];
    return STRUCTURE.test(name) ? [name, value] : [name];
  });
  const json = piece.tag === 'script' ? piece.inside.filter((one) => typeof one === 'string').join('') : '';
  const keys = json.match(/"[^"]*"(?=\s*:)|"@(?:type|context)"\s*:\s*"[^"]*"/g) ?? [];
  const inside = [...piece.inside, ...(piece.shadow ?? [])];
  return [...keys, piece.tag, ...values, ...inside.flatMap(structureIn)];
}

/** Words of the page that are left in a fixture, other than by chance in what makes up its structure. */
export function leftIn(html: string, texts: readonly string[], structure: readonly string[]): string[] {
  const out = new Set(tellingWords(html));
  const may = new Set(structure.flatMap(tellingWords));
  return [...new Set(texts.flatMap(tellingWords))].filter((word) => out.has(word) && !may.has(word));
}
