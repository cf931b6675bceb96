import { AgreementPart } from './agreement-part.tsx';
import { Definitions } from './definitions.tsx';
import type { PartProps } from './part-props.ts';
import { Proposals } from './proposals.tsx';

/** What the two teams have agreed on, and what they are to agree on. */
export function Agreed({ view, wanted, mends, act }: PartProps) {
  return (
    <>
      <Proposals view={view} act={act} />
      <AgreementPart key={`agreement ${mends}`} view={view} act={act} />
      <Definitions key={`definitions ${mends}`} view={view} wanted={wanted} act={act} />
    </>
  );
}
