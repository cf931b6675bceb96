import type { ComponentChildren } from 'preact';
import { t } from '../../utils/i18n.ts';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';
import { useWayOut } from '../use-way-out.ts';

interface ConfirmProps {
  /** What will happen. */
  children: ComponentChildren;
  /** The deed, on its button. */
  label: string;
  job(): Promise<unknown>;
  onClose(): void;
}

/** Asks before something that cannot be taken back. The cursor is on the way out. */
export function Confirm({ children, label, job, onClose }: ConfirmProps) {
  const { busy, problem, send } = useSend();
  const out = useWayOut();
  const go = async () => {
    // What it was about may be gone from the list, and the button that opened this with it.
    const heading = out.current?.closest('section')?.querySelector('h2');
    if (!(await send(job))) return;
    if (heading) heading.tabIndex = -1;
    heading?.focus();
    onClose();
  };
  return (
    <div class="alert stop">
      <p>{children}</p>
      <Problem words={problem} />
      <div class="do">
        <button type="button" class="btn" disabled={busy} onClick={go}>
          {label}
        </button>
        <button ref={out} type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
