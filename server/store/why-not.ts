const UNREACHED = 'The database cannot be reached. Check that it runs, and host and port in DATABASE_URL.';
const NOT_LET_IN = 'The database does not let this user in. Check user and password in DATABASE_URL.';

/** By PostgreSQL's or Node's code. */
const REASONS: [RegExp, string][] = [
  [/^(ECONN.*|E?HOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/, UNREACHED],
  [/^28/, NOT_LET_IN],
  [/^3D000$/, 'There is no database of the name that DATABASE_URL gives. Create it, or correct the name.'],
  [
    /^42501$/,
    'The user in DATABASE_URL lacks rights: it must own the database and may create roles (docs/server.md).',
  ],
  [/^25006$/, 'The database is a read-only copy. Name the primary one in DATABASE_URL.'],
  [/^(53|57P0)/, 'The database takes no more connections just now, or is starting. Try again in a moment.'],
];

/** What to do about an error on the way to an up-to-date database; never the error's own text, which may quote. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = REASONS.find(([pattern]) => pattern.test(code));
  if (known) return known[1];
  const said = error instanceof Error ? error.message : '';
  if (/timeout exceeded|terminated/.test(said)) return UNREACHED;
  if (/^SASL|password/.test(said)) return NOT_LET_IN;
  if (/corrupted migrations/.test(said))
    return 'The database was made by a newer Truce. Update this one, or name another database.';
  return `The database could not be brought up to date${code && ` (${code})`}. Nothing of it was changed.`;
}
