import type { Command } from '../../utils/contract/command.ts';
import { shownProfile } from '../../utils/contract/profiles.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { CONSENT } from '../permission.ts';
import { definitionOf, memberOf, stageOf } from '../records.ts';

/** What a command carries, so that neither repeating nor discarding it is blind. */
export function wordsIn(command: Command, view: View): string[] {
  const { payload } = command;
  if (command.kind === 'contact.edit') {
    const { stageId, ownerId, leadTypeId, saleTypeId, consent, doNotContact, reason } = command.payload;
    return [
      ...(consent ? [t(CONSENT[consent])] : []),
      ...(doNotContact === undefined ? [] : [t(doNotContact ? 'barredYes' : 'barredNo')]),
      ...(reason ? [t('quote', reason)] : []),
      ...(stageId ? [t('wantedStage', stageOf(view, stageId)?.label ?? t('somethingGone'))] : []),
      ...(leadTypeId
        ? [t('wantedLeadType', definitionOf(view, leadTypeId)?.label ?? t('somethingGone'))]
        : []),
      ...(leadTypeId === null ? [t('wantedLeadType', t('noType'))] : []),
      ...(saleTypeId
        ? [t('wantedSaleType', definitionOf(view, saleTypeId)?.label ?? t('somethingGone'))]
        : []),
      ...(saleTypeId === null ? [t('wantedSaleType', t('noType'))] : []),
      ...(ownerId ? [t('wantedOwner', memberOf(view, ownerId)?.name ?? t('somebody'))] : []),
      ...(ownerId === null ? [t('wantedOwner', t('noOwner'))] : []),
    ];
  }
  if (command.kind === 'definition.propose' || command.kind === 'agreement.propose') {
    const { words } = command.payload;
    return words === undefined ? [] : [t('quote', words)];
  }
  if (command.kind === 'proposal.decide') {
    const { agree, words } = command.payload;
    return [t(agree ? 'wantedAgree' : 'wantedDecline'), ...(words === undefined ? [] : [t('quote', words)])];
  }
  if (command.kind === 'contact.identify') {
    const { key, theirs } = command.payload;
    return key === '' ? [] : [t(theirs ? 'wantedProfile' : 'unwantedProfile', shownProfile(key))];
  }
  if (command.kind === 'contact.add') {
    const { email, profile, title, companyName } = command.payload;
    return [email, profile, title, companyName].filter((words) => words !== undefined);
  }
  if (command.kind === 'touch.log') {
    const { subject, excerpt, link } = command.payload;
    return [subject, excerpt, link].filter((words) => words !== undefined);
  }
  return 'text' in payload && payload.text ? [t('quote', payload.text)] : [];
}
