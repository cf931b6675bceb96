import { logTouch } from '../../utils/commands.ts';
import { localInput } from '../../utils/format.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import { Choice } from '../choice.tsx';
import { Field } from '../field.tsx';
import { barOf } from '../permission.ts';
import { useDraft } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import { type DockFormProps, DockFrame } from './dock-form.tsx';

const KINDS = ['call', 'meeting', 'email', 'social'] as const;
const DIRECTIONS = ['out', 'in'] as const;

const KIND_LABELS: Record<(typeof KINDS)[number], MessageKey> = {
  call: 'kindCall',
  meeting: 'kindMeeting',
  email: 'kindEmail',
  social: 'kindSocial',
};

/** `https` and `http` only: anything else would not be a link to a mail or a post. */
function linkOf(typed: string): string | undefined {
  const url = URL.parse(typed.trim());
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** What was just said or sent. Of a mail only its subject and a link: its text stays in the mailbox. */
export function TouchForm({ person, act, onDirty, onSent, onClose }: DockFormProps) {
  const start = {
    kind: 'call',
    direction: 'out',
    at: localInput(now.peek()),
    subject: '',
    link: '',
    excerpt: '',
  };
  const form = `touch:${person.contactId}`;
  const { fields, set, once, clear } = useDraft(form, start, act);
  const { busy, problem, send } = useSend();
  const put = (patch: Partial<typeof start>) => {
    set(patch);
    onDirty(true);
  };
  const kind = KINDS.find((one) => one === fields.kind) ?? 'call';
  const linked = kind === 'email' || kind === 'social';
  const link = linked ? linkOf(fields.link) : undefined;
  const badLink = linked && fields.link.trim() !== '' && link === undefined;
  // To write down what was said is right all the same; to do it was not.
  const barred = fields.direction === 'out' ? barOf(person.card?.contact) : undefined;
  const at = Date.parse(fields.at);
  const save = async () => {
    const [subject, excerpt] = [fields.subject.trim(), kind === 'email' ? '' : fields.excerpt.trim()];
    const command = once(
      logTouch({
        contactId: person.contactId,
        kind,
        direction: fields.direction === 'in' ? 'in' : 'out',
        at: new Date(at).toISOString(),
        ...(subject && { subject }),
        ...(excerpt && { excerpt }),
        ...(link && { link }),
      }),
    );
    if (!(await send(() => act.write(command, form)))) return;
    clear();
    onSent({ contactId: person.contactId, recordId: command.payload.touchId });
  };
  return (
    <DockFrame
      {...{ person, problem, onClose }}
      title={t('logTouchWith')}
      submit={t('logIt')}
      blocked={busy || badLink || Number.isNaN(at)}
      onSubmit={save}
    >
      <Choice
        name="kind"
        label={t('touchKind')}
        options={KINDS.map((value) => ({ value, label: t(KIND_LABELS[value]) }))}
        value={kind}
        onPick={(kind) => put({ kind })}
      />
      <Choice
        name="direction"
        label={t('direction')}
        options={DIRECTIONS.map((value) => ({ value, label: t(value === 'out' ? 'weToThem' : 'theyToUs') }))}
        value={fields.direction}
        onPick={(direction) => put({ direction })}
      />
      {barred && <p class="problem">{t(barred === 'contact' ? 'doNotContact' : 'consentDenied')}</p>}
      <Field
        label={t('touchWhen')}
        type="datetime-local"
        value={fields.at}
        max={localInput(now.peek())}
        onInput={(at) => put({ at })}
      />
      <Field
        label={t('subject')}
        value={fields.subject}
        maxLength={300}
        onInput={(subject) => put({ subject })}
      />
      {linked && (
        <Field
          label={t('link')}
          type="url"
          value={fields.link}
          hint={kind === 'email' ? t('linkNotText') : undefined}
          problem={badLink ? t('linkIsNone') : undefined}
          onInput={(link) => put({ link })}
        />
      )}
      {kind !== 'email' && (
        <label>
          {t('whatWasSaid')}
          <textarea
            dir="auto"
            rows={3}
            maxLength={1000}
            value={fields.excerpt}
            onInput={(event) => put({ excerpt: event.currentTarget.value })}
          />
        </label>
      )}
    </DockFrame>
  );
}
