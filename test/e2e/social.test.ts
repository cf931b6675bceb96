import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** Social sites as the browser shows them, played from memory: whatever is asked of them would be seen here. */
let world: World;
const SITE = 'https://www.linkedin.com';
const X = 'https://x.com';
const GITHUB = 'https://github.com';
const KEY = 'in/john-doe-buys';
const asked: string[] = [];

const head = (
  title: string,
) => `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title>
  <style>.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden}.post{min-height:400px}</style>`;
const twice = (text: string) =>
  `<span aria-hidden="true">${text}</span><span class="visually-hidden">${text}</span>`;
const profile = (headline: string) => `${head('John Doe | LinkedIn')}<main><section class="artdeco-card">
  <h1>John Doe</h1><span>(He/Him)</span><div class="text-body-medium break-words">${headline}</div></section></main>`;
const post = (slug: string, name: string, headline: string) => `<div class="post">
  <a class="update-components-actor__meta-link" href="/in/${slug}/"><span class="update-components-actor__title">${twice(name)}</span>
  <span class="update-components-actor__description">${twice(headline)}</span></a><p>Something was said.</p></div>`;
const PAGES: Record<string, string> = {
  [`${SITE}/${KEY}/`]: profile('Procurement Lead at Corp Retail Group'),
  [`${SITE}/${KEY}/details/experience/`]: profile(''),
  [`${SITE}/feed/`]: `${head('Feed | LinkedIn')}<main>${post('sam-stranger', 'Sam Stranger', 'Buyer at Nobody We Know')}
    ${post('another-john', 'John Doe', 'Painter')}${Array.from({ length: 20 }, (_, n) => post(`s-${n}`, `Given${n} Family`, 'Role at Elsewhere')).join('')}
    ${post('ann-lee', 'Ann Lee', 'Head of Operations')}</main>`,
  [`${X}/annleeops`]: `${head('Ann Lee (@annleeops) / X')}<main><div data-testid="primaryColumn">
    <div data-testid="UserName"><span>Ann Lee</span><span>@annleeops</span></div>
    <div data-testid="UserDescription">Head of Operations at Acme Logistics</div></div></main>`,
  [`${GITHUB}/mallory-moss`]: `${head('mallory-moss (Mallory Moss) · GitHub')}<main><div itemscope itemtype="http://schema.org/Person">
    <h1><span itemprop="name">Mallory Moss</span></h1>
    <a rel="nofollow me" href="https://www.linkedin.com/${KEY}">in/john-doe-buys</a></div></main>`,
};

/** A tab whose pages come from here, and nowhere else. */
async function visit(rig: Rig, url: string): Promise<Screen> {
  const screen = await rig.page('about:blank');
  await screen.page.setRequestInterception(true);
  screen.page.on('request', (request) => {
    const { href, protocol } = new URL(request.url());
    const body = PAGES[href];
    if (protocol === 'https:') asked.push(`${request.method()} ${href}`);
    if (protocol === 'data:') void request.continue();
    else if (body === undefined) void request.abort();
    else void request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body });
  });
  await screen.page.goto(url);
  return screen;
}

async function allow(rig: Rig, label: string, ...origins: string[]): Promise<void> {
  const options = await rig.open('options.html');
  const [last = '', ...first] = origins;
  // Firefox asks once for all of them.
  for (const one of kind === 'chromium' ? first : [])
    await rig.answerPrompt(`${one}/*`, 'allow', async () => {});
  const ask = () => options.click({ role: 'button', name: `Allow Truce to read ${label}` });
  await rig.answerPrompt(`${last}/*`, 'allow', ask);
  await until(
    10_000,
    async () => (await options.has({ role: 'button', name: `Stop reading ${label}` })) || undefined,
  );
  await options.close();
}
const memberOf = (name: string) => world.team.members.find((member) => member.name.startsWith(name));
const told = () => world.front.requests.map(({ all }) => all).join('\n');

