// The addresses under which a recipe can be seen again: in Podscope, and as a figure in somebody else's page. Apart from share.ts, so that
// the codec of links is loaded only by those who write one.
import { writeLink } from '../scenario/link.ts';
import type { Recipe } from '../scenario/recipe.ts';

/** The page itself, without what stands behind its address. */
const home = (): string => location.href.replace(/[?#].*$/, '');

/** The whole of Podscope, at the recipe's moment. */
export const addressOf = (recipe: Recipe): string => `${home()}#${writeLink(recipe)}`;

/** One figure, for an iframe. */
export const embeddedAddressOf = (recipe: Recipe, query: string): string => `${home()}?embed=1&${query}#${writeLink(recipe)}`;
