import { expect, test, vi } from 'vitest';
import type { Access } from '../../../utils/background/access.ts';
import { PageStates } from '../../../utils/background/page-states.ts';
import type { Pages } from '../../../utils/background/pages.ts';
import type { PageReport, Sighting } from '../../../utils/detect/types.ts';

const TAB = 4;
const URL_OF_IT = 'https://mail.google.com/mail/u/0/#inbox/FMfcg1';
vi.mock('webextension-polyfill', () => ({ default: { tabs: { get: async () => ({ url: URL_OF_IT }) } } }));

const missed: PageReport = {
  ...{ site: 'gmail', version: 2026_11_23_00, recipe: 'missed', missed: 'message', sightings: [] },
};
const somebody: Sighting = { keys: ['email:a@b.example'], role: 'mentioned', focus: false, why: 'text' };

/** What is said of a page whose frames report this. */
async function stateOf(
  reports: PageReport[],
  { isSettled = true, stale = undefined as 'stale' | 'told' | undefined } = {},
) {
  const frames = new Map(
    reports.map((report, frameId) => [frameId, { frameId, report, url: URL_OF_IT }] as const),
  );
  const pages = { of: () => ({ frames }) } as unknown as Pages;
  const asked: unknown[] = [];
  const states = new PageStates(
    pages,
    { mayRead: async () => true } as never as Access,
    { isSettled: () => isSettled },
    {
      staleness: async (...which) => {
        asked.push(which);
        return stale;
      },
    },
  );
  const { state, missed: what, stale: since, site } = await states.of(TAB);
  return { state, what, since, site, asked };
}

test('a page is said to be missed once it had its time, and what of it', async () => {
  expect(await stateOf([missed])).toMatchObject({ state: 'missed', what: 'message', site: 'Gmail' });
  expect(await stateOf([missed], { isSettled: false })).toMatchObject({ state: 'reading', what: undefined });
  const withPeople = { ...missed, sightings: [somebody] };
  expect(await stateOf([withPeople], { isSettled: false })).toMatchObject({ state: 'read' });
});

test.each(['stale', 'told', undefined] as const)(
  'a recipe that is %s is asked for by its version',
  async (stale) => {
    const { since, asked } = await stateOf([missed], { stale });
    expect(since).toBe(stale);
    expect(asked).toEqual([['gmail', missed.version]]);
  },
);

test('what one of its frames shows is not missed', async () => {
  const found: PageReport = { ...missed, recipe: 'found' };
  expect(await stateOf([missed, found], { stale: 'told' })).toMatchObject({
    state: 'read',
    since: undefined,
  });
});
