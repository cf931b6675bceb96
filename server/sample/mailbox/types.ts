/** `Name <address>`, or a bare address. */
export type Address = string;

export interface Mail {
  from: Address;
  to: Address[];
  cc?: Address[];
  /** Minutes before now. */
  ago: number;
  /** Blank lines part paragraphs; lines that begin with `> ` are quoted. */
  body: string;
  unread?: true;
  /** Language of the text, when it is not English. */
  lang?: string;
}

/** One line of the list: a subject and its mails, oldest first. */
export interface Thread {
  id: string;
  subject: string;
  /** The list it came through, with its address. */
  list?: Address;
  mails: Mail[];
}
