import type { Roundcube } from '../../../scripts/roundcube.ts';
import type { PageReport, Sighting } from '../../../utils/detect/types.ts';
import { detectionScript } from '../../detect/browser.ts';
import { type Screen, until } from './screen.ts';
import type { Rig } from './types.ts';

/** What one does in Roundcube, in any of its skins, with the mails of `test/e2e/mail`. */
export class RoundcubeMail {
  readonly screen: Screen;
  readonly #roundcube: Roundcube;

  constructor(screen: Screen, roundcube: Roundcube) {
    this.screen = screen;
    this.#roundcube = roundcube;
    // It asks before a mail is left that was begun.
    screen.page.on('dialog', (dialog) => dialog.accept().catch(() => undefined));
  }

  static async signIn(rig: Rig, roundcube: Roundcube): Promise<RoundcubeMail> {
    const mail = new RoundcubeMail(await rig.page(roundcube.url), roundcube);
    await mail.signIn();
    return mail;
  }

  /** Its login page moves while its skin sets itself up: a click may land beside the button. */
  async signIn(): Promise<void> {
    const { screen } = this;
    const there = () => screen.has('#messagelist');
    for (let left = 3; left > 0 && !(await there()); left--) {
      await screen.fill('#rcmloginuser', this.#roundcube.user);
      await screen.fill('#rcmloginpwd', this.#roundcube.password);
      await screen.press('Enter');
      await until(20_000, async () => (await there()) || undefined);
      if (!(await there())) await screen.page.goto(this.#roundcube.url);
    }
    await screen.waitForText('Démonstration de jeudi', { timeout: 20_000 });
  }

  async list(): Promise<void> {
    await this.go({ _mbox: 'INBOX' });
    await this.screen.waitForText('Démonstration de jeudi');
  }

  /** Opens a page of the mail task. */
  async go(query: Record<string, string>): Promise<void> {
    await this.screen.page.goto(`${this.#roundcube.url}?${new URLSearchParams({ _task: 'mail', ...query })}`);
  }

  /** The skin that the page says it has. */
  skin(): Promise<string | undefined> {
    return this.screen.evaluate(
      () =>
        /skins\/(\w+)\//.exec(
          document.querySelector('link[href*="skins/"]')?.getAttribute('href') ?? '',
        )?.[1],
    );
  }

  /** Shows a mail of the list in the preview pane. */
  async preview(subject: string): Promise<Screen> {
    const row = await this.screen.evaluate((wanted) => {
      const rows = [...document.querySelectorAll('#messagelist tbody tr')];
      return rows.findIndex((each) => each.textContent?.includes(wanted)) + 1;
    }, subject);
    await this.screen.click(`#messagelist tbody tr:nth-child(${row}) td.subject`);
    const frame = await this.screen.frame('_action=preview');
    await frame.waitForText(subject);
    return frame;
  }

  /** Roundcube's number of a mail of the list. */
  async uid(subject: string): Promise<string> {
    const uid = await this.screen.evaluate((wanted) => {
      const rows = [...document.querySelectorAll('#messagelist tbody tr')];
      const row = rows.find((each) => each.textContent?.includes(wanted));
      const href = row?.querySelector<HTMLAnchorElement>('a[href*="_uid="]')?.href;
      return href === undefined ? undefined : (new URL(href).searchParams.get('_uid') ?? undefined);
    }, subject);
    if (uid === undefined) throw new Error(`no mail ${subject} in the list`);
    return uid;
  }

  /** Opens a mail of the list by itself. */
  async open(subject: string): Promise<void> {
    await this.go({ _mbox: 'INBOX', _uid: await this.uid(subject), _action: 'show' });
    await this.screen.waitForText(subject);
  }

  async search(words: string, left: number): Promise<void> {
    await this.screen.evaluate((value) => {
      const field = document.querySelector<HTMLInputElement>('[name="_q"]');
      if (field) field.value = value;
      field?.focus();
    }, words);
    await this.screen.press('Enter');
    await until(10_000, async () => {
      const rows = await this.screen.evaluate(
        () => document.querySelectorAll('#messagelist tbody tr').length,
      );
      return rows === left || undefined;
    });
  }

  /** Begins a mail and types whom it is to. */
  async compose(to: string): Promise<void> {
    await this.go({ _action: 'compose' });
    const field = (await this.screen.has('#compose_to li.input input'))
      ? '#compose_to li.input input'
      : '#_to';
    await this.screen.fill(field, to);
  }

  /** Who detection finds in the page, or in a frame of it by a part of its address, once that is as `wanted`. */
  async people(wanted: (report: PageReport) => boolean, part?: string): Promise<PageReport> {
    const script = `${await detectionScript()}; truceDetect.read()`;
    const { page } = this.screen;
    let last: PageReport | undefined;
    const found = await until(10_000, async () => {
      const frame = part ? page.frames().find((each) => each.url().includes(part)) : page.mainFrame();
      last = (await frame?.evaluate(script).catch(() => undefined)) as PageReport | undefined;
      return last && wanted(last) ? last : undefined;
    });
    if (!found) throw new Error(`waited for other people than ${JSON.stringify(last, undefined, 1)}`);
    return found;
  }
}

export const addresses = ({ sightings }: PageReport, role?: Sighting['role']) =>
  sightings.filter((one) => role === undefined || one.role === role).flatMap(({ address }) => address ?? []);
export const inFocus = ({ sightings }: PageReport) => sightings.find(({ focus }) => focus)?.address;
