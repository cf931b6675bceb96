import { labelAtStart, readLabel } from './labels.ts';
import { contains, type Mark, rootOf } from './marks.ts';
import { cleanName, isPersonName, tidy } from './name.ts';
import { spells } from './obfuscated.ts';

/** Parts of a page that are no message's, and what nobody reads. */
const APART =
  'head,nav,button,select,textarea,script,style,noscript,template,[hidden],a[href^="#"],[role="banner"],[role="navigation"],[role="toolbar"],[role="button"],[role="menu"],[role="option"],[role="row"],[role="treeitem"]';
/** Beside a header that its markup says is one, lists and columns are of other messages. */
const ASIDE = `${APART},aside,li,[role="listitem"]`;
const HEADING = 'h1,h2,h3,h4,h5,h6';
/** What a header says besides who is who. */
const OTHER =
  /^(?:subject|date|sent|betreff|datum|gesendet|objet|envoyé|asunto|fecha|enviado|oggetto|data|inviato|assunto|onderwerp|verzonden|ämne|emne|temat|тема|дата|件名|日付|日時|主题|日期|제목|날짜)\s?(?:[:：]|$)/i;
const FORWARDED = /^[-_]{3,}|forwarded message/i;
/** Texts that are looked at. */
const TEXTS_MAX = 200;

/** A form's own `closest` may be a field of it. */
const within = (node: Node | null, selector: string): Element | null =>
  node?.parentElement ? Element.prototype.closest.call(node.parentElement, selector) : null;
const BLOCK = ':not(a,b,i,em,font,strong,span,label,small,u)';

/** Whether lines in front of an address are a header's, and the last labelled one its sender's. */
function isHeaderText(text: string): boolean {
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  const labelled = lines.filter((line) => labelAtStart(line) || OTHER.test(line.trim()));
  const last = labelled.at(-1);
  return (
    lines.length - labelled.length < 2 &&
    lines[0] === labelled[0] &&
    !!last &&
    labelAtStart(last) === 'sender'
  );
}

/**
 * Whether the sender's label may be the header of what the page shows, rather than a part of a text that somebody
 * else sent: in words, only where nothing but headings and other lines of a header stand above; by its markup
 * (`firm`), where nobody's name does. Reads from the top, and mostly no further than a few texts.
 * @param others names that may stand there, as the recipients'
 */
export function* isOnTop(
  sender: Mark,
  firm: boolean,
  others: ReadonlySet<string>,
): Generator<undefined, boolean> {
  const { element, name = '', why, address = '' } = sender;
  const root = rootOf(element.ownerDocument);
  if (!root) return false;
  const apart = firm ? ASIDE : APART;
  const walker = element.ownerDocument.createTreeWalker(root, 5, (node) => {
    if (node.nodeType === 3 || node.nodeName === 'BR') return NodeFilter.FILTER_ACCEPT;
    const skipped = Element.prototype.matches.call(node, apart) && !contains(node, element);
    return skipped ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  /** The sender's own, as far as it is one: brackets and initials say nothing. */
  const isTheirs = (text: string): boolean => {
    const called = cleanName(text) ?? '';
    return called.length < 3 || (name !== '' && (name.includes(called) || called.includes(name)));
  };
  let told = labelAtStart(element.closest('[aria-label]')?.getAttribute('aria-label') ?? '') === 'sender';
  /** It has nothing in it but them. */
  const isWhole =
    !/^(?:text|obfuscated)$/.test(why) || element.tagName === 'A' || !element.childNodes.item(1);
  /** Where another line of the header began. */
  let line: Element | null = null;
  for (let n = 0; n < TEXTS_MAX; n++) {
    if (n % 10 === 9) yield;
    const node = walker.nextNode();
    if (!node) return false;
    if (node.nodeType !== 3) {
      line = null;
      continue;
    }
    const { data } = node as Text;
    const text = tidy(data.slice(0, 200));
    if (text === '') continue;
    if (contains(element, node) && (isWhole || data.includes('@') || spells(data))) {
      const at = data.slice(0, 1000).toLowerCase().indexOf(address);
      return firm || told || isHeaderText(data.slice(0, at < 0 ? 200 : at));
    }
    if (FORWARDED.test(text)) return false;
    const label = readLabel(text) ?? labelAtStart(text);
    const block = within(node, BLOCK);
    if (label === 'sender' && !told) {
      told = true;
      if (readLabel(text) || isTheirs(text.replace(/^[^:：]*[:：]/, '')) || firm) continue;
    } else if (told ? isTheirs(text) : label || OTHER.test(text)) {
      line = block;
      continue;
    } else if (!told && line && (block === line || within(node, 'dd,td')?.previousElementSibling === line)) {
      continue;
    } else if (
      isPersonName(text) ? isTheirs(text) || others.has(text) : firm || (!told && within(node, HEADING))
    ) {
      continue;
    }
    if ((node.parentElement ?? element).checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      return false;
  }
  return false;
}
