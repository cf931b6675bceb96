import type { View } from '../../utils/view.ts';
import type { DeskActs } from './acts.ts';

/** What each of the desk's parts is given. */
export interface PartProps {
  view: View;
  /** Id of what the part was opened for. */
  wanted: string | undefined;
  /** How often something went back into its form: forms of this part are opened anew with it. */
  mends: number;
  act: DeskActs;
}
