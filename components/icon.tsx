import type { Campaign } from '../utils/contract/campaign.ts';
import type { TouchKind } from '../utils/contract/touch.ts';

type Sign = Campaign['channel'] | TouchKind | 'search' | 'edit' | 'pin' | 'close' | 'task';

const SHAPES: Record<Sign, string> = {
  email: 'M2 4.5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1zm.5.2L8 9l5.5-4.3',
  call: 'M3 2.5h2.3L6.8 6 5.2 7.2a8 8 0 0 0 3.6 3.6L10 9.2l3.5 1.5V13a1 1 0 0 1-1 1A10.5 10.5 0 0 1 2 3.5a1 1 0 0 1 1-1z',
  meeting:
    'M2.5 4.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zm0 2.5h11M5.5 2v2.5m5-2.5v2.5',
  social: 'M5.5 13.5 2.5 14l.7-2.7A6 6 0 1 1 5.5 13.5z',
  event: 'M3 14V2.5h9l-2 3 2 3H3',
  form: 'M3.5 2.5h9v11h-9zM6 6h4M6 8.5h4M6 11h2',
  'direct-mail': 'M2 13.5v-6l6-5 6 5v6zm3-4.5h6',
  chat: 'M2.5 3.5h11v7.5H8L5 13.5V11H2.5z',
  webinar: 'M2 3.5h12v7.5H2zm4 10h4M7 5.8v3L9.7 7.3z',
  ads: 'M2.5 6.5v3H5l5.5 3v-9L5 6.5zm10.5 0v3',
  other: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm3.3 7.8 3.2 3.2',
  edit: 'M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zm6-8.3 2.3 2.3',
  pin: 'M6 2.5h4l-.5 4 2 2v1h-7v-1l2-2zM8 9.5v4',
  close: 'M4 4l8 8m0-8-8 8',
  task: 'M3 3h10v10H3zm2.5 5 2 2 3-4',
};

/** Decoration: what it means is always in words beside it, or in its button's label. */
export function Icon({ name }: { name: Sign }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
