import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MessageKey } from '../../utils/i18n.ts';

interface PartProps {
  name: MessageKey;
  /** What it shows, by record. */
  of: Readonly<Record<string, unknown>>;
  /** Records in `of` that the user has just written. */
  own: readonly string[];
  /** It has changed by itself, and that is to be seen. */
  fresh: boolean;
  /** How often somebody has come back to look. */
  looks: number;
  onNews(name: MessageKey): void;
  children: ComponentChildren;
}

interface Before {
  of: Record<string, string>;
  own: readonly string[];
}

/** Where things were before the change was drawn. */
interface Places {
  height: number;
  /** What is being typed into, and how far below the part's top. */
  field: HTMLElement | undefined;
  top: number;
}

/**
 * A part of the card. When it changes under the reader it is marked, and keeps its height, with what has no room a
 * scroll away, until somebody turns to it or looks anew: nothing else on the card moves, nor what is typed into.
 */
export function Part({ name, of, own, fresh, looks, onNews, children }: PartProps) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<Before>(undefined);
  const places = useRef<Places>(undefined);
  const now: Before = { of: textsOf(of), own };
  const news = before.current !== undefined && differs(before.current, now);
  const { wrote, sent } = writing(before.current, now);
  // Children are drawn after this: here everything is still where it was, and is kept there.
  places.current = (news || sent) && !wrote && box.current ? hold(box.current) : undefined;
  useLayoutEffect(() => {
    before.current = now;
    if (!box.current) return;
    if (wrote) release(box.current);
    if (places.current) settle(box.current, places.current);
    if (news) onNews(name);
  });
  useLayoutEffect(() => {
    if (!fresh && box.current) release(box.current);
  }, [fresh, looks]);
  return (
    <div
      ref={box}
      class={fresh ? 'part changed' : 'part'}
      onPointerEnter={({ currentTarget }) => release(currentTarget)}
      onFocusIn={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) release(currentTarget);
      }}
    >
      {children}
    </div>
  );
}

const textsOf = (of: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([id, value]) => [id, JSON.stringify(value) ?? '']));

/** What the user writes is no news to them, neither when it shows nor when the server has it. */
function differs(before: Before, now: Before): boolean {
  const own = new Set([...before.own, ...now.own]);
  const ids = new Set([...Object.keys(before.of), ...Object.keys(now.of)]);
  return [...ids].some((id) => !own.has(id) && before.of[id] !== now.of[id]);
}

/** Whether the user has written something here, and whether the server has something of that: its mark goes. */
function writing(before: Before | undefined, now: Before): { wrote: boolean; sent: boolean } {
  const here = (one: Before) => one.own.filter((id) => id in one.of);
  const was = before ? here(before) : [];
  const is = here(now);
  return { wrote: is.some((id) => !was.includes(id)), sent: was.some((id) => !is.includes(id)) };
}

/** Keeps the height that it has. */
function hold(box: HTMLElement): Places {
  const { activeElement } = document;
  const field =
    activeElement instanceof HTMLElement && box.contains(activeElement) ? activeElement : undefined;
  const places = { height: box.getBoundingClientRect().height, field, top: field ? topIn(box, field) : 0 };
  box.style.height = `${places.height}px`;
  box.dataset.held = '';
  return places;
}

const topIn = (box: HTMLElement, field: HTMLElement): number =>
  field.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** What was not there takes its place, and what has the same height needs nothing. */
function settle(box: HTMLElement, { height, field, top }: Places): void {
  if (field?.isConnected) box.scrollTop += topIn(box, field) - top;
  const natural = box.firstElementChild?.getBoundingClientRect().height ?? 0;
  if (height === 0 || (natural === height && box.scrollTop === 0)) release(box);
}

function release(box: HTMLElement): void {
  box.style.height = '';
  delete box.dataset.held;
}
