/** Why a form could not be sent. The live region is there before the words are, so that they are read out. */
export function Problem({ words }: { words: string | undefined }) {
  return (
    <p class="problem" role="alert">
      {words}
    </p>
  );
}
