/**
 * Text that has a box and still is not to be seen: clipped away, folded to nothing, far off the page, without size
 * or colour. What `checkVisibility` knows (no box, `visibility`, opacity 0) is not asked again. Not looked for:
 * text in the colour of what is behind it, and what something else covers.
 */

/** So many px beyond the edge is no slip. */
const FAR = -999;

/** `folded`: by an ancestor that positioned elements inside get out of. */
export type State = 'shown' | 'hidden' | 'folded' | 'clipped';

const NO_AREA =
  /^(?:inset\((?:[5-9]\d|100)(?:\.\d+)?%|(?:circle|ellipse)\(0(?:px|%)?[ )]|polygon\((?:0(?:px|%)? 0(?:px|%)?(?:, )?)+\))/;

const px = (value: string): number => Number.parseFloat(value) || 0;

/** `rect(top, right, bottom, left)` that leaves at most a pixel. */
function isNoRect(clip: string): boolean {
  const [top = 0, right = 0, bottom = 0, left = 0] = clip.slice(5).split(',').map(px);
  return clip.startsWith('rect(') && !clip.includes('auto') && (right - left <= 1 || bottom - top <= 1);
}

/** Turned into nothing, or moved far off. */
function isGone({ transform, translate, scale }: CSSStyleDeclaration): boolean {
  if (px(translate) < FAR || /^0(?: |$)/.test(scale)) return true;
  const [a, b, c, d, x = 0] = transform.startsWith('matrix(')
    ? transform.slice(7).split(',').map(Number)
    : [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
  return Math.abs(a * d - b * c) < 1e-4 || x < FAR;
}

const isClipping = ({ overflowX, overflowY, display }: CSSStyleDeclaration) =>
  (overflowX !== 'visible' || overflowY !== 'visible') && display !== 'inline' && display !== 'contents';

/** Whether such a style could hide what is inside: to be measured on each element. */
export function couldHide(style: CSSStyleDeclaration): boolean {
  return (
    isClipping(style) ||
    style.position !== 'static' ||
    style.clipPath !== 'none' ||
    style.transform !== 'none' ||
    style.translate !== 'none' ||
    style.scale !== 'none' ||
    style.filter !== 'none' ||
    Number(style.opacity) < 0.05 ||
    px(style.marginLeft) < FAR
  );
}

function hides(element: Element, style: CSSStyleDeclaration): boolean {
  const { position, clipPath, filter } = style;
  if (Number(style.opacity) < 0.05 || /opacity\(0(?:\.0\d*)?\)/.test(filter)) return true;
  if (NO_AREA.test(clipPath) || isGone(style)) return true;
  if ((position === 'absolute' || position === 'fixed') && isNoRect(style.clip)) return true;
  const x = (position === 'static' ? 0 : px(style.left)) + px(style.marginLeft);
  const y = position === 'static' ? 0 : px(style.top);
  if (x >= FAR && y >= FAR) return false;
  // A long list that a script scrolls by its own position still has an end in sight.
  const { width, height } = element.getBoundingClientRect();
  return (x < FAR && x + width <= 0) || (y < FAR && y + height <= 0);
}

/** Whether an element's own letters cannot be seen. */
export function hidesLetters(style: CSSStyleDeclaration): boolean {
  const { webkitTextFillColor: fill, backgroundClip } = style;
  // Letters cut out of a coloured background are seen.
  const clear = /^rgba\(.*, 0\)$|\/ 0\)$/.test(fill) && !backgroundClip.includes('text');
  return clear || Number.parseFloat(style.fontSize) < 1 || px(style.textIndent) < FAR;
}

/** What becomes of an element's text, given what became of its parent's. */
export function judge(element: Element, style: CSSStyleDeclaration, above: State): State {
  const { position } = style;
  let state = above;
  if (position === 'fixed' && state !== 'hidden') state = 'shown';
  if (position === 'absolute' && state === 'folded') state = 'shown';
  if (state === 'hidden' || hides(element, style)) return 'hidden';
  if (isClipping(style) && (element.clientWidth <= 1 || element.clientHeight <= 1)) {
    return position === 'static' && state !== 'clipped' ? 'folded' : 'clipped';
  }
  return state;
}
