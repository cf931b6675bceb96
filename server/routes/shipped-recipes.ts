/**
 * Every version of every recipe that extensions were shipped with, by id: browsers may say of these that they went
 * stale, and of what is served. Add to it when a recipe changes, and take nothing away: browsers are updated later.
 */
export const SHIPPED_RECIPES: Readonly<Record<string, readonly number[]>> = {
  fastmail: [2026_11_23_04],
  github: [2026_11_23_00],
  gmail: [2026_11_23_04],
  horde: [2026_11_23_04],
  icloud: [2026_11_23_04],
  linkedin: [2026_11_23_00],
  nextcloud: [2026_11_23_04],
  'open-xchange': [2026_11_23_04],
  outlook: [2026_11_23_04, 2026_11_24_00],
  owa: [2026_11_23_04],
  proton: [2026_11_23_04],
  roundcube: [2026_11_23_04],
  snappymail: [2026_11_23_04],
  sogo: [2026_11_23_04],
  x: [2026_11_23_00, 2026_11_24_00],
  yahoo: [2026_11_23_04],
  zimbra: [2026_11_23_04],
  zoho: [2026_11_23_04],
};
