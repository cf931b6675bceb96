import { expect, test } from 'vitest';
import { pageProfile, profileKey } from '../../../utils/contract/network-key.ts';
import { profileLink, splitProfileKey, typedProfileKey } from '../../../utils/contract/profile-key.ts';

const SAME: Record<string, string[]> = {
  'linkedin:in/ann-lee': [
    'https://www.linkedin.com/in/Ann-Lee/?trk=x',
    'https://de.linkedin.com/in/ann-lee/details/experience/',
  ],
  'x:annlee': ['https://x.com/AnnLee', 'https://twitter.com/annlee/with_replies?lang=en'],
  'github:annlee': [
    'https://github.com/annlee',
    'https://github.com/AnnLee?tab=repositories',
    'https://www.github.com/annlee/',
  ],
  'profile:xing.com/profile/ann_lee': [
    'https://www.xing.com/profile/Ann_Lee',
    'http://xing.com/profile/Ann_Lee/web_profiles?expandNeffi=true',
  ],
  'profile:facebook.com/annlee5': [
    'https://www.facebook.com/ann.lee.5',
    'https://m.facebook.com/AnnLee5/?x=1',
    'https://de-de.facebook.com/annlee5/',
  ],
  'profile:facebook.com/100012345': [
    'https://www.facebook.com/profile.php?id=100012345&sk=about',
    'https://www.facebook.com/people/Ann-Lee/100012345/',
  ],
  'profile:instagram.com/ann.lee_': ['https://www.instagram.com/ann.lee_/', 'https://instagram.com/Ann.Lee_'],
  'profile:bsky.app/profile/ann.acme.example': ['https://bsky.app/profile/ann.acme.example'],
  'profile:social.example/@ann': [
    'https://social.example/@Ann',
    'https://social.example/@ann/with_replies',
    'https://social.example/@ann/',
    'https://social.example/@ann/following',
    'https://other.example/@ann@social.example',
  ],
  'profile:threads.com/@annlee': [
    'https://www.threads.net/@annlee',
    'https://www.threads.com/@annlee/replies',
  ],
  'profile:youtube.com/@ännlee': [
    'https://www.youtube.com/@%C3%84nnLee/videos',
    'https://m.youtube.com/@ännlee',
  ],
  'profile:tiktok.com/@ann.lee': ['https://www.tiktok.com/@ann.lee?lang=de'],
  'profile:medium.com/@ann': ['https://medium.com/@ann', 'https://medium.com/@Ann/about'],
  'profile:stackoverflow.com/users/123': ['https://stackoverflow.com/users/123/ann-lee'],
};

test.each(Object.entries(SAME))('%s, however a page writes it', (key, links) => {
  for (const link of links) expect(profileKey(link), link).toBe(key);
  expect(profileKey(profileLink(key) ?? '')).toBe(key);
  const [kind, ...value] = key.split(':');
  expect(splitProfileKey(key)).toEqual({ kind, value: value.join(':') });
});

test.each([
  'https://github.com/annlee/tool',
  'https://github.com/pricing',
  'https://github.com/-odd',
  'https://gist.github.com/annlee/1',
  'https://notgithub.com/annlee',
  'https://www.instagram.com/p/',
  'https://www.instagram.com/explore/tags/x/',
  'https://www.facebook.com/sharer.php?u=x',
  'https://www.facebook.com/profile.php',
  'https://www.facebook.com/groups/1',
  'https://www.xing.com/jobs/berlin',
  'https://www.xing.com/pages/acme',
  'https://bsky.app/search',
  'https://social.example/@ann/1122334455',
  'https://medium.com/@ann/how-to-1a2b',
  'https://jsr.io/@std/path',
  'https://unpkg.com/@angular/core',
  'https://npm.example/@scope/pkg/',
  'https://social.example/about',
  'https://social.example/@',
  'https://social.example/@%E0%A4%A',
  'ftp://github.com/annlee',
  'javascript:alert(1)//github.com/annlee',
  'mailto:ann@acme.example',
  '',
])('no profile: %s', (link) => {
  expect(typedProfileKey(link)).toBeUndefined();
});

test('what a page only seems to name stays nobody', () => {
  for (const link of [
    'github.com/annlee',
    'javascript:alert(1)//github.com/annlee',
    'https://github.com/annlee/tool',
  ])
    expect(profileKey(link)).toBeUndefined();
});

test('as people type it and CRMs store it', () => {
  expect(typedProfileKey(' github.com/AnnLee ')).toBe('github:annlee');
  expect(typedProfileKey('www.xing.com/profile/Ann_Lee')).toBe('profile:xing.com/profile/ann_lee');
  expect(typedProfileKey('@ann@social.example')).toBe('profile:social.example/@ann');
  expect(typedProfileKey('@annlee')).toBe('x:annlee');
  expect(typedProfileKey('x.com/@annlee')).toBe('x:annlee');
  expect(typedProfileKey('linkedin.com/in/ann-lee')).toBe('linkedin:in/ann-lee');
  expect(typedProfileKey('//github.com/annlee')).toBe('github:annlee');
  for (const typed of [
    'ann',
    'ann@acme.example',
    'Ann Lee',
    'acme.example',
    '',
    `github.com/${'a'.repeat(3000)}`,
  ])
    expect(typedProfileKey(typed), typed).toBeUndefined();
});

test('only normal forms are split', () => {
  for (const key of [
    'github:AnnLee',
    'github:pricing',
    'github:annlee/tool',
    'x:way-too-long-for-a-handle',
    'linkedin:ann-lee',
    'linkedin:in/Ann',
    'profile:acme.example/about',
    'profile:github.com/annlee',
    'email:ann@acme.example',
    'name:ann lee|acme',
    'domain:acme.example',
    'constructor:x',
    `profile:social.example/@${'a'.repeat(300)}`,
    'github',
    ':',
    '',
  ])
    expect(splitProfileKey(key), key).toBeUndefined();
});

test('what a page says of another host’s member is its claim', () => {
  expect(pageProfile('https://social.example/@ann')).toEqual({ key: 'profile:social.example/@ann' });
  expect(pageProfile('https://www.social.example/@ann@social.example')).toEqual({
    key: 'profile:social.example/@ann',
  });
  expect(pageProfile('https://anybody.example/@ann@social.example')).toEqual({
    key: 'profile:social.example/@ann',
    claimed: true,
  });
  expect(pageProfile('https://github.com/pricing')).toBeUndefined();
});
