/** What looks like an address and is none. */
const DECOYS = [
  'logo@2x.png',
  'react@18.2.0',
  'meet @ noon',
  '@ann on the other side',
  'a@b',
  'git@host.example:team/repo',
  'ann@',
  'https://x.example/?q=a@b.example',
];

export const addressOf = (nth: number): string => `person${nth}@host${nth % 50}.example`;

/** `texts` texts of 90 characters each, with so many addresses, half links, half in the text; with them, decoys. */
export function paragraphs(texts: number, addresses: number): string {
  const words =
    'the quarterly numbers look fine and the visit on data day went as planned so we note it here'.split(' ');
  let seed = 1;
  const line = (length: number) => {
    let text = '';
    while (text.length < length) {
      seed = (seed * 48271) % 2147483647;
      text += `${words[seed % words.length]} `;
    }
    return text;
  };
  const every = texts / 2 / addresses;
  let html = '';
  for (let n = 0; n < texts / 2; n++) {
    const nth = n / every;
    let tail = `<b>${line(80)}</b>`;
    let plain = '';
    if (addresses > 0 && Number.isInteger(nth)) {
      const address = addressOf(nth);
      if (nth % 2 === 0) tail = `<a href="mailto:${address}">${address}</a>`;
      else plain = address;
    } else if (addresses > 0 && n % 100 === 7) {
      tail = `<b>${DECOYS[((n / 100) % DECOYS.length) | 0]}</b>`;
    }
    html += `<p>${line(100)}${plain}${tail}</p>`;
  }
  return html;
}
