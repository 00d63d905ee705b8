// docker pull, and the pull that docker run does by itself.
import { parseImageName } from '../../../cluster/api/image-name.ts';
import { ask, carry, complain, type Docker, print, refusalIn } from './client.ts';
import type { DockerCommand } from './command.ts';
import type { Sys } from '../../../cluster/runtime/process/program.ts';

/** Why a text is no image's name, in the client's words. */
export function wrongReference(name: string): string | undefined {
  if (parseImageName(name)) return undefined;
  const path = name.replace(/:[^/:]*$/, '');
  const repository = path.includes('/') ? path : `library/${path}`;
  return /[A-Z]/.test(path) ? `invalid reference format: repository name (${repository}) must be lowercase` : 'invalid reference format';
}

/** The name with its tag. */
export const tagged = (name: string): string => (/:[^/]+$/.test(name) || name.includes('@') ? name : `${name}:latest`);

/** Pulls an image, told on a descriptor; answers why it could not. */
export function* pullImage(sys: Sys, name: string, fd: 1 | 2): Docker<string | undefined> {
  const answer = yield* ask('POST', '/images/create', { query: { fromImage: name } });
  const refusal = refusalIn(answer);
  if (refusal !== undefined) return refusal;
  if (answer.stream === undefined) return undefined;
  const { error } = yield* carry(sys, answer.stream, { stdin: false, tty: false, to: fd });
  return error === undefined ? undefined : `Error response from daemon: ${error}`;
}

export const pull: DockerCommand = {
  usage: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  about: 'Download an image from a registry',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool', isLeftOut: true },
    { name: 'platform', type: 'text', isLeftOut: true },
  ],
  least: 1,
  most: 1,
  *run(sys, { args: [name = ''] }) {
    const wrong = wrongReference(name);
    if (wrong !== undefined) {
      yield* complain(`${wrong}\n`);
      return 1;
    }
    const full = tagged(name);
    if (full !== name) yield* print('Using default tag: latest\n');
    const error = yield* pullImage(sys, full, 1);
    if (error !== undefined) {
      yield* complain(`${error}\n`);
      return 1;
    }
    const { repository, tag } = parseImageName(full) ?? { repository: full, tag: '' };
    yield* print(`${repository}:${tag}\n`);
    return 0;
  },
};
