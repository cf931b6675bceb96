import type { Deed } from './deed.ts';

/** What a user does on the team page. */
export const teamDeeds: Record<string, Deed> = {
  teamChange: { screen: 'team', view: 'teamAdmin', steps: [{ click: 'Change Mia Sørensen' }] },
  teamRemove: { screen: 'team', view: 'teamAdmin', steps: [{ click: 'Remove Tom Berg' }] },
  teamRefused: {
    screen: 'team',
    view: 'teamAdmin',
    steps: [{ click: 'Leave the team' }, { click: 'Leave the team' }],
  },
  teamInvite: { screen: 'team', view: 'teamLead', steps: [{ click: 'Invite somebody' }] },
  teamInvited: {
    screen: 'team',
    view: 'teamAdmin',
    steps: [
      { click: 'Invite somebody' },
      { type: 'Noa Levi', into: 'Name' },
      { type: 'noa@northwind.example', into: 'Email address' },
      { click: 'Make the link' },
    ],
  },
  teamPaired: { screen: 'team', view: 'teamViewer', steps: [{ click: 'Connect another browser' }] },
  teamEnd: { screen: 'team', view: 'teamAdmin', steps: [{ click: 'Disconnect Firefox on Windows' }] },
  teamAudit: { screen: 'team', view: 'teamAdmin', steps: [{ click: 'Show' }] },
  teamBadDays: {
    screen: 'team',
    view: 'teamAdmin',
    steps: [
      { type: '0', into: 'Days without the server' },
      { type: 'acme', into: 'Domains whose people' },
    ],
  },
};
