import { findAddresses } from './address.ts';
import { labelOf } from './labels.ts';
import { cleanName, isNameWord, isPersonName, isProse, nameBefore, tidy } from './name.ts';
import { nameIn } from './nearby.ts';
import { backwards, findObfuscated, spells } from './obfuscated.ts';
import { joinedText } from './run.ts';

const ADDRESS = 'ann.lee@acme.example';

let warm = false;

/**
 * Goes once through what the first address on a page needs: it is then, and again at the second time, that the
 * browser translates our patterns, which all at once would take long on a slow computer. Yields in between.
 */
export function* warmUp(): Generator<undefined> {
  if (warm) return;
  warm = true;
  const text = new Text(`From: Ann Lee <${ADDRESS}>`);
  const steps = [
    () => spells(text.data),
    () => joinedText(text),
    () => backwards(text.data, document.documentElement),
    () => findAddresses(text.data),
    () => findObfuscated('ann at acme dot example'),
    () => isProse('We will see. Please write to '),
    () => tidy('Ann Lee'),
    () => isNameWord('Ann'),
    () => isPersonName('Ann Lee', ADDRESS),
    () => cleanName('Lee, Ann', ADDRESS),
    () => nameBefore('From: Ann Lee <', ADDRESS),
    () => nameIn('Contact: Dr. Ann Lee, CEO', ADDRESS),
    () => labelOf(text),
  ];
  for (let n = 0; n < 2; n++) {
    for (const step of steps) {
      step();
      yield;
    }
  }
}
