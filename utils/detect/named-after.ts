/** More than any name takes, and little enough for one that is made to take long. */
const STEPS_MAX = 100;

/** Letters as people write them in addresses; `ä` and `ae` are one. */
const plain = (text: string): string =>
  text
    .toUpperCase()
    .replace(/Ø/g, 'O')
    .replace(/Ł/g, 'L')
    .normalize('NFKD')
    .replace(/[\p{M}\d'’]|(?<=[AOU])E/gu, '');

/**
 * Whether an address is somebody's of this name, as far as its letters tell: `alee@`, `ann.lee@`, `lee@`, `al@` for
 * Ann Lee. All of the letters have to come from the name: `bob.lee@` is somebody else's.
 */
export function isNamedAfter(address: string, name: string): boolean {
  let steps = STEPS_MAX;
  /** Put together from beginnings of the words, each used once; `long`: with more than initials. */
  const isMadeOf = (letters: string, words: readonly string[], long: boolean): boolean => {
    if (letters === '') return long || words.length === 0;
    return words.some((word, at) => {
      let same = 0;
      while (same < word.length && word[same] === letters[same]) same++;
      const others = words.toSpliced(at, 1);
      return [same, 1].some(
        (length) =>
          same > 0 &&
          steps-- > 0 &&
          isMadeOf(
            letters.slice(length),
            others,
            long || length > 2 || (length > 1 && length === word.length),
          ),
      );
    });
  };
  const words = plain(name).match(/\p{L}+/gu) ?? [];
  return (
    words.length < 7 && isMadeOf(plain(address.replace(/[+@].*/, '')).replace(/\P{L}/gu, ''), words, false)
  );
}
