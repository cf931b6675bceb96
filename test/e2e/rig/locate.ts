/** How a test names an element: a CSS selector, or a role with its accessible name, or a label. */
export type Target = string | { role: string; name?: string; nth?: number } | { label: string };

export function describeTarget(target: Target): string {
  return typeof target === 'string' ? target : JSON.stringify(target);
}

/**
 * Finds a visible element. Runs inside pages as source text, so it uses nothing from outside itself.
 * Names match when they contain the wanted one, case aside; `nth` counts from 0, or from the end below it.
 */
export function locate(document: Document, target: Target): Element | null {
  const shown = (element: Element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
  if (typeof target === 'string') {
    return [...document.querySelectorAll(target)].find(shown) ?? null;
  }
  const tidy = (value: string | null | undefined) => (value ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby');
    if (by)
      return tidy(
        by
          .split(/\s+/)
          .map((id) => document.getElementById(id)?.textContent)
          .join(' '),
      );
    const label = tidy(element.getAttribute('aria-label'));
    if (label) return label;
    const labels = (element as HTMLInputElement).labels;
    if (labels?.length) return tidy([...labels].map((each) => each.textContent).join(' '));
    const own = /^(input|select|textarea)$/i.test(element.tagName) ? '' : tidy(element.textContent);
    return own || tidy(element.getAttribute('title') ?? element.getAttribute('placeholder'));
  };
  const implicit: Record<string, string> = {
    button: 'button, summary, input[type=submit], input[type=button]',
    link: 'a[href]',
    textbox:
      'textarea, input:not([type]), input[type=text], input[type=email], input[type=url], input[type=date], input[type=password]',
    searchbox: 'input[type=search]',
    combobox: 'select',
    option: 'option',
    checkbox: 'input[type=checkbox]',
    radio: 'input[type=radio]',
    heading: 'h1, h2, h3, h4, h5, h6',
    listitem: 'li',
    alert: '[role=alert]',
    status: '[role=status], output',
    tab: '[role=tab]',
  };
  const wanted = ('label' in target ? target.label : (target.name ?? '')).toLowerCase();
  const selector =
    'label' in target
      ? 'input, select, textarea, [contenteditable=true]'
      : [`[role="${target.role}"]`, implicit[target.role]].filter(Boolean).join(', ');
  const fitting = [...document.querySelectorAll(selector)].filter(
    (element) => shown(element) && nameOf(element).toLowerCase().includes(wanted),
  );
  const exact = fitting.filter((element) => nameOf(element).toLowerCase() === wanted);
  const nth = 'nth' in target ? (target.nth ?? 0) : 0;
  return (exact.length > 0 && wanted !== '' ? exact : fitting).at(nth) ?? null;
}
