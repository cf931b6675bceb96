import type { Actions } from '../../utils/actions.ts';
import type { DefinitionVersion } from '../../utils/contract/definition.ts';

/** What the desk can ask for beside what every screen can. */
export interface DeskActs extends Actions {
  /** What a definition meant before, the one in force first; undefined when it is not there. Needs the server. */
  versions(id: string): Promise<DefinitionVersion[] | undefined>;
}
