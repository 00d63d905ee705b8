// A recipe as a file writes it: durations as Go writes them, defaults left out. Reading it again gives the same recipe.
import { formatDuration } from '../base/durations.ts';
import type { Recipe, RecipeFile } from './recipe.ts';

/** The shortest file that means this recipe. */
export function writeRecipe(recipe: Recipe): RecipeFile {
  const { preset, startAt, nodes, images } = recipe.cluster;
  const cluster = {
    ...(preset !== 'three-node' && { preset }),
    ...(startAt !== '2026-01-01T00:00:00Z' && { startAt }),
    ...(nodes.length > 0 && { nodes }),
    ...(images.length > 0 && {
      images: images.map((image) => (image.pull === undefined ? image : { ...image, pull: formatDuration(image.pull) })),
    }),
  };
  const file = {
    podscope: 1,
    ...(recipe.title !== undefined && { title: recipe.title }),
    ...(recipe.seed !== 1 && { seed: recipe.seed }),
    ...(Object.keys(cluster).length > 0 && { cluster }),
    ...(recipe.objects !== undefined && { objects: recipe.objects }),
    ...(Object.keys(recipe.files).length > 0 && { files: recipe.files }),
    ...(recipe.inputs.length > 0 && {
      inputs: recipe.inputs.map(({ at, ...input }) => ({ ...(at > 0 && { at: formatDuration(at) }), ...input })),
    }),
    ...(recipe.until !== undefined && { until: formatDuration(recipe.until) }),
    ...(recipe.view !== undefined && {
      view: { ...recipe.view, ...(recipe.view.at !== undefined && { at: formatDuration(recipe.view.at) }) },
    }),
  };
  return file as RecipeFile;
}
