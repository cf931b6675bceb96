import { isMailId, mayBeId } from './address.ts';
import { briefText } from './brief.ts';
import { textBefore } from './run.ts';

const LABEL = /^(?:message.id|in.reply.to|references)\s?:?$/i;
const OWN_MAX = 300;

/** Whether a label in another element makes an address the id of a mail. */
export function isLabelledId(node: Node, address: string): boolean {
  if (!mayBeId(address.replace(/@.*/, ''))) return false;
  const own = node.nodeType === 3 ? (node as Text).data.slice(0, OWN_MAX).toLowerCase() : '';
  if (isMailId(textBefore(node) + own.slice(0, Math.max(0, own.indexOf(address))))) return true;
  const label = node.parentElement?.closest('td,dd')?.previousElementSibling;
  return label != null && LABEL.test(briefText(label, 30).trim());
}
