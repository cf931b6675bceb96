import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../../server/import/inspect.ts';
import { openTable } from '../../../server/import/read.ts';
import type { BadLine, CsvRecord } from '../../../server/import/records.ts';
import { makeFolder } from './folder.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

async function read(content: string | Buffer) {
  const file = await inspect(await folder.write('a.csv', content));
  const table = await openTable(file);
  const records: (CsvRecord | BadLine)[] = [];
  for await (const chunk of table.rows()) records.push(...chunk.records);
  return { ...table, encoding: file.encoding, records };
}

const cells = (records: (CsvRecord | BadLine)[]) =>
  records.map((one) => ('cells' in one ? one.cells : one.reason));

describe('dialects', () => {
  for (const [name, mark] of [
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['bar', '|'],
  ]) {
    it(`tells a ${name}`, async () => {
      const text =
        ['a', 'b', 'c'].join(mark) +
        '\n' +
        ['1,5', '"x;y|z"', 'ü'].join(mark === ',' ? ';' : (mark ?? '')) +
        '\n';
      const { delimiter } = await read(mark === ',' ? 'a,b,c\n1,"x;y|z",3\n' : text);
      expect(delimiter).toBe(mark);
    });
  }

  it('obeys Excel’s sep line and counts it', async () => {
    const { delimiter, header, records } = await read('sep=;\r\na;b\r\n1,2;3\r\n');
    expect([delimiter, header]).toEqual([';', ['a', 'b']]);
    expect(records).toEqual([{ line: 3, cells: ['1,2', '3'] }]);
  });

  it('keeps line breaks and doubled quotes in quotes, and counts lines through them', async () => {
    const { records } = await read('a,b\n1,"x ""y""\nz"\n\n2,w\n');
    expect(records).toEqual([
      { line: 2, cells: ['1', 'x "y"\nz'] },
      { line: 5, cells: ['2', 'w'] },
    ]);
  });

  it('loses only its own line to a quote that is not closed', async () => {
    const { records } = await read('a,b,c\n1,"Ann,x\n2,Bob,y\n3,"Carl",z\n4,"Dora,w\n');
    expect(cells(records)).toEqual([
      'a quote is opened on this line and not closed',
      ['2', 'Bob', 'y'],
      ['3', 'Carl', 'z'],
      'a quote is opened on this line and not closed',
    ]);
    expect(records.map((record) => record.line)).toEqual([2, 3, 4, 5]);
  });

  it('reads a stray quote as a letter and says so', async () => {
    const { records } = await read('a,b\n1,Bob "Bobby" Lee\n');
    expect(records).toEqual([{ line: 2, cells: ['1', 'Bob "Bobby" Lee'], relaxed: true }]);
  });

  it('reads old Mac line ends', async () => {
    expect(cells((await read('a,b\r1,2\r3,4\r')).records)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('reads the last line without a line end, and a file of one column', async () => {
    expect(cells((await read('email\na@x.example')).records)).toEqual([['a@x.example']]);
  });

  it('reads the same however the bytes are cut', async () => {
    const row = (place: number) => `${place},"Zoë ""${place}""\r\nsecond line",日本\r\n`;
    const text = `id,name,city\r\n${Array.from({ length: 9000 }, (_, place) => row(place)).join('')}`;
    const { records } = await read(text);
    expect(records).toHaveLength(9000);
    expect(records[8999]).toEqual({
      line: 2 + 8999 * 2,
      cells: ['8999', 'Zoë "8999"\r\nsecond line', '日本'],
    });
  });
});

describe('encodings', () => {
  const text = 'Name;Ort\nZoë Müller;Köln\nŁukasz;Łódź\n';
  const latin = 'Name;Ort\nZoë Müller;Köln – „gut“\nJürgen Groß;Würzburg\n';
  it.each([
    ['utf-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]), 'utf-8', text],
    ['utf-8', Buffer.from(text), 'utf-8', text],
    ['utf-16le', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le', text],
    ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be', text],
    ['utf-16le without a mark', iconv.encode(text, 'utf-16le'), 'utf-16le', text],
    ['windows-1252', iconv.encode(latin, 'windows-1252'), 'windows-1252', latin],
  ])('reads %s', async (_, content, encoding, wanted) => {
    const found = await read(content);
    expect(found.encoding).toBe(encoding);
    expect([found.header, ...cells(found.records)]).toEqual(
      wanted
        .trim()
        .split('\n')
        .map((line) => line.split(';')),
    );
  });

  it('reads Japanese and Russian as their offices write it', async () => {
    const japanese = `名前,会社\n${'山田太郎,日本通送株式会社\n'.repeat(30)}`;
    expect((await read(iconv.encode(japanese, 'shift_jis'))).header).toEqual(['名前', '会社']);
    const russian = `Имя,Компания\n${'Ирина Кузнецова,Кузнецов и сыновья\n'.repeat(30)}`;
    expect((await read(iconv.encode(russian, 'windows-1251'))).header).toEqual(['Имя', 'Компания']);
  });

  it('takes text with a broken letter for UTF-8 still, and counts it', async () => {
    const whole = Buffer.from(`name,city\n${'Zoë,Köln\n'.repeat(50)}`);
    const file = await inspect(
      await folder.write('b.csv', Buffer.concat([whole, Buffer.from([0xc3, 0x28])])),
    );
    expect([file.encoding, file.damaged]).toEqual(['utf-8', 1]);
  });
});

describe('files that are no CSV', () => {
  it.each([
    [
      'an Excel workbook',
      Buffer.from('PK\x03\x04....[Content_Types].xml', 'latin1'),
      /Excel workbook.*Save as/,
    ],
    ['a zip', Buffer.from('PK\x03\x04....members_export.csv', 'latin1'), /zip archive.*Unpack/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /Excel workbook/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
    ['a PDF', Buffer.from('%PDF-1.7\n'), /is a PDF/],
    ['a web page', Buffer.from('<!DOCTYPE html><html>'), /web page.*again/],
    ['JSON', Buffer.from('[{"a":1}]'), /is JSON/],
    ['a vCard', Buffer.from('BEGIN:VCARD\r\n'), /contact cards/],
    ['nothing', Buffer.alloc(0), /is empty/],
    ['spaces', Buffer.from(' \n \n'), /nothing but spaces/],
    ['bytes', Buffer.from(Array.from({ length: 500 }, (_, place) => place % 7)), /is not text/],
  ])('says that %s is none', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('says when there is no file, or a folder', async () => {
    await expect(inspect('/nowhere/a.csv')).rejects.toThrow(/is not there/);
    await expect(inspect(import.meta.dirname)).rejects.toThrow(/not a file/);
  });
});
