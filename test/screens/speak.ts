import messages from '../../public/_locales/en/messages.json';
import { speak } from '../../utils/i18n.ts';

const texts: Record<string, { message: string }> = messages;

/** Gives the texts as the browser would, for pages and tests outside the extension. */
export function speakEnglish(): void {
  speak(
    (key, subs) =>
      (texts[key]?.message ?? '').replace(/\$([1-9])/g, (_, place) => subs[Number(place) - 1] ?? ''),
    'en-GB',
  );
}
