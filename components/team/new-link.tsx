import { useState } from 'preact/hooks';
import type { NewLink as Link } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useFocus } from '../use-focus.ts';

interface NewLinkProps {
  link: Link;
  /** Whom it lets in. */
  who: string;
  onClose(): void;
}

/** A link just made. It can be copied here and nowhere later. */
export function NewLink({ link, who, onClose }: NewLinkProps) {
  const [copied, setCopied] = useState(false);
  const box = useFocus<HTMLInputElement>();
  const copy = async () => {
    box.current?.select();
    const done = await navigator.clipboard.writeText(link.link).then(
      () => true,
      () => false,
    );
    setCopied(done);
  };
  return (
    <div class="form new-link">
      <label>
        {who}
        <input
          ref={box}
          readonly
          dir="ltr"
          value={link.link}
          aria-describedby={link.id}
          onFocus={(event) => event.currentTarget.select()}
        />
        <span class="hint" id={link.id}>
          <Text k="linkOnce" with={[<Time key="t" at={link.expiresAt} />]} />
        </span>
      </label>
      <div class="do">
        <button type="button" class="btn primary" onClick={copy}>
          {t('copy')}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('closeLink')}
        </button>
        <span role="status">{copied && t('copied')}</span>
      </div>
    </div>
  );
}
