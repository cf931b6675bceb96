import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { type Access, connectionLink, serverAddress } from '../../utils/server-address.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';

interface ConnectFormProps {
  /** The server of the present or last connection. */
  server: string | undefined;
  /** Resolves to whether the server took it; what went wrong otherwise is said by the state above. */
  onConnect(access: Access): Promise<boolean>;
}

/** Server and access token, or both in one pasted link. A failure leaves everything as it was typed. */
export function ConnectForm({ server, onConnect }: ConnectFormProps) {
  const [address, setAddress] = useState(server ?? '');
  const [token, setToken] = useState('');
  const [bad, setBad] = useState(false);
  const { busy, problem, send } = useSend();
  const type = (typed: string) => {
    const access = connectionLink(typed);
    setBad(false);
    setAddress(access?.server ?? typed);
    if (access) setToken(access.token);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const found = serverAddress(address);
    setBad(found === undefined);
    if (found === undefined) return;
    await send(async () => {
      if (await onConnect({ server: found, token: token.trim() })) setToken('');
    });
  };
  return (
    <form class="form" onSubmit={save}>
      <Field
        label={t('serverAddress')}
        value={address}
        maxLength={4000}
        hint={t('serverHint')}
        problem={bad ? t('serverIsNone') : undefined}
        onInput={type}
      />
      <Field
        label={t('accessToken')}
        type="password"
        value={token}
        maxLength={4000}
        hint={t('tokenHint')}
        onInput={setToken}
      />
      <Problem words={problem} />
      <div class="do">
        <button
          type="submit"
          class="btn primary"
          disabled={busy || address.trim() === '' || token.trim() === ''}
        >
          {busy ? t('connectingNow') : t('connect')}
        </button>
      </div>
    </form>
  );
}
