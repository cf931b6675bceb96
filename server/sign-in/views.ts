import { html } from 'hono/html';
import type { Team } from '../../utils/contract/base.ts';
import { type Html, page } from './html.ts';
import type { Key, Words } from './texts.ts';

/** A team that a person can come in to. */
export interface Choice {
  workspaceId: string;
  workspace: string;
  /** They are not a member yet, and become one. */
  joins: boolean;
}

export interface ConnectView {
  /** Where the form goes. */
  action: string;
  /** More than one: to choose from. */
  choices: readonly Choice[];
  name?: string | undefined;
  email?: string | undefined;
  browserName: string;
  /** It is another browser than this, which said its name itself; its code, where that is known. */
  device?: { code: string | undefined } | undefined;
  /** What the person still has to say. */
  ask: { name?: boolean; email?: boolean; work?: boolean };
  wrong?: readonly Key[];
  /** Where somebody else signs in instead. */
  other?: string | undefined;
}

export const TEAMS: readonly Team[] = ['sales', 'marketing', 'service', 'both'];

/** Says whom and which team the browser will be connected to; the button does it. */
export function connectPage(words: Words, view: ConnectView): Promise<string> {
  const { t } = words;
  const { action, choices, ask, wrong = [], name, email, browserName, device, other } = view;
  const [only] = choices.length === 1 ? choices : [];
  return page(
    words,
    t(device ? 'connectOtherTitle' : 'connectTitle'),
    html`${device ? html`<p><strong>${t('connectOtherIntro')}</strong></p>` : html`<p>${t('connectIntro')}</p>`}
<dl>
${only && html`<dt>${t('team')}</dt><dd>${teamName(words, only)}</dd>`}
${!ask.name && html`<dt>${t('person')}</dt><dd>${name ?? ''}<small>${email ?? ''}</small></dd>`}
${ask.name && !ask.email && html`<dt>${t('person')}</dt><dd>${email ?? ''}</dd>`}
${device?.code !== undefined && html`<dt>${t('deviceCode')}</dt><dd>${device.code}</dd>`}
<dt>${t('browser')}</dt><dd>${device ? t('claimed', { name: browserName }) : browserName}</dd>
</dl>
<form method="post" action="${action}">
${only && html`<input type="hidden" name="workspace" value="${only.workspaceId}">`}
${
  !only &&
  options(words, {
    field: 'workspace',
    legend: t('chooseTeam'),
    options: choices.map((choice) => [choice.workspaceId, teamName(words, choice)]),
    wrong: wrong.includes('chooseOne'),
  })
}
${ask.name && field(words, { name: 'name', label: 'name', value: name, autocomplete: 'name', wrong: wrong.includes('nameWrong') && 'nameWrong' })}
${ask.email && field(words, { name: 'email', label: 'email', value: email, autocomplete: 'email', hint: 'emailHint', wrong: wrong.includes('emailWrong') && 'emailWrong' })}
${
  ask.work &&
  options(words, {
    field: 'work',
    legend: t('chooseWork'),
    options: TEAMS.map((team) => [team, t(team)]),
    wrong: wrong.includes('chooseOne'),
  })
}
<button>${t(device ? 'connectOther' : 'connect')}</button>
</form>
${other !== undefined && html`<p><a href="${other}">${t('other')}</a></p>`}`,
  );
}

const teamName = ({ t }: Words, { workspace, joins }: Choice): string =>
  joins ? t('newMember', { team: workspace }) : workspace;

/** Nobody is known yet: by the company's sign-in, or by an invitation. */
export function waysPage(
  words: Words,
  { action, company, wrong }: { action: string; company: string | undefined; wrong: boolean },
): Promise<string> {
  const { t } = words;
  return page(
    words,
    t('waysTitle'),
    html`${
      company !== undefined &&
      html`<p>${t('companyIntro')}</p>
<p><a class="button" href="${company}">${t('company')}</a></p>`
    }
<p>${t(company === undefined ? 'invitationOnly' : 'invitationIntro')}</p>
<form method="post" action="${action}">
${field(words, { name: 'invitation', label: 'invitation', autocomplete: 'off', wrong: wrong && 'unreadableInvitation' })}
<button>${t('next')}</button>
</form>`,
  );
}

/** Says what happened and what one can do. */
export function errorPage(
  words: Words,
  title: Key,
  text: Key,
  { email = '', retry }: { email?: string | undefined; retry?: string | undefined } = {},
): Promise<string> {
  const { t } = words;
  return page(
    words,
    t(title),
    html`<p role="alert">${t(text, { email })}</p>
${retry !== undefined && html`<p><a class="button" href="${retry}">${t('retry')}</a></p>`}`,
  );
}

export function joinPage(words: Words): Promise<string> {
  const { t } = words;
  return page(
    words,
    t('joinTitle'),
    html`<p>${t('joinIntro')}</p>
<ol>
<li>${t('joinInstall')}</li>
<li>${t('joinCopy')}</li>
<li>${t('joinPaste')}</li>
</ol>
<p class="hint">${t('joinOnce')}</p>`,
  );
}

export function deviceCodePage(
  words: Words,
  { action, xsrf, code, wrong }: { action: string; xsrf: string; code: string; wrong: Key | undefined },
): Promise<string> {
  const { t } = words;
  return page(
    words,
    t('deviceTitle'),
    html`<p>${t('deviceIntro')}</p>
<form method="post" action="${action}">
<input type="hidden" name="xsrf" value="${xsrf}">
<input type="hidden" name="confirm" value="yes">
${field(words, { name: 'user_code', label: 'deviceCode', value: code, autocomplete: 'off', hint: 'deviceHint', wrong, className: 'code' })}
<button>${t('next')}</button>
</form>`,
  );
}

export function deviceDonePage(words: Words): Promise<string> {
  return page(words, words.t('deviceDoneTitle'), html`<p role="status">${words.t('deviceDone')}</p>`);
}

interface Field {
  name: string;
  label: Key;
  value?: string | undefined;
  autocomplete: string;
  hint?: Key;
  wrong?: Key | false | undefined;
  className?: string;
}

function field({ t }: Words, { name, label, value = '', autocomplete, hint, wrong, className = '' }: Field) {
  const described = [hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(' ');
  return html`<div class="field">
<label for="${name}">${t(label)}</label>
${hint && html`<p class="hint" id="${name}-hint">${t(hint)}</p>`}
<input id="${name}" name="${name}" class="${className}" type="${name === 'email' ? 'email' : 'text'}" value="${value}"
 autocomplete="${autocomplete}" required ${described && html`aria-describedby="${described}"`} ${wrong && html`aria-invalid="true" autofocus`}>
${wrong && html`<p class="wrong" id="${name}-wrong" role="alert">${t(wrong)}</p>`}
</div>`;
}

interface Options {
  field: string;
  legend: string;
  options: readonly (readonly [value: string, label: string])[];
  wrong: boolean;
}

function options({ t }: Words, { field: name, legend, options: all, wrong }: Options): Html {
  return html`<fieldset ${wrong && html`aria-describedby="${name}-wrong"`}>
<legend>${legend}</legend>
${all.map(
  ([value, label]) =>
    html`<label><input type="radio" name="${name}" value="${value}" required> ${label}</label>`,
)}
${wrong && html`<p class="wrong" id="${name}-wrong" role="alert">${t('chooseOne')}</p>`}
</fieldset>`;
}
