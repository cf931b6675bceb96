import { createHmac, randomBytes } from 'node:crypto';
import { findAddresses } from '../utils/detect/address.ts';

/** Words that say what something is: labels that recipes and the engine go by, times, and names of products. */
const LABELS = `from to cc bcc reply reply-to sender recipient recipients subject date sent received via on at dot wrote
  von an absender empfänger betreff datum kopie antwort antworten de à a expéditeur destinataire destinatario objet da
  mittente remitente remetente para van aan afzender från till fra til lähettäjä od do nadawca kime kimden от кому кому
  від από προς 差出人 宛先 发件人 收件人 寄件者 보낸사람 받는사람
  mail email message messages inbox outbox drafts spam trash archive folder folders search compose conversation thread
  account accounts profile contact contacts person people author authors posted comment comments connect follow following
  followers about company work works working team office phone address website home menu settings help close open more
  less show hide details forward forwarded delete attachment attachments attached new unread read starred important
  click here write send list lists group groups yes no the and or of in is for with by me you your my our us this that
  view photo picture avatar image icon button link online status active name first last title job role
  google gmail outlook microsoft office yahoo proton fastmail icloud zoho roundcube linkedin github twitter webmail
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun today yesterday am pm
  feb apr jul sep oct nov dec minute minutes hour hours day days week weeks month months year years ago
  http https mailto www example protection
  u sales lead feed messaging posts activity recent show task action
  she her he him they them mr mrs ms dr prof`;
const ALLOWED = new Set(LABELS.split(/\s+/).flatMap((word) => [word, ...word.split('-')]));

/** Letters of a kind, to take others from. */
const KINDS: [RegExp, string][] = [
  [/\p{Script=Han}/u, '山川田中村木林森石水火土金日月花草竹雨雪'],
  [/\p{Script=Hiragana}/u, 'あいうえおかきくけこさしすせそなにぬねの'],
  [/\p{Script=Katakana}/u, 'アイウエオカキクケコサシスセソナニヌネノ'],
  [/\p{Script=Hangul}/u, '가나다라마바사아자차카타파하고노도로모보'],
  [/\p{Script=Cyrillic}/u, 'абвгдежзиклмнопрстуф'],
  [/\p{Script=Greek}/u, 'αβγδεζηθικλμνοπρστυφ'],
  [/\p{Script=Hebrew}/u, 'אבגדהוזחטיכלמנסעפצקר'],
  [/\p{Script=Arabic}/u, 'ابتثجحخدذرزسشصضطعغفق'],
  [/\p{Script=Devanagari}/u, 'कखगघचछजझटठडढतथदधनपफब'],
  [/\p{Script=Thai}/u, 'กขคงจฉชซญดตถทธนบปผพฟ'],
];
const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
const WORD = /[\p{L}\p{M}]+/gu;

/** One letter of these may be a name. */
const WHOLE = /[\p{Script=Han}\p{Script=Hangul}]/u;

/** The words of a text that could tell something: of two letters and more, and no label. */
export function tellingWords(text: string): string[] {
  const words: string[] = text.toLowerCase().match(WORD) ?? [];
  return words.filter((word) => ([...word].length > 1 || WHOLE.test(word)) && !ALLOWED.has(word));
}

