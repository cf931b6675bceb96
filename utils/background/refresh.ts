import { badgeOf, showBadge } from './badge.ts';
import type { Screens } from './screens.ts';
import { type Parts, situationOf } from './situation-of.ts';
import { viewOf } from './view-of.ts';

/** Brings screens and badges up to date, at most once for all that happens in one turn. */
export class Refresh {
  readonly #parts: () => Parts & { screens: Screens };
  readonly #dirty = new Set<number>();
  #all = false;
  #running = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `parts` is asked for late, since its members call back here. */
  constructor(parts: () => Parts & { screens: Screens }) {
    this.#parts = parts;
  }

  /** Without a tab: every view may have changed. */
  readonly later = (tabId?: number): void => {
    if (tabId === undefined) this.#all = true;
    else this.#dirty.add(tabId);
    if (this.#running) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#run();
    });
  };

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#all || this.#dirty.size > 0) {
        const { screens, pages } = this.#parts();
        const shown = screens.tabIds();
        const everyone = this.#all ? [...shown, ...pages.ids()] : [];
        // Tabs in front of somebody's eyes first.
        const tabIds = new Set([
          ...[...this.#dirty].filter((id) => shown.has(id)),
          ...everyone,
          ...this.#dirty,
        ]);
        this.#all = false;
        this.#dirty.clear();
        for (const tabId of tabIds) {
          // One tab that fails keeps nobody else waiting.
          await this.#refresh(tabId).catch((error: unknown) => globalThis.reportError(error));
        }
      }
    } finally {
      this.#running = false;
    }
  }

  async #refresh(tabId: number | undefined): Promise<void> {
    const parts = this.#parts();
    const { situation, ask } = await situationOf(parts, tabId);
    if (parts.screens.tabIds().has(tabId)) {
      const view = viewOf(situation);
      parts.screens.show(tabId, view);
      parts.replica.seen.note(
        view.people.flatMap(({ contactId, card }) => (card ? [contactId] : [])),
        Date.now(),
      );
    }
    if (tabId === undefined) return;
    void showBadge(tabId, badgeOf(situation));
    void parts.asking.ask(ask).then((fresh) => fresh && this.later(tabId));
  }
}