describe('a social site', () => {
  let mia: Rig;
  let page: Screen;
  let panel: Screen;

  beforeAll(async () => {
    world = await World.start();
    mia = await world.paired(memberOf('Mia'));
  });
  afterAll(() => world?.stop());

  test('is off until it is turned on; the options say what is read', async (context) => {
    page = await visit(mia, `${SITE}/${KEY}/`);
    panel = await mia.panel(page);
    const options = await mia.open('options.html');
    showOnFailure(context, { page, panel, options });
    await options.waitForText(/LinkedIn[\s\S]+names, headlines and profile addresses of the people in view/);
    await options.waitForText('LinkedIn’s own terms apply');
    expect(await options.has({ role: 'button', name: 'Allow Truce to read LinkedIn' })).toBe(true);
    await options.close();
    await page.front();
    await panel.waitForText('Truce may not read this page');
    expect(await panel.text()).not.toContain('John Doe');
  });

  test('a profile that is not known: by name and company, and one click makes it theirs', async (context) => {
    showOnFailure(context, { page, panel });
    await allow(mia, 'LinkedIn', SITE);
    await page.front();
    await panel.waitForText('Probably John Doe');
    await panel.waitForText('by name and company only');
    await panel.click({ role: 'button', name: 'Yes, this is John Doe' });
    await panel.waitForText(`linkedin.com/${KEY}, matched by profile`);
    await panel.waitForText(/Profiles[\s\S]+said by[\s\S]+Mia/);
    expect(told()).toContain('contact.identify');
  });

  test('a colleague finds them by the profile’s address alone', async (context) => {
    const raj = await world.paired(memberOf('Raj'));
    await allow(raj, 'LinkedIn', SITE);
    const theirs = await visit(raj, `${SITE}/${KEY}/details/experience/`);
    const beside = await raj.panel(theirs);
    showOnFailure(context, { theirs, beside });
    await beside.waitForText(`linkedin.com/${KEY}, matched by profile`);
  });

  test('of a feed only who is in view, nobody in focus, and nobody told of strangers', async (context) => {
    showOnFailure(context, { page, panel });
    const before = world.front.requests.length;
    await page.page.goto(`${SITE}/feed/`);
    await page.front();
    await panel.waitForText('Nobody on this page');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await panel.waitForText('Ann Lee');
    await page.evaluate(() => scrollTo(0, 0));
    await panel.waitForNoText('Ann Lee');
    const since = world.front.requests
      .slice(before)
      .map(({ all }) => all)
      .join('\n');
    for (const stranger of ['stranger', 'another-john', 'Given1', 'linkedin', 's-1'])
      expect(since.toLowerCase()).not.toContain(stranger.toLowerCase());
  });

  test('X: by name and company, confirmed by a click', async (context) => {
    await allow(mia, 'X', 'https://twitter.com', X);
    const theirs = await visit(mia, `${X}/annleeops`);
    const beside = await mia.panel(theirs);
    showOnFailure(context, { theirs, beside });
    await beside.waitForText('Probably Ann Lee');
    await beside.click({ role: 'button', name: 'Yes, this is Ann Lee' });
    await beside.waitForText('@annleeops, matched by profile');
    await theirs.close();
  });

  test('GitHub: whoever a profile says it is of is asked about, and a no is remembered', async (context) => {
    await allow(mia, 'GitHub', GITHUB);
    const theirs = await visit(mia, `${GITHUB}/mallory-moss`);
    const beside = await mia.panel(theirs);
    showOnFailure(context, { theirs, beside });
    await beside.waitForText('Probably John Doe');
    await beside.waitForText('nobody has checked that');
    expect(await beside.text()).not.toContain('matched by profile');
    await beside.click({ role: 'button', name: 'No' });
    await beside.waitForNoText('Probably');
    await mia.endBackground();
    await theirs.page.reload();
    await theirs.front();
    await beside.waitForText('github.com/mallory-moss', { timeout: 20_000 });
    expect(await beside.text()).not.toContain('Probably');
    await theirs.close();
  });

  test('the sites are asked for nothing but the pages that were opened', () => {
    const strange = asked.filter((one) => !(one.replace('GET ', '') in PAGES));
    expect(strange).toEqual([]);
    expect(asked.length).toBeLessThan(10);
  });
});
