const CSV = 'Export the list as CSV.';
const WORKBOOK = 'is an Excel workbook. In Excel choose File, Save as, “CSV UTF-8”, and import that file.';
const PACKED =
  'is a zip archive (Mailchimp packs its exports like this). Unpack it and import the .csv files inside.';

/** First bytes of files that are no text. */
const MAGIC: [number[], string][] = [
  [[0x1f, 0x8b], 'is compressed with gzip. Unpack it and import the .csv file inside.'],
  [[0xd0, 0xcf, 0x11, 0xe0], WORKBOOK],
  [[0x89, 0x50, 0x4e, 0x47], `is a picture. ${CSV}`],
  [[0xff, 0xd8, 0xff], `is a picture. ${CSV}`],
];

/** How text begins that is not a table, and what its owner can do. */
const BEGINNINGS: [RegExp, string][] = [
  [/^%PDF-/, `is a PDF. ${CSV}`],
  [
    /^\s*(?:<!doctype html|<html|<head|<body)/i,
    'is a web page, perhaps a sign-in page saved in place of the export. Download the export again.',
  ],
  [/^\s*(?:<\?xml|<[a-z][\w:-]*[\s>])/i, `is XML. ${CSV}`],
  [/^\s*(?:\{\s*["}]|\[\s*[[{"\]])/, `is JSON. ${CSV}`],
  [/^\{\\rtf/, `is a text document. ${CSV}`],
  [/^BEGIN:VCARD/i, `is a set of contact cards (vCard). ${CSV}`],
  [/^SQLite format 3/, `is a database. ${CSV}`],
];

/**
 * @param head the first bytes of the file
 * @param wide it is text of two bytes a letter
 * @returns what the file is and what to do, when it is not CSV
 */
export function whyNotCsv(head: Buffer, wide: boolean): string | undefined {
  if (head.length === 0) return 'is empty. Export the list again.';
  const magic = MAGIC.find(([bytes]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes)));
  if (magic) return magic[1];
  const text = head.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  if (text.startsWith('PK') && head[2] === 3)
    return /xl\/|\[Content_Types\]\.xml/.test(text) ? WORKBOOK : PACKED;
  if (text.trim() === '') return 'holds nothing but spaces. Export the list again.';
  const found = BEGINNINGS.find(([pattern]) => pattern.test(text));
  if (found) return found[1];
  const odd = wide ? 0 : head.reduce((sum, byte) => sum + (isOdd(byte) ? 1 : 0), 0);
  return odd > head.length / 500 ? `is not text. ${CSV}` : undefined;
}

/** Control characters that nobody writes; 27 begins the escapes of some Japanese encodings. */
const isOdd = (byte: number) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27);
