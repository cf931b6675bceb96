import type { View } from '../../utils/view.ts';
import { id } from './world.ts';

const acme = { id: id('c1'), name: 'Acme Logistics' };
const long = { id: id('c2'), name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk Süd' };

/** People of a page whom the team knows by another form of their address, or by their company alone. */
export const matchViews = (mail: View): Record<string, View> => ({
  alternate: {
    ...mail,
    people: mail.people.map((one, at) =>
      at === 0 ? { ...one, matched: 'ann.lee+newsletter@acme.example', alternate: true } : one,
    ),
  },
  knownCompany: {
    ...mail,
    people: [],
    strangers: [
      {
        ...{ address: 'jo.quill@mail.acme.example', name: 'Jo Quill', company: acme },
        ...{ role: 'sender', focus: true },
      },
      { address: 'dispatch@acme.example', company: acme, role: 'recipient', focus: false },
      {
        ...{ address: 'friederike.von.hohenstein@donau.example', name: 'Friederike von Hohenstein' },
        ...{ company: long, role: 'recipient', focus: false },
      },
      {
        address: 'nadav@rtl.example',
        name: 'נועה בן־דוד',
        company: { id: id('c3'), name: 'לוגיסטיקה בע״מ' },
        role: 'mentioned',
        focus: false,
      },
      { address: 'list@depots.example', role: 'mentioned', focus: false },
    ],
  },
});
