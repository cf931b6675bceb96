import * as v from 'valibot';
import { type AgreementDraft, namesIn } from './agreement.ts';
import { Id } from './base.ts';
import { type Definition, type DefinitionKind, type Draft, kindOf, SIDES } from './definition.ts';

/**
 * What of a draft cannot hold together with itself, or with another definition: that one's id. `agreement`: the one in
 * force asks for what is retired. The last five are of a draft of the agreement, as in `AgreementProblem`.
 */
export const Contradiction = v.object({
  with: v.picklist([
    ...(['label', 'does', 'criteria', 'needs', 'agreement'] as const),
    ...(['calendar', 'remind', 'reasons', 'stages', 'types'] as const),
  ]),
  definitionId: v.optional(Id),
});
export type Contradiction = v.InferOutput<typeof Contradiction>;

/** Case, blanks, accents' spelling and a dot at the end make no difference. */
const plain = (words: string | undefined): string =>
  (words ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/\.$/, '');

/**
 * The first contradiction of a draft, in the order in which a form asks: a label that another one of its kind has;
 * one team that does what it does not do; that it begins where it ends; a type asked for of which there is none.
 * One that is retired contradicts no other; but what the agreement asks for stays, until that is changed.
 * @param agreement the one in force, if there is one
 * @param all every definition, its own present one among them
 */
export function contradictionOf(
  about: { kind: DefinitionKind; id: string },
  draft: Draft,
  all: readonly Definition[],
  agreement?: Pick<AgreementDraft, 'criteria'>,
): Contradiction | undefined {
  if (draft.retired) return agreement && namesIn(agreement, about.id) ? { with: 'agreement' } : undefined;
  const others = all.filter(({ id, retired }) => id !== about.id && !retired);
  const label = plain(draft.label);
  const same = others.find((one) => kindOf(one) === about.kind && plain(one.label) === label);
  if (same) return { with: 'label', definitionId: same.id };
  const does = SIDES.some((side) => isSame(draft[side]?.does, draft[side]?.doesNot));
  if (does) return { with: 'does' };
  if (isSame(draft.entry, draft.exit)) return { with: 'criteria' };
  const needs = (['lead', 'sale'] as const).some(
    (kind) => draft.needs?.includes(`${kind}Type`) && !others.some((one) => kindOf(one) === kind),
  );
  return needs ? { with: 'needs' } : undefined;
}

const isSame = (a: string | undefined, b: string | undefined) => plain(a) !== '' && plain(a) === plain(b);
