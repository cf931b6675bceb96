import type { Recipe } from '../../contract/recipe.ts';

const labelled = (words: string): string =>
  `span:is(${words.split(',').map((word) => `[aria-label^="${word}:"]`)})`;

/** How a message's header names its sender to screen readers, `From: Ann Lee`: in the languages it is used in most. */
const from = labelled('From,Von,De,De ,De\u00a0,De la,Da,Van,Från,Fra,Od,От,差出人,发件人,寄件者');
/** And in further ones, as far as one selector may go. */
const fromElsewhere = labelled(
  'Feladó,Lähettäjä,Kimden,Gönderen,보낸 사람,보낸사람,מאת,من,Від,Από,Frá,No,Nuo',
);
const fromFurther = labelled('Saatja,Pošiljatelj,Šalje,Адпраўнік,Dari,Daripada,Từ,จาก,प्रेषक');
const TO =
  'To,Cc,Bcc,An,À,Para,A,Aan,Till,Til,Do,Komu,Кому,Címzett,Vastaanottaja,Kime,Alıcı,Προς,Către,宛先,收件人,받는 사람,אל,إلى';
const to = `[contenteditable="true"]:is(${TO.split(',').map((word) => `[aria-label="${word}"]`)})`;

/**
 * Outlook on the web, for private and business accounts. Class names are hashed and change with every build. A
 * colleague's name comes without an address, and so does the user's own.
 */
export const outlook: Recipe = {
  id: 'outlook',
  version: 2026_11_24_00,
  label: 'Outlook',
  kind: 'mail',
  hosts: ['outlook.live.com', 'outlook.office.com', 'outlook.office365.com', 'outlook.cloud.microsoft'],
  // A draft is opened at such an address too, but for these folders.
  expects: [
    {
      view: 'message',
      where: [
        'https://outlook.*/mail/*inbox/id/*',
        'https://outlook.*/mail/*archive/id/*',
        'https://outlook.*/mail/*sentitems/id/*',
        'https://outlook.*/mail/*deleteditems/id/*',
        'https://outlook.*/mail/*junkemail/id/*',
        'https://outlook.*/mail/*deeplink/read/*',
      ],
    },
    { view: 'compose', where: ['https://outlook.*/mail/*deeplink/compose*'] },
  ],
  message: [
    { selector: '.wide-content-host', seen: '2025-11' },
    { selector: `[role="main"] :is(div,span):has(> ${from})`, seen: '2025-11' },
    { selector: `[role="main"] :is(div,span):has(> ${fromElsewhere})`, seen: 'guess' },
    { selector: `[role="main"] :is(div,span):has(> ${fromFurther})`, seen: 'guess' },
  ],
  // Which end is the newest, everybody may choose.
  order: [{ selector: '[data-testid="SentReceivedSavedTime"]', seen: '2025-11' }],
  sender: [
    { selector: from, seen: '2025-11' },
    { selector: '.OZZZK', seen: '2025-11' },
    { selector: '[role="region"] span[aria-label*=":"]', seen: '2025-11' },
    { selector: fromElsewhere, seen: 'guess' },
    { selector: fromFurther, seen: 'guess' },
  ],
  recipient: [
    { selector: '[data-testid="RecipientWell"] .lpc-hoverTarget', seen: '2025-11' },
    { selector: '[data-testid="RecipientWell"] span', seen: '2025-11' },
  ],
  quoted: [
    { selector: '[role="document"]', seen: '2025-11' },
    { selector: '[id^="UniqueMessageBody"]', seen: '2025-11' },
    { selector: 'blockquote, #divRplyFwdMsg', seen: '2025-11' },
  ],
  listed: [
    { selector: '#MailList [role="option"] [title*="@"]', address: 'title', seen: '2025-11' },
    { selector: '[role="listbox"] [role="option"] [title*="@"]', address: 'title', seen: '2025-11' },
  ],
  compose: [
    { selector: '[id^="docking_InitVisiblePart"]', seen: '2025-11' },
    { selector: to, seen: '2025-11' },
  ],
  draftTo: [
    { selector: '[class*="_EType_RECIPIENT_ENTITY"]', seen: '2025-11' },
    { selector: '[contenteditable="false"]', seen: '2025-11' },
  ],
  own: [
    // A name only: `Mail - Ann Lee - Outlook`
    { selector: 'title', seen: '2025-11' },
    { selector: '[id^="primaryMailboxRoot"]', address: 'title', seen: '2025-11' },
    { selector: '[role="treeitem"][aria-level="1"][title*="@"]', address: 'title', seen: '2025-11' },
    { selector: '#mectrl_currentAccount_secondary', seen: '2024-06' },
    { selector: '#mectrl_currentAccount_primary', seen: '2024-06' },
    { selector: 'button[aria-label^="From:"]', seen: '2024-06' },
  ],
  ignore: [{ selector: '[id^="FloatingSuggestionsList"]', seen: '2025-11' }],
};
