import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CompanyRig, press } from './company-rig.ts';
import { connect, makeInvite, readClaims } from './sign-in-rig.ts';

let rig: CompanyRig;
beforeAll(async () => {
  rig = await CompanyRig.start();
});
beforeEach(() => {
  rig.issuer.who = undefined;
});
afterAll(() => rig?.stop());

const open = (workspaceId: string) => makeInvite(rig.server, workspaceId);
const rowsOf = (workspaceId: string, where: string) =>
  rig.database.asOwner<{ id: string; name: string; email: string | null; email_confirmed: boolean }>(
    `select id, name, email, email_confirmed from member where workspace_id = $1 and ${where} order by name`,
    [workspaceId],
  );

test('an address that somebody just wrote is taken from them when its owner comes', async () => {
  const told = { name: 'Mal', email: 'ceo@acme.example' };
  const mal = await connect(rig.server, (await open(rig.acme)).token, told);
  const malId = readClaims(mal.tokens.access_token).sub;
  rig.issuer.who = { sub: 'ceo', email: 'ceo@acme.example', email_verified: true, name: 'Cleo' };
  const { browser, extension, company } = await rig.begin();
  const shown = await company();
  expect(shown.text).toContain('you join it');
  const back = await press(browser, shown, { work: 'both' });
  const { sub } = readClaims((await extension.exchange(back.url)).access_token);
  expect(sub).not.toBe(malId);
  expect(await rowsOf(rig.acme, `name in ('Mal', 'Cleo')`)).toMatchObject([
    { id: sub, name: 'Cleo', email: 'ceo@acme.example', email_confirmed: true },
    { id: malId, name: 'Mal', email: null },
  ]);
  const changed = (await rig.audit(rig.acme)).filter(({ action }) => action === 'member.changed');
  expect(changed).toMatchObject([{ detail: { addressGivenUp: true } }]);

  // Mal cannot write it again into another browser's link.
  const again = await makeInvite(rig.server, rig.acme, { memberId: String(malId) });
  await expect(connect(rig.server, again.token, told)).rejects.toThrow('had this address');
});

test('an address that somebody just wrote opens no team, and does not keep its owner from an invitation', async () => {
  const told = { name: 'Mal', email: 'vic@acme.example' };
  await connect(rig.server, (await open(rig.other)).token, told);
  rig.issuer.who = { sub: 'vic', email: 'vic@acme.example', email_verified: true, name: 'Vic' };
  const shown = await (await rig.begin()).company();
  expect(shown.text).not.toContain('Other');
  const invited = await makeInvite(rig.server, rig.other, { email: 'vic@acme.example', name: 'Vic' });
  const vic = await connect(rig.server, invited.token, { name: 'Vic' });
  expect(await rowsOf(rig.other, `email = 'vic@acme.example'`)).toMatchObject([
    { id: readClaims(vic.tokens.access_token).sub, email_confirmed: true },
  ]);
});

test('an invitation to an address confirms it: the company leads to the same member', async () => {
  const invited = await makeInvite(rig.server, rig.other, { email: 'ina@acme.example', name: 'Ina' });
  const ina = await connect(rig.server, invited.token, { name: 'Ina' });
  rig.issuer.who = { sub: 'ina', email: 'ina@acme.example', email_verified: true, name: 'Ina' };
  const { browser, extension, company } = await rig.begin();
  const back = await press(browser, await company(), { workspace: rig.other });
  const { sub } = readClaims((await extension.exchange(back.url)).access_token);
  expect(sub).toBe(readClaims(ina.tokens.access_token).sub);
});

test('whoever wrote an address and was removed does not join again by it', async () => {
  const told = { name: 'Rem', email: 'rem@acme.example' };
  const rem = await connect(rig.server, (await open(rig.acme)).token, told);
  await rig.database.asOwner('update member set left_at = now() where id = $1', [
    readClaims(rem.tokens.access_token).sub,
  ]);
  rig.issuer.who = { sub: 'rem', email: 'rem@acme.example', email_verified: true };
  const refused = await (await rig.begin()).company();
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('You are in no team')]);
});

test('a member is found by their account when the company changes their address', async () => {
  const id = await rig.addMember(rig.other, 'Mae Old', 'mae.old@acme.example');
  await rig.database.asOwner('update member set subject = $2 where id = $1', [id, `${rig.issuer.url} mae`]);
  rig.issuer.who = { sub: 'mae', email: 'mae.new@acme.example', email_verified: true, name: 'Mae New' };
  const { browser, extension, company } = await rig.begin();
  const shown = await company();
  expect(shown.text).toContain('Other');
  const back = await press(browser, shown, { workspace: rig.other });
  expect(readClaims((await extension.exchange(back.url)).access_token).sub).toBe(id);
});

test('whoever comes back by an invitation may have another account at the company', async () => {
  const id = await rig.addMember(rig.other, 'Ben Back', 'ben@acme.example');
  await rig.database.asOwner('update member set subject = $2, left_at = now() where id = $1', [
    id,
    `${rig.issuer.url} ben-before`,
  ]);
  const invited = await makeInvite(rig.server, rig.other, { email: 'ben@acme.example', name: 'Ben Back' });
  await connect(rig.server, invited.token, { name: 'Ben Back' });
  rig.issuer.who = { sub: 'ben-now', email: 'ben@acme.example', email_verified: true };
  const { browser, extension, company } = await rig.begin();
  const back = await press(browser, await company(), { workspace: rig.other });
  expect(readClaims((await extension.exchange(back.url)).access_token).sub).toBe(id);
});
