import type { Definition, Draft, FieldName, Side } from '../../utils/contract/definition.ts';
import { draftOf } from '../../utils/contract/definition.ts';
import { NEEDS } from '../needs.ts';

/** A draft as a form holds it: every field is text. */
export interface DraftFields extends Record<string, string> {
  label: string;
  team: string;
  order: string;
  definition: string;
  salesDoes: string;
  salesDoesNot: string;
  marketingDoes: string;
  marketingDoesNot: string;
  entry: string;
  exit: string;
  /** Field names with blanks between. */
  needs: string;
  retired: string;
  words: string;
}

export const TEAMS = ['sales', 'marketing', 'service', 'both'] as const;

/** Where what is half typed about a definition lies; of a new one by its kind. */
export const draftForm = (id: string): string => `agreed/${id}`;

export const fieldsOf = (draft: Draft | undefined): DraftFields => ({
  label: draft?.label ?? '',
  team: draft?.team ?? 'sales',
  order: draft?.order === undefined ? '' : String(draft.order),
  definition: draft?.definition ?? '',
  salesDoes: draft?.sales?.does ?? '',
  salesDoesNot: draft?.sales?.doesNot ?? '',
  marketingDoes: draft?.marketing?.does ?? '',
  marketingDoesNot: draft?.marketing?.doesNot ?? '',
  entry: draft?.entry ?? '',
  exit: draft?.exit ?? '',
  needs: (draft?.needs ?? []).join(' '),
  retired: draft?.retired ? 'yes' : '',
  words: '',
});

export const startOf = (definition: Definition | undefined): DraftFields =>
  fieldsOf(definition && draftOf(definition));

export function needsIn({ needs }: Pick<DraftFields, 'needs'>): FieldName[] {
  const named = needs.split(' ');
  return NEEDS.filter((field) => named.includes(field));
}

const saysOf = (side: Side, fields: DraftFields) => {
  const does = fields[`${side}Does`]?.trim();
  const doesNot = fields[`${side}DoesNot`]?.trim();
  return does || doesNot ? { [side]: { ...(does && { does }), ...(doesNot && { doesNot }) } } : {};
};

/** What the form says. Its label may still be empty. */
export function draftIn(fields: DraftFields): Draft {
  const [definition, entry, exit] = [fields.definition, fields.entry, fields.exit].map((text) => text.trim());
  const order = Number(fields.order);
  const needs = needsIn(fields);
  return {
    label: fields.label.trim(),
    team: TEAMS.find((team) => team === fields.team) ?? 'sales',
    ...(order > 0 && { order }),
    ...saysOf('sales', fields),
    ...saysOf('marketing', fields),
    ...(definition && { definition }),
    ...(entry && { entry }),
    ...(exit && { exit }),
    ...(needs.length > 0 && { needs }),
    ...(fields.retired && { retired: true }),
  };
}
