// What Tab offers after `docker`: its commands, and the containers that each takes.
import { compareText } from '../../../base/order.ts';
import { DOCKER_CONTAINERS, type DockerRow } from '../../../cluster/docker/row.ts';
import { DOCKER_COMMANDS } from './docker-program.ts';

/** Of which containers a command speaks. */
const TAKES: Readonly<Record<string, 'running' | 'any'>> = {
  exec: 'running',
  stop: 'running',
  kill: 'running',
  logs: 'any',
  inspect: 'any',
  rm: 'any',
};
/** Commands of which only the first word is a container. */
const ONE = new Set(['exec', 'logs']);

/** Words for the last of these, which come after `docker`. */
export function completeDocker(words: readonly string[], standing: ReadonlyMap<string, unknown>): readonly string[] {
  const [command = '', ...rest] = words;
  const typed = words.at(-1) ?? '';
  const starting = (all: readonly string[]): readonly string[] => all.filter((word) => word.startsWith(typed)).sort(compareText);
  if (words.length === 1) return starting(DOCKER_COMMANDS);
  const takes = TAKES[command];
  const before = rest.slice(0, -1).filter((word) => !word.startsWith('-'));
  if (takes === undefined || (ONE.has(command) && before.length > 0)) return [];
  const names: string[] = [];
  for (const [key, value] of standing) {
    if (!key.startsWith(DOCKER_CONTAINERS)) continue;
    const { name, state } = value as DockerRow;
    if ((takes === 'any' || state === 'running') && !before.includes(name)) names.push(name);
  }
  return starting(names);
}
