import { briefText } from './brief.ts';
import { isNameWord, tidy } from './name.ts';
import { isInline } from './run.ts';

/** `maybe`: a sender if it is no sentence; nobody is in focus by it, nor beside it. */
export type Label = 'sender' | 'maybe' | 'recipient' | 'reply';

const SENDER = new Set(
  'from,sender,requester,requested by,reporter,von,absender,de,expéditeur,da,mittente,remitente,remetente,van,afzender,från,fra,fra:,lähettäjä,od,nadawca,odesílatel,feladó,gönderen,kimden,от,отправитель,від,από,差出人,送信者,发件人,寄件者,寄件人,보낸 사람,보낸사람,מאת,من'.split(
    ',',
  ),
);
const RECIPIENT = new Set(
  'to,recipient,recipients,an,empfänger,à,a,al,destinataire,destinatario,destinatários,para,aan,ontvanger,till,til,vastaanottaja,do,adresat,komu,címzett,kime,alıcı,кому,получатель,προς,宛先,收件人,받는 사람,받는사람,אל,إلى,cc,bcc,ccn,cci,cco,kopie,kopia,copie,copia,копия,копія,抄送,密送,참조'.split(
    ',',
  ),
);
const REPLY = new Set(
  'reply-to,reply to,antwort an,antworten an,répondre à,rispondi a,responder a,responder para,antwoord aan,antwoorden aan,svar till,svara till,svar til,vastausosoite,odpowiedz do,odpověď na,yanıtla,yanıt adresi,ответить,кому ответить,відповісти,返信先,回复,回复地址,回覆,回覆地址,답장,답장 주소'.split(
    ',',
  ),
);

/** What a label such as `From:` or `差出人：` says of the people beside it. */
export function readLabel(text: string): Label | undefined {
  if (text.length > 24) return undefined;
  const word = text
    .replace(/[\s:：]+$/, '')
    .trim()
    .toLowerCase();
  if (SENDER.has(word)) return 'sender';
  if (RECIPIENT.has(word)) return 'recipient';
  return REPLY.has(word) ? 'reply' : undefined;
}

const AT_START = /^\s*([\p{L}-]+(?: \p{L}+)?)\s?[:：]/u;

/** A label at the start of a text, set off by a colon: `From: Ann <`. */
export function labelAtStart(text: string): Label | undefined {
  const match = AT_START.exec(text);
  return match?.[1] ? readLabel(match[1]) : undefined;
}

/** Whether what stands between a label and an address is a name, or nothing: not `From: 10 Euro, tickets at`. */
export function isNames(between: string): boolean {
  const text = tidy(between).replace(/^[:：]/, '');
  if (text.endsWith('<')) return text.length < 60 && !/[@:：]/.test(text);
  return (
    text.length < 60 && text.split(/[\s,;·|•–—/"'<>()[\]-]+/).every((word) => word === '' || isNameWord(word))
  );
}

/** The label of the line that a short text ends with: `To: ` of a header in several lines. `cut`: it begins within a line. */
export function labelBefore(text: string, cut = false): Label | undefined {
  if (!text.includes(':') && !text.includes('：')) return undefined;
  let end = text.length;
  for (let n = 0; n < 3; n++) {
    const begin = text.lastIndexOf('\n', end - 1) + 1;
    if (begin === 0 && cut) return undefined;
    const line = text.slice(begin, end);
    const match = AT_START.exec(line);
    if (match?.[1]) {
      const label = readLabel(match[1]);
      const rest = text.slice(begin + match[0].length);
      const behind = rest.slice(rest.lastIndexOf('@') + 1);
      const last = behind === rest ? rest : behind.replace(/^\S*/, '');
      return label === 'recipient' || isNames(last) ? label : undefined;
    }
    if (begin === 0 || (n > 0 && line.trim() === '')) return undefined;
    end = begin - 1;
  }
  return undefined;
}

/** A node's text if it is short enough for a label; of a long one, only that it is not. */
function textOf(node: Node): string {
  const first = node.nodeType === 1 ? node.firstChild : node;
  if (first?.nodeType === 3 && (first as Text).data.length > 120) return '-'.repeat(25);
  return briefText(node, 200).trim();
}

/** `dt` before a `dd`, first cell of a row. */
function cellLabel(element: Element): Label | undefined {
  if (element.tagName === 'DD') {
    for (let e = element.previousElementSibling, n = 0; e && n < 50; e = e.previousElementSibling, n++) {
      if (e.tagName === 'DT') return readLabel(textOf(e));
    }
    return undefined;
  }
  const first = element.parentElement?.firstElementChild;
  return first && first !== element && first.childElementCount < 3 ? readLabel(textOf(first)) : undefined;
}

/** Walks back over what is in line with the node; a block counts only when it stands directly before. */
function siblingLabel(start: Node): Label | undefined {
  let near = true;
  let named = true;
  /** Of a sender only the name stands between. */
  const unless = (label: Label | undefined) => (named || label === 'recipient' ? label : undefined);
  for (let node = start.previousSibling, n = 0; node && n < 40; node = node.previousSibling, n++) {
    if (node.nodeType === 3) {
      const text = textOf(node);
      if (text === '') continue;
      // Without its colon, "from" in a sentence is no label, and may be one where it begins; "to" does no harm.
      const bare = readLabel(text);
      const maybe =
        bare === 'sender' && !(node.previousSibling && briefText(node.previousSibling, 200).trim())
          ? 'maybe'
          : undefined;
      const label = labelBefore(text) ?? (bare === 'recipient' ? bare : maybe);
      if (label || text.length > 24) return unless(label);
      named &&= isNames(text);
      near = false;
    } else if (node.nodeType === 1) {
      const inline = isInline(node as Element);
      // A highlighted part of a word is no label.
      if ((!inline && !near) || node.nodeName === 'MARK') return undefined;
      const label = node.childNodes.item(8) ? undefined : readLabel(textOf(node));
      if (label || !inline) return unless(label);
      near = false;
    }
  }
  return undefined;
}

/** The label a node stands under, looking up to four levels out. `firm`: the markup says so, not just words. */
export function labelOf(node: Node): { label: Label; firm: boolean } | undefined {
  let at: Node | null = node;
  for (let level = 0; at && level < 6; level++, at = at.parentElement) {
    const element: Element | undefined = at.nodeType === 1 ? (at as Element) : undefined;
    const tag = element?.tagName;
    if (tag === 'BODY') return undefined;
    const aria = element?.getAttribute('aria-label');
    const spoken = aria ? labelAtStart(aria) : undefined;
    if (spoken) return { label: spoken, firm: true };
    const cell = element && (tag === 'DD' || tag === 'TD') ? element : undefined;
    const label = cell ? cellLabel(cell) : siblingLabel(at);
    if (label) {
      const place = element ?? at.parentElement;
      return { label, firm: cell !== undefined || place?.closest('header,h1,h2,h3,h4,dl') != null };
    }
    if (cell || tag === 'LI' || tag === 'ARTICLE' || tag === 'TR') return undefined;
  }
  return undefined;
}

/** Author by the markup's own word: `rel=author`, `itemprop=author`, `p-author`, a byline. */
export function isAuthor(element: Element): boolean {
  return element.closest('[rel~="author"],[itemprop~="author"],.p-author,.byline') !== null;
}
