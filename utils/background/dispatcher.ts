import * as v from 'valibot';
import { MESSAGES } from '../message-schemas.ts';
import type { Answer, MessageKind, Payload, Protocol, Reply } from '../messages.ts';
import { type ErrorCode, Trouble } from '../trouble.ts';
import type { ContentSender, Sender } from './sender.ts';

type From<K extends MessageKind> = Protocol[K]['from'] extends 'content' ? ContentSender : { from: 'screen' };

/** One for each message; a missing one is a type error. */
export type Handlers = {
  [K in MessageKind]: (payload: Payload<K>, sender: From<K>) => Promise<Answer<K>>;
};

const Kind = v.object({ kind: v.string(), payload: v.optional(v.unknown()) });

const isKind = (kind: string): kind is MessageKind => Object.hasOwn(MESSAGES, kind);

/** Answers one message; never rejects. The sender is judged before the payload is looked at. */
export function createDispatcher(handlers: Handlers) {
  async function answer<K extends MessageKind>(kind: K, payload: unknown, sender: Sender): Promise<Reply<K>> {
    const rules = MESSAGES[kind];
    if (sender.from !== rules.from) return refuse('sender', 'not for this sender');
    const parsed = v.safeParse(rules.payload, payload, { abortEarly: true });
    if (!parsed.success) return refuse('invalid', invalid(parsed.issues[0]));
    try {
      return { data: await handlers[kind](parsed.output, sender as From<K>) };
    } catch (error) {
      if (error instanceof Trouble) return refuse(error.code, error.message);
      globalThis.reportError(error);
      return refuse('failed', 'the handler failed');
    }
  }

  return async (message: unknown, sender: Sender): Promise<Reply<MessageKind>> => {
    if (sender.from === 'other') return refuse('sender', 'not one of our parts');
    const envelope = v.safeParse(Kind, message);
    if (!envelope.success || !isKind(envelope.output.kind)) {
      return refuse('outdated', 'no such message');
    }
    return answer(envelope.output.kind, envelope.output.payload, sender);
  };
}

function refuse(code: ErrorCode, message: string): { error: { code: ErrorCode; message: string } } {
  return { error: { code, message } };
}

/** Names the field, never what was in it. */
function invalid({ path }: v.BaseIssue<unknown>): string {
  const field = path?.findLast(({ key }) => typeof key === 'string')?.key;
  return `cannot be read${field === undefined ? '' : `: ${field}`}`;
}
