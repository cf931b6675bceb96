import type { Hit } from '../utils/contract/routes.ts';
import type { View } from '../utils/view.ts';
import { Face } from './face.tsx';
import { stageOf } from './records.ts';

interface HitListProps {
  view: View;
  hits: Hit[];
  onPick(contactId: string): void;
}

/** Contacts to choose from. */
export function HitList({ view, hits, onPick }: HitListProps) {
  if (hits.length === 0) return null;
  return (
    <ul class="hits">
      {hits.map((hit) => (
        <li key={hit.id}>
          <button type="button" onClick={() => onPick(hit.id)}>
            <Face name={hit.name} />
            <span class="hit">
              <b dir="auto">{hit.name}</b>
              <span class="quiet" dir="auto">
                {[hit.title, hit.company].filter(Boolean).join(', ') || hit.email}
              </span>
            </span>
            <span class="faint" dir="auto">
              {stageOf(view, hit.stageId)?.label}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
