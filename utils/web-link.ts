/**
 * The address that a link from data may lead to: `https:` or `http:`, whole and without credentials. Anything else
 * (`javascript:`, `data:`, `file:`, a name) is no link. Every `href` in the screens goes through here.
 */
export function webLink(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