/** The words of an identifier: `msg-rowAnnLee_7` has msg, row, ann and lee. */
export const partsOf = (token: string): string[] =>
  (token.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').match(WORD) ?? []).map((word) => word.toLowerCase());

/** What identifiers are made of on any site, whatever it is about. */
const MACHINE = new Set(
  `action actions active app area aria auto avatar badge banner bar base block body bottom box btn bubble button card
  cell center chat check checkbox col column compact compound container content control count current data default
  detail dialog disabled display divider draft drop dropdown edit editor entry expand field fields file first fixed flag
  flex float focus font footer form frame full grid grow gutter hand handle head header headers height hidden hover icons
  index info inline inner input item items key label large last layer layout left letter level line lines links loader
  main mark max media meta min modal msg nav note null num number option options order outer overlay page pane panel part
  parent pill popover popup preview primary quote read region right root row rows scroll section select selected side
  sidebar single size slot small space span split start state static std sticky style subject suffix summary tab table tabs
  tag test text thread threads tile toggle tool toolbar tooltip top tree true false type unit value view visible widget
  width window wrap wrapper zone hcard vcard fn msgid uid tid id ids`.split(/\s+/),
);

/** Whether an identifier's words are such as any site has, or too short to tell anything. */
export const isMachine = (token: string): boolean =>
  partsOf(token).every((part) => [...part].length < 3 || MACHINE.has(part) || ALLOWED.has(part));

/**
 * Others in the place of words, numbers and addresses: of the same length and script, the same one for the same
 * word throughout one capture, and out of nothing that outlives it.
 */
export class Words {
  readonly #salt = randomBytes(32);
  readonly #avoid: ReadonlySet<string>;
  readonly #names: ReadonlySet<string>;
  readonly #words = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #addresses = new Map<string, string>();
  readonly #domains = new Map<string, string>();

  readonly #numbers = new Set<string>();
  /** What recipes go by, which any site of theirs has. */
  readonly #known: ReadonlySet<string>;

  /**
   * `texts`: all there is, so that no new word is one of the old ones; `names`: whoever is on the page; `known`:
   * identifiers that tell nothing.
   */
  constructor(texts: Iterable<string>, names: Iterable<string>, known: Iterable<string> = []) {
    this.#avoid = new Set([...texts].flatMap(tellingWords));
    this.#known = new Set(known);
    this.#names = new Set([...names].flatMap((name) => name.toLowerCase().match(WORD) ?? []));
    for (const text of texts) for (const { address } of findAddresses(text)) this.address(address);
  }

  /** Whether an identifier tells nothing of anybody. */
  isClean(token: string): boolean {
    const small = token.toLowerCase();
    const told = [...this.#names, ...this.#addresses.keys(), ...this.#domains.keys()];
    return !told.some((one) =>
      [...one].length > 3 ? small.includes(one) : small.split(/[^\p{L}]+/u).includes(one),
    );
  }

  /** Whether an identifier has no word of three letters and more that the page says somewhere, other than by its making. */
  isUnsaid(token: string): boolean {
    if (this.#known.has(token)) return true;
    return partsOf(token).every(
      (part) => [...part].length < 3 || MACHINE.has(part) || !this.#avoid.has(part),
    );
  }

  /** Whether an identifier may stay where it may be anything: one that the site gave a row, or a thread. */
  isCommon(token: string): boolean {
    return this.#known.has(token) || isMachine(token);
  }

  /** Of texts that were written in the place of others: words and numbers of those that are left. */
  leftIn(written: readonly string[]): string[] {
    const made = new Set([...this.#words.values(), ...this.#taken]);
    const words = written.flatMap(tellingWords).filter((word) => this.#avoid.has(word) && !made.has(word));
    const numbers = written.flatMap((text) => text.match(/\p{Nd}{3,}/gu) ?? []);
    return [...new Set([...words, ...numbers.filter((one) => !this.#numbers.has(one))])];
  }

  text(text: string): string {
    let out = '';
    let from = 0;
    for (const { address, start, end } of findAddresses(text)) {
      out += this.#plain(text.slice(from, start)) + this.address(address);
      from = end;
    }
    return out + this.#plain(text.slice(from));
  }

  /** The one address that stands for this one. */
  address(address: string): string {
    const there = this.#addresses.get(address);
    if (there !== undefined) return there;
    const at = address.lastIndexOf('@');
    const local = this.opaque(address.slice(0, at).toLowerCase());
    const domain = this.domain(address.slice(at + 1));
    let made = `${local}@${domain}`;
    const used = new Set(this.#addresses.values());
    for (let n = 2; used.has(made); n++) made = `${local}${n}@${domain}`;
    this.#addresses.set(address, made);
    return made;
  }

  domain(domain: string): string {
    const there = this.#domains.get(domain);
    if (there !== undefined) return there;
    const labels = domain.toLowerCase().split('.').slice(0, -1);
    const stem = labels.map((label) => this.opaque(label.replace(/^xn--/, ''))).join('.') || 'site';
    let made = `${stem}.example`;
    const used = new Set(this.#domains.values());
    for (let n = 2; used.has(made); n++) made = `${stem}${n}.example`;
    this.#domains.set(domain, made);
    return made;
  }

  /** No word of it is spared. */
  opaque(text: string): string {
    return text
      .replace(WORD, (word) => this.#word(word))
      .replace(/\p{Nd}+/gu, (digits) => this.#digits(digits));
  }

  #plain(text: string): string {
    const known = [...this.#domains.keys()].toSorted((a, b) => b.length - a.length);
    const place = known.find((domain) => text.toLowerCase().includes(domain));
    if (place !== undefined) {
      const at = text.toLowerCase().indexOf(place);
      return this.#plain(text.slice(0, at)) + this.domain(place) + this.#plain(text.slice(at + place.length));
    }
    return text
      .replace(WORD, (word) => {
        const small = word.toLowerCase();
        return ALLOWED.has(small) && !this.#names.has(small) ? word : this.#word(word);
      })
      .replace(/\p{Nd}+/gu, (digits) => this.#digits(digits));
  }

  #word(word: string): string {
    const small = word.toLowerCase();
    let made = this.#words.get(small);
    for (let n = 0; made === undefined; n++) {
      const tried = this.#make(small, n);
      const used = this.#taken.has(tried) || this.#avoid.has(tried) || ALLOWED.has(tried) || tried === small;
      if (used && n < 50) continue;
      this.#taken.add(tried);
      this.#words.set(small, tried);
      made = tried;
    }
    const letters = [...made];
    return [...word].map((one, n) => (/\p{Lu}/u.test(one) ? letters[n]?.toUpperCase() : letters[n])).join('');
  }

  #make(word: string, attempt: number): string {
    const bytes = createHmac('sha256', this.#salt).update(`${attempt} ${word}`).digest();
    return [...word]
      .map((letter, n) => {
        const pool = KINDS.find(([kind]) => kind.test(letter))?.[1] ?? (n % 2 ? VOWELS : CONSONANTS);
        const letters = [...pool];
        return letters[(bytes[n % 32] ?? 0) % letters.length];
      })
      .join('');
  }

  #digits(digits: string): string {
    if (/^\d$/.test(digits)) return digits;
    let made = digits;
    for (let n = 0; made === digits; n++) {
      const bytes = createHmac('sha256', this.#salt).update(`# ${n} ${digits}`).digest();
      made = [...digits].map((_, at) => ((bytes[at % 32] ?? 0) % 9) + 1).join('');
    }
    this.#numbers.add(made);
    return made;
  }
}
