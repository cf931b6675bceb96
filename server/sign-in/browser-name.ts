const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const nameIn = (list: readonly [RegExp, string][], text: string) =>
  list.find(([form]) => form.test(text))?.[1];

/** `Chrome on Linux`, by what the extension says, else by the `User-Agent`. At most 60 characters. */
export function browserNameOf(given: unknown, userAgent: string | undefined): string {
  const clean =
    typeof given === 'string'
      ? given
          .replace(/[\p{C}\s]+/gu, ' ')
          .trim()
          .slice(0, 60)
      : '';
  if (clean !== '') return clean;
  const browser = nameIn(BROWSERS, userAgent ?? '');
  const system = nameIn(SYSTEMS, userAgent ?? '');
  if (browser === undefined) return 'Browser';
  return system === undefined ? browser : `${browser} on ${system}`;
}
