/**
 * The `workspace_id` of rows that belong to no workspace: what the OpenID provider keeps, the server's own
 * secrets. So row-level security is forced on every table alike, and nothing goes round it.
 */
export const REALM = '00000000-0000-0000-0000-000000000000';
