import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Traces, unknowns } from '../e2e/rig/traces.ts';

/** What the proof about strangers looks with: it has to find what it says it looks for. */
const KEY = Buffer.alloc(32, 7);
const people = unknowns(50);
const traces = new Traces(people, KEY);
const [one] = people;
const { address } = one ?? { address: '' };
const tag = createHmac('sha256', KEY).update(`email:${address}`).digest();

test('every form of every address is found in the middle of something else', () => {
  for (const { form, text, address: whose } of traces.needles) {
    const found = traces.find(`{"x":"some${text}text"}`).filter((needle) => needle.address === whose);
    expect(found.map((needle) => needle.form)).toContain(form);
  }
  for (const { text, address: whose } of traces.short) {
    expect(traces.findShort(`${'ab'.repeat(9)} "${text}"`).map((needle) => needle.address)).toContain(whose);
  }
});

test.each([
  ['JSON', JSON.stringify({ email: address })],
  ['an address', `/v1/search?q=${encodeURIComponent(address)}`],
  ['base64 of a longer text', Buffer.from(`{"email":"${address}"}`).toString('base64')],
  ['base64 for an address', Buffer.from(`x${address}yz`).toString('base64url')],
  ['capitals', address.toUpperCase()],
  ['bytes of a row', `\\x${Buffer.from(address).toString('hex').toUpperCase()}`],
  ['a look-up', JSON.stringify({ tags: [tag.readUIntBE(0, 6)] })],
  ['a whole digest', tag.toString('hex')],
  ['a digest in base64', tag.toString('base64')],
  ['the domain alone', `domain=${address.split('@')[1]}`],
  ['the name', `Hello ${one?.name}!`],
])('found in %s', (_, text) => {
  expect(traces.find(text).map((needle) => needle.address)).toContain(address);
});

test('what is not about them is not taken for them', () => {
  expect(traces.find(JSON.stringify(unknowns(100).slice(50)))).toEqual([]);
  expect(traces.find('0192f000-0000-7000-8000-000000000001 bob.smith@acme.example')).toEqual([]);
});
