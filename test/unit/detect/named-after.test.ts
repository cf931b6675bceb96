import { describe, expect, test } from 'vitest';
import { isNamedAfter } from '../../../utils/detect/named-after.ts';

describe('whether an address is somebody’s of a name', () => {
  test.each([
    ['ann.lee', 'Ann Lee'],
    ['annlee', 'Ann Lee'],
    ['lee.ann', 'Ann Lee'],
    ['alee', 'Ann Lee'],
    ['leea', 'Ann Lee'],
    ['a.lee2', 'Ann Lee'],
    ['ann', 'Ann Lee'],
    ['lee', 'Ann Lee'],
    ['al', 'Ann Lee'],
    ['ann.lee+news', 'Ann Lee'],
    ['alex', 'Alexander Moss'],
    ['mueller', 'Jörg Müller'],
    ['joerg.mueller', 'Jörg Müller'],
    ['strasse', 'Eva Straße'],
    ['zoe.francois', 'Zoë François'],
    ['siobhan.obrien', "O'Brien, Siobhán"],
    ['vdberg', 'Anna van der Berg'],
    ['anna.vandenberg', 'Anna van den Berg'],
    ['li.wu', 'Li Wu'],
    ['kjohansen', 'Kåre Johansen'],
    ['pwojcik', 'Paweł Wójcik'],
    ['иван.белов', 'Иван Белов'],
  ])('%s: %s', (local, name) => expect(isNamedAfter(`${local}@acme.example`, name)).toBe(true));

  test.each([
    ['bob.lee', 'Ann Lee'],
    ['b.lee', 'Ann Lee'],
    ['info', 'Ann Lee'],
    ['planning', 'Ann Lee'],
    ['a', 'Ann Lee'],
    ['an', 'Ann Lee'],
    ['sales', 'Bob Sellers'],
    ['u12345', 'Ann Lee'],
    ['12345', 'Ann Lee'],
    ['yamada', '山田 太郎'],
  ])('not %s: %s', (local, name) => expect(isNamedAfter(`${local}@acme.example`, name)).toBe(false));

  test('is soon done with what is made to take long', () => {
    const start = performance.now();
    const name = Array(5).fill('a'.repeat(12)).join(' ');
    for (let n = 0; n < 2500; n++) isNamedAfter(`${'a'.repeat(63)}b@acme.example`, name);
    isNamedAfter(`${'a'.repeat(63)}b@acme.example`, 'a '.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(2500);
  });
});
