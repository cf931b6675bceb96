import { useId, useState } from 'preact/hooks';
import { t } from '../utils/i18n.ts';
import type { PageState } from '../utils/view.ts';

/** The link to keep with a note: none, until somebody ticks the box beside the very address that is kept. */
export function usePageLink({ link }: PageState) {
  const [ticked, tick] = useState<string>();
  return {
    kept: ticked === link ? ticked : undefined,
    box: link === undefined ? null : <PageLink link={link} ticked={ticked === link} onTick={tick} />,
  };
}

interface PageLinkProps {
  link: string;
  ticked: boolean;
  onTick(link: string | undefined): void;
}

function PageLink({ link, ticked, onTick }: PageLinkProps) {
  const id = useId();
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={ticked}
        aria-describedby={id}
        onChange={(event) => onTick(event.currentTarget.checked ? link : undefined)}
      />
      <span>
        {t('keepLink')}
        <bdi id={id} class="hint">
          {link}
        </bdi>
      </span>
    </label>
  );
}
