/** The one call that the two browsers have different names for, and that must run within a click. */
interface PanelHost {
  chrome?: { sidePanel?: { open(options: { windowId: number }): Promise<void> } };
  browser?: { sidebarAction?: { open(): Promise<void> } };
}

/** Opens the side panel of a window; must be called directly in the click. */
export function openPanel(windowId: number | undefined): void {
  const { chrome, browser } = globalThis as PanelHost;
  const opened =
    browser?.sidebarAction?.open() ??
    (windowId === undefined ? undefined : chrome?.sidePanel?.open({ windowId }));
  opened?.then(
    () => globalThis.close(),
    () => undefined,
  );
}
