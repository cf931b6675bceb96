import type { FunctionComponent } from 'preact';
import { t } from '../../utils/i18n.ts';
import { Agreed } from './agreed.tsx';
import type { PartProps } from './part-props.ts';
import { DESK_PARTS, type DeskPart, placeAt } from './place.ts';

/** What shows each part. */
export const PARTS: Record<DeskPart, FunctionComponent<PartProps>> = { agreed: Agreed };

/** The way from one part to the others; none where there is only one. */
export function PartLinks({ chosen }: { chosen: DeskPart }) {
  const parts = Object.keys(PARTS) as DeskPart[];
  if (parts.length < 2) return null;
  return (
    <nav class="parts" aria-label={t('deskParts')}>
      {parts.map((part) => (
        <a key={part} href={placeAt(part)} aria-current={part === chosen ? 'page' : undefined}>
          {t(DESK_PARTS[part])}
        </a>
      ))}
    </nav>
  );
}
