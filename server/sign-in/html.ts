import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import type { Words } from './texts.ts';

export type Html = ReturnType<typeof html>;

const STYLE = readFileSync(new URL('style.css', import.meta.url), 'utf8');
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * Headers of a page: it runs nothing, and looks only as its own style says.
 * @param formTargets origins that a form may lead to in the end, besides our own
 */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self' ${formTargets.join(' ')}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    // With no-referrer a form would not say where it comes from.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/** A whole page. Everything that is put into it is escaped by `html`. */
export async function page(
  { lang, dir }: Words,
  title: string,
  body: Html | readonly Html[],
): Promise<string> {
  const text = await html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Truce</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><p>Truce</p></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return text.toString();
}
