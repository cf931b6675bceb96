import { t } from '../../utils/i18n.ts';
import type { SigningIn } from '../../utils/view.ts';
import { Link } from '../link.tsx';

/** While the person is somewhere else: in the browser's sign-in window, or on the page that asks for the code. */
export function SigningInBox({ signingIn, onStop }: { signingIn: SigningIn; onStop(): void }) {
  const { code, link } = signingIn;
  return (
    <div class="alert guess" role="status">
      <p>{code === undefined ? t('signInGoesOn', signingIn.server) : t('codeMore')}</p>
      {code !== undefined && <p class="code">{code}</p>}
      {link !== undefined && (
        <p>
          <Link to={link}>{t('codePage')}</Link>
        </p>
      )}
      <div class="do">
        <button type="button" class="btn" onClick={onStop}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
