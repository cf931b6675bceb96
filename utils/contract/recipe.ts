import * as v from 'valibot';
import { Int } from './base.ts';

/**
 * How a site marks who is who: data only, so that it can be served as well as shipped. A recipe can do nothing but
 * point. Every selector list is newest first; the first entry that matches anything wins.
 */

const Selector = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const Attribute = v.pipe(v.string(), v.regex(/^[a-z][a-z\d-]{0,60}$/));
/** `mail.example.org`, or `*.example.org` for it and everything below. */
const Host = v.pipe(v.string(), v.regex(/^(?:\*\.)?(?:[a-z\d-]+\.)+[a-z\d-]+$/), v.maxLength(253));
/** An address with `*` for any run of characters: `https://mail.example.org/#inbox/*`. */
const AddressPattern = v.pipe(v.string(), v.regex(/^(?:https?|\*):\/\/\S+$/), v.maxLength(300));
/** No site needs more. */
const some = <T extends v.GenericSchema>(one: T) =>
  v.exactOptional(v.pipe(v.array(one), v.minLength(1), v.maxLength(20)));

/**
 * `seen`: the month (YYYY-MM) in which the selector was last seen to work, or of the page or public source that it was
 * taken from; `guess` where it rests on neither. `docs/adding-a-site.md` says what each recipe rests on.
 */
export const Dated = v.object({
  selector: Selector,
  seen: v.pipe(v.string(), v.regex(/^(?:20\d\d-(?:0[1-9]|1[0-2])|guess)$/)),
});
export type Dated = v.InferOutput<typeof Dated>;

/** An element that stands for a person, and where in it the address, the name, the profile and the company are. */
export const PersonMark = v.object({
  ...Dated.entries,
  /** Attribute with the address (`email`, `title`, `href`); without it, the text. `false`: none is told. */
  address: v.exactOptional(v.union([Attribute, v.literal(false)])),
  /** Within the element: whose attribute or text that is. */
  addressIn: v.exactOptional(Selector),
  /** The address follows this literal text (in a script's text: `"username":"`). */
  after: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(60))),
  /** Attribute with the name; without it, the text unless that is the address. `false`: no name is told. */
  name: v.exactOptional(v.union([Attribute, v.literal(false)])),
  nameIn: v.exactOptional(Selector),
  /** Attribute with the address of the person's profile: `href`. */
  profile: v.exactOptional(Attribute),
  profileIn: v.exactOptional(Selector),
  /** Within the element: whose text names the person's company. */
  companyIn: v.exactOptional(Selector),
  /** Within a profile: links and texts in which its owner names addresses and profiles elsewhere, unchecked. */
  claimsIn: v.exactOptional(Selector),
});
export type PersonMark = v.InferOutput<typeof PersonMark>;

/** What a page of the site can be showing, several at once. */
export const SiteView = v.picklist(['message', 'list', 'compose', 'profile', 'posts', 'talk']);
export type SiteView = v.InferOutput<typeof SiteView>;

export const Recipe = v.object({
  /** Its file's name. */
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z\d-]{0,30}$/)),
  /** YYYYMMDDnn, as the serial of a DNS zone: of two with one id the higher one holds. */
  version: v.pipe(Int, v.minValue(2020_01_01_00), v.maxValue(2999_12_31_99)),
  /** Label for people: `Gmail`. */
  label: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  /** What is read of a `social` site is told before it is turned on, and only what is in view is read. */
  kind: v.picklist(['mail', 'social']),
  /** Empty: recognised by `marks` on any host. */
  hosts: v.pipe(v.array(Host), v.maxLength(50)),
  /** On any other host than these, all of these selectors must match for the recipe to be used. */
  marks: some(Selector),
  /** Where (the page's address) which view has to be: when it is not there, the recipe has missed. */
  expects: some(
    v.object({
      view: SiteView,
      where: v.pipe(v.array(AddressPattern), v.minLength(1), v.maxLength(20)),
      /** Not there. A profile is expected only where the address is somebody's at all. */
      unless: some(AddressPattern),
    }),
  ),

  /** The container of one message that is open for reading. */
  message: some(Dated),
  /**
   * Where among several open messages the newest is; where users may choose, the elements within a message that say
   * its date. Absent: unknown.
   */
  order: v.exactOptional(
    v.union([
      v.picklist(['newest-first', 'newest-last']),
      v.pipe(v.array(Dated), v.minLength(1), v.maxLength(20)),
    ]),
  ),
  /** Within a message: its sender, and its recipients. */
  sender: some(PersonMark),
  recipient: some(PersonMark),
  /** Within a message: where answers go. When the sender is a list ("Ann via dev-list"), this is the person. */
  replyTo: some(PersonMark),
  /** Within a message: its body, and quoted history; people there are only mentioned. */
  quoted: some(Dated),
  /** A row's people in a list of messages or of people (search results). */
  listed: some(PersonMark),
  /** The container of a message that is being written, and within it whom it is to, as far as they are typed. */
  compose: some(Dated),
  draftTo: some(PersonMark),
  /** The owner of the profile that the page's address names. */
  profile: some(PersonMark),
  /** Who wrote a post or a comment. */
  author: some(PersonMark),
  /** The other side of the open conversation. */
  talk: some(PersonMark),
  /** Whose account this is: elements that carry the user's own addresses or profile. */
  own: some(PersonMark),
  /** Elements never to read: previews, autocomplete, the site's own chrome. */
  ignore: some(Dated),
});
export type Recipe = v.InferOutput<typeof Recipe>;
