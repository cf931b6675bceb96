const CODE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * Reports write ids in 15 characters that differ by case, the API in 18 that do not: the last three say
 * which letters of each five are capitals. Anything else is left as it is.
 */
export function longId(id: string): string {
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((char) => (/[A-Z]/.test(char) ? 1 : 0));
    return CODE[capitals.reduce<number>((sum, bit, place) => sum + bit * 2 ** place, 0)];
  });
  return id + suffix.join('');
}
