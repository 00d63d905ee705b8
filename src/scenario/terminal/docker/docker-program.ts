// docker as a program of the laptop: a client of its Docker Engine. Models docker/cli 28.
import type { Program } from '../../../cluster/runtime/process/program.ts';
import { complain, type Docker, print } from './client.ts';
import type { DockerCommand } from './command.ts';
import { exec, kill, logs, rm, stop } from './containers.ts';
import { readFlags } from './flags.ts';
import { images, inspect, ps } from './lists.ts';
import { pull } from './pull.ts';
import { run } from './run.ts';

const COMMANDS: Readonly<Record<string, DockerCommand>> = { run, exec, ps, logs, pull, images, stop, kill, rm, inspect };
/** The commands that docker has here. */
export const DOCKER_COMMANDS: readonly string[] = Object.keys(COMMANDS);
/** What docker can do besides, and Podscope does not act on. */
const NOT_SIMULATED = new Set(
  'attach build builder buildx commit compose container context cp create diff events export history image import info init load login logout manifest network node pause plugin port push rename restart rmi save search secret service stack start stats swarm system tag top trust unpause update version volume wait'.split(
    ' ',
  ),
);
const FLAG_FAILURE = 125;
const VERSION = 'Docker version 28.5.2, build ecc6942\n';

export const dockerProgram: Program = function* runDocker(sys) {
  const [first = '', ...rest] = unaliased(sys.argv.slice(1));
  if (first === '' || first === '--help' || first === 'help') {
    yield* print(HELP);
    return 0;
  }
  if (first === '--version' || first === '-v') {
    yield* print(VERSION);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (!command) return yield* unknown(first);
  if (rest.includes('--help') && !command.stopsEarly) {
    yield* print(helpOf(command));
    return 0;
  }
  const line = readFlags(command.flags, rest, command.stopsEarly ?? false);
  if ('mistake' in line) {
    if (rest[0] === '--help') {
      yield* print(helpOf(command));
      return 0;
    }
    yield* complain(`${line.mistake}\n\nUsage:  docker ${command.usage}\n\nRun 'docker ${first} --help' for more information\n`);
    return FLAG_FAILURE;
  }
  const wrong = countMistake(first, command, line.args.length);
  if (wrong !== undefined) {
    yield* complain(`docker: ${wrong}\n\nUsage:  docker ${command.usage}\n\nSee 'docker ${first} --help' for more information\n`);
    return 1;
  }
  for (const flag of line.leftOut) yield* complain(`[Podscope does not simulate ${flag}: it is left out]\n`);
  return yield* command.run(sys, line);
};

/** `docker container ls` is `docker ps`, `docker image ls` is `docker images`; the others keep their names. */
function unaliased(words: readonly string[]): readonly string[] {
  const [group, verb, ...rest] = words;
  if ((group !== 'container' && group !== 'image') || verb === undefined) return words;
  if (verb === 'ls' || verb === 'list') return [group === 'container' ? 'ps' : 'images', ...rest];
  return [verb === 'remove' ? 'rm' : verb, ...rest];
}

function* unknown(name: string): Docker {
  if (NOT_SIMULATED.has(name)) yield* complain(`[Podscope does not simulate docker ${name}]\n`);
  else if (name.startsWith('-'))
    yield* complain(`unknown flag: ${name}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n`);
  else yield* complain(`docker: unknown command: docker ${name}\n\nRun 'docker --help' for more information\n`);
  return 1;
}

function countMistake(name: string, { least, most }: DockerCommand, count: number): string | undefined {
  const plural = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`;
  if (most === 0 && count > 0) return `'docker ${name}' accepts no arguments`;
  if (least === most && count !== least) return `'docker ${name}' requires ${plural(least)}`;
  if (count < least) return `'docker ${name}' requires at least ${plural(least)}`;
  return most !== undefined && count > most ? `'docker ${name}' requires at most ${plural(most)}` : undefined;
}

const helpOf = ({ usage, about }: DockerCommand): string => `Usage:  docker ${usage}\n\n${about}\n`;

const HELP = `Usage:  docker [OPTIONS] COMMAND

A self-sufficient runtime for containers

Common Commands:
${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(12)}${about}\n`)
  .join('')}
Run 'docker COMMAND --help' for more information on a command.
`;
