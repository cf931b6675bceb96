/**
 * Whether a host pattern of a recipe (`mail.example.org`, `*.example.org` for it and everything below) stands for a
 * host, or for all that another pattern stands for.
 */
export function covers(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  return pattern.startsWith('*.') && `.${host.replace(/^\*\./, '')}`.endsWith(pattern.slice(1));
}
