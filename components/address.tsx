import { Fragment } from 'preact';

/** An address or profile; where it has no room it breaks before its parts rather than within them. */
export function Address({ value }: { value: string }) {
  return (
    <bdi>
      {value.split(/(?<=[@./])/).map((part, index) => (
        <Fragment key={`${index} ${part}`}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
