import { type Screen, until } from './screen.ts';

export type WriteKind = 'pin' | 'edit' | 'touch' | 'stage';

/** Something that a person writes in the panel, in words that occur nowhere else. */
export interface Write {
  kind: WriteKind;
  /** Name of the person it is about, as on their tab. */
  who: string;
  /** The note's text, the touch's subject, or the stage's label. */
  words: string;
  /** The text of the note that is edited. */
  before?: string;
}

/** The form that is open for it, and the button that ends it. */
const FORM: Record<WriteKind, { form: string; button: string }> = {
  pin: { form: '.dock form', button: 'Pin a note' },
  touch: { form: '.dock form', button: 'Log it' },
  edit: { form: '.note form', button: 'Save' },
  stage: { form: '.stage form', button: 'Save' },
};

/** Opens the form and fills it in. */
export async function prepare(panel: Screen, { kind, who, words, before }: Write): Promise<void> {
  await panel.click({ role: 'tab', name: who });
  await panel.waitForText(who, { within: '.who' });
  switch (kind) {
    case 'pin':
      await panel.click({ role: 'button', name: 'Pin a note' });
      return panel.fill({ label: 'Note' }, words);
    case 'touch':
      await panel.click({ role: 'button', name: 'Log a touch' });
      return panel.fill({ label: 'Subject' }, words);
    case 'edit': {
      await panel.click({ role: 'button', name: 'Edit' });
      const shown = await panel.evaluate(() => document.querySelector('textarea')?.value);
      if (shown !== before) throw new Error(`the first note is ${shown}, not ${before}`);
      return panel.fill({ label: 'Note' }, words);
    }
    case 'stage':
      await panel.click({ role: 'button', name: 'Change stage or owner' });
      return panel.choose({ label: 'Stage' }, words);
  }
}

/** Presses the form's button. */
export function press(panel: Screen, { kind }: Write): Promise<void> {
  return panel.click({ role: 'button', name: FORM[kind].button });
}

/** What the form says became of it: `saved` when it has closed, otherwise why not. */
export async function outcome(panel: Screen, { kind }: Write): Promise<'saved' | { problem: string }> {
  const { form } = FORM[kind];
  const said = await until(30_000, async () => {
    const state = await panel
      .evaluate((at) => {
        const open = document.querySelector(at);
        if (!open) return { open: false, problem: '' };
        return { open: true, problem: open.querySelector('[role=alert]')?.textContent ?? '' };
      }, form)
      .catch(() => undefined);
    if (state?.open === false) return 'saved' as const;
    return state?.problem ? { problem: state.problem } : undefined;
  });
  if (!said) throw new Error(`the form says nothing: ${await panel.text()}`);
  return said;
}
