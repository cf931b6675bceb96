import { useState } from 'preact/hooks';
import { wordsOf } from '../../utils/actions.ts';
import { t } from '../../utils/i18n.ts';
import type { Payload } from '../../utils/messages.ts';
import { placeOf } from '../../utils/server-address.ts';
import { Trouble } from '../../utils/trouble.ts';
import type { SigningIn } from '../../utils/view.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';

export type Start = Payload<'sign-in.start'>;

interface SignInFormProps {
  typed: string;
  onType(typed: string): void;
  /** The server that the browser's administrator has set. */
  preset: string | undefined;
  /** How the last sign-in ended, if without success. */
  last: SigningIn | undefined;
  onSignIn(start: Start): Promise<unknown>;
}

/** One field for a server's address or an invitation's link. A failure leaves everything as it was typed. */
export function SignInForm({ typed, onType, preset, last, onSignIn }: SignInFormProps) {
  const [bad, setBad] = useState(false);
  const { busy, problem, send } = useSend();
  const begin = (how: SigningIn['how']) => {
    const place = preset !== undefined && typed.trim() === '' ? { server: preset } : placeOf(typed);
    setBad(place === undefined);
    if (place) void send(() => onSignIn({ ...place, how }));
  };
  const failed =
    last?.callsItself !== undefined
      ? t('serverElsewhere', last.callsItself)
      : last?.problem && wordsOf(new Trouble(last.problem, 'sign-in'));
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        begin('window');
      }}
    >
      {preset !== undefined && <p>{t('presetBy', preset)}</p>}
      <Field
        label={t(preset === undefined ? 'serverAddress' : 'invitationLink')}
        value={typed}
        maxLength={1000}
        hint={t(preset === undefined ? 'serverHint' : 'invitationHint')}
        problem={bad ? t('serverIsNone') : undefined}
        onInput={(value) => {
          setBad(false);
          onType(value);
        }}
      />
      <Problem words={bad ? undefined : (problem ?? failed)} />
      <div class="do">
        <button
          type="submit"
          class="btn primary"
          disabled={busy || (typed.trim() === '' && preset === undefined)}
        >
          {t('signIn')}
        </button>
        {last?.problem && (
          <button type="button" class="btn" disabled={busy} onClick={() => begin('code')}>
            {t('useCode')}
          </button>
        )}
      </div>
    </form>
  );
}
