// The text of a scenario file, YAML or JSON, to a recipe. Untrusted: bounded in size, aliases and depth before anything is believed.
import { parseManifest } from '../manifest/manifest.ts';
import { readRecipe, type Recipe, type RecipeMistake } from './recipe.ts';

/** Characters of a scenario file. */
const SIZE_LIMIT = 30_000_000;
/** Levels of nesting. */
const DEPTH_LIMIT = 200;

/** Reads a scenario file; answers its recipe or every mistake, each with its path. */
export function readScenario(text: string): { readonly recipe: Recipe } | { readonly mistakes: readonly RecipeMistake[] } {
  if (text.length > SIZE_LIMIT) return refusal(`longer than ${SIZE_LIMIT} characters`);
  const parsed = text.trimStart().startsWith('{') ? parseJson(text) : parseYaml(text);
  if ('message' in parsed) return refusal(parsed.message);
  if (isDeeperThan(parsed.value, DEPTH_LIMIT)) return refusal(`more than ${DEPTH_LIMIT} levels deep`);
  return readRecipe(parsed.value);
}

const refusal = (message: string) => ({ mistakes: [{ path: '', message }] });

function parseJson(text: string): { readonly value: unknown } | { readonly message: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    // JSON with comments or trailing commas is YAML as well.
    const asYaml = parseYaml(text);
    return 'value' in asYaml ? asYaml : { message: `not JSON: ${String(error)}` };
  }
}

function parseYaml(text: string): { readonly value: unknown } | { readonly message: string } {
  const { documents, error } = parseManifest(text);
  if (error) return { message: error.message };
  const [document, ...others] = documents;
  return others.length > 0 ? { message: 'a scenario is one document' } : { value: document?.value };
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}
