/** Two letters of a name; decoration beside the name itself. */
export function Face({ name, known = true }: { name: string; known?: boolean }) {
  const words = name.split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return (
    <span class={known ? 'face' : 'face guess'} aria-hidden="true">
      {letters.join('').toUpperCase()}
    </span>
  );
}
