/** What a person is on the page. `mentioned` covers everything without a better role. */
export type Role = 'sender' | 'recipient' | 'author' | 'profile' | 'mentioned';

/** Why we think so; shown beside the match. */
export type Why =
  | 'header'
  | 'list'
  | 'mailto'
  | 'attribute'
  | 'text'
  | 'structured'
  | 'obfuscated'
  | 'profile-url';

/** A person on a page, as detection reports it. Holds no element: it is sent to the background as it is. */
export interface Sighting {
  /** Match keys, the surest first. At least one. */
  keys: string[];
  /** The address in normal form, where there is one. */
  address?: string;
  name?: string;
  role: Role;
  /** The person the page is about: sender of the open message, owner of the profile. */
  focus: boolean;
  why: Why;
}

/**
 * How a site marks things: data only. Every selector list is newest first, each entry with the date
 * (YYYY-MM) on which it was last seen to work; the first entry that matches anything wins.
 */
export interface Recipe {
  /** Its file's name. */
  id: string;
  /** Label for people: `Gmail`. */
  label: string;
  /** Host names, whole; `*.` in front takes subdomains too. Empty: recognised by `marks` on any host. */
  hosts: string[];
  /** All of these selectors must match for a recipe that has no hosts. */
  marks?: string[];
  /** The container of one message that is open for reading. */
  message?: Dated[];
  /** Within a message: elements that stand for its sender, and for its recipients. */
  sender?: PersonMark[];
  recipient?: PersonMark[];
  /** Within a message: where answers go. When the sender is a list ("Ann via dev-list"), this is the person. */
  replyTo?: PersonMark[];
  /** In a list of messages: elements that stand for a row's people. */
  listed?: PersonMark[];
  /** Whose account this is: elements that carry the user's own address. */
  own?: PersonMark[];
  /** Within a message: quoted history; people there are only mentioned. */
  quoted?: Dated[];
  /** Elements never to read: previews, autocomplete, the site's own chrome. */
  ignore?: Dated[];
}

export interface Dated {
  selector: string;
  seen: string;
}

/** Where an element that stands for a person carries the address and the name. */
export interface PersonMark extends Dated {
  /** Attribute with the address (`email`, `title`, `href`); without it, the element's text. */
  address?: string;
  /** Attribute with the name; without it, the element's text unless that is the address. */
  name?: string;
  /** The address follows this literal text (in a script's text: `"username":"`). */
  after?: string;
}

/** What one frame of a page reports: always the whole of it, so that the last report is the truth. */
export interface PageReport {
  /** Id of the recipe that fits the page; absent: the general engine alone. */
  site?: string;
  /** `missed`: the recipe fits the host but found no open message or list where the page should have one. */
  recipe: 'none' | 'found' | 'missed';
  /** The people, those in focus first; at most 2,500. Own addresses are left out. */
  sightings: Sighting[];
}
