/** Pages of the networks' own that look like a member's. */
const WORDS =
  'about|account|accounts|ads|api|apps|blog|bookmarks|business|careers|codespaces|collections|communities|contact|copilot|customer-stories|dashboard|data|developer|developers|direct|directory|discussions|edu|education|emails|enterprise|events|explore|features|friends|fundraisers|gaming|gist|gists|groups|hashtag|help|home|inbox|issues|join|language|legal|lists|login|logout|marketplace|me|memories|messages|mobile|models|nametag|new|newsroom|notifications|open-source|organizations|orgs|p|pages|partners|people|photos?|plugins|policies|policy|premium|press|pricing|privacy|projects|pulls|readme|reels?|repos|resources|saved|search|security|sessions?|settings|share|sharer|signup|site|solutions|spark|sponsors|stars|stories|story|support|team|teams|terms|topics|trending|tv|users|watch|watching|web|why-github';
const OWN = new RegExp(`^(?:github:|profile:(?:facebook|instagram)\\.com\\/)(?:${WORDS})(?:\\.?php)?$`);

/** Whether what has the form of a profile's match key is a page of the network's own (`github:pricing`). */
export const isOwnPage = (key: string): boolean => OWN.test(key);
