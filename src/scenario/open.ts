// A recipe becomes a run: its cluster is built, its terminals are set up, its inputs are dated.
import { assert } from '../base/assert.ts';
import { unitValue } from '../cluster/api/quantity.ts';
import { createCluster } from '../cluster/boot/boot.ts';
import { nodesOf } from '../cluster/boot/nodes.ts';
import type { ClusterSpec } from '../cluster/boot/spec.ts';
import { createDocker } from '../cluster/docker/docker.ts';
import type { ClusterMessage, FaultMessage, TerminalMessage } from '../cluster/messages.ts';
import { FAULTS, terminalOf } from '../cluster/names.ts';
import type { Run } from '../engine/run.ts';
import { readObjects } from './objects.ts';
import type { Input, Recipe } from './recipe.ts';
import { createComputer } from './terminal/computer.ts';
import { createTerminal } from './terminal.ts';

/** The terminal of lines that name none. */
const MAIN_TERMINAL = 'main';

/** Whether a terminal is one of the laptop with Docker Engine: `docker`, `docker-2`, … */
export const isDockerTerminal = (name: string): boolean => /^docker(?:-.+)?$/.test(name);

/** A run that takes a scenario's inputs. */
export interface OpenedScenario extends Run<ClusterMessage> {
  /** Dates an input at its `at`, which must not be before the edge. */
  give(input: Input): void;
}

/** Builds the world of a recipe and gives it every input. The recipe has been read by readRecipe. */
export function openScenario(recipe: Recipe): OpenedScenario {
  const spec = clusterSpecOf(recipe);
  const run = createCluster(spec);
  const { startAtMs } = spec;
  const computer = createComputer(recipe.files, startAtMs, nodesOf(spec));
  /** One's own laptop, with Docker Engine, for terminals of that name. Nothing of it is there until somebody uses one. */
  const laptop = createComputer(recipe.files, startAtMs, [], true);
  const terminals = new Set<string>();
  const terminal = (name: string | undefined): string => {
    const own = name ?? MAIN_TERMINAL;
    if (!terminals.has(own)) {
      terminals.add(own);
      const isOnLaptop = isDockerTerminal(own);
      if (isOnLaptop && ![...terminals].some((other) => other !== own && isDockerTerminal(other))) {
        run.add(createDocker({ startAtMs, images: spec.images }));
      }
      const on = isOnLaptop ? laptop : computer;
      run.add(createTerminal({ name: own, files: recipe.files, startAtMs, computer: on, keepsShell: name !== undefined }));
    }
    return terminalOf(own);
  };
  const give = (input: Input): void => {
    if ('fault' in input) run.input(input.at, FAULTS, faultOf(input.fault));
    else run.input(input.at, terminal('terminal' in input ? input.terminal : undefined), terminalMessageOf(input));
  };
  for (const input of [...recipe.inputs].sort((a, b) => a.at - b.at)) give(input);
  return Object.assign(run, { give });
}

/** Gives an input to a run that was opened here. */
export function giveInput(run: OpenedScenario, input: Input): void {
  run.give(input);
}

type FaultInput = Extract<Input, { fault: unknown }>['fault'];

function faultOf({ type, status, ...fault }: FaultInput): FaultMessage {
  return { type: 'fault', ...fault, ...(type !== undefined && status !== undefined && { condition: { type, status } }) };
}

function terminalMessageOf(input: Exclude<Input, { fault: unknown }>): TerminalMessage {
  if ('run' in input) return { type: 'terminal', input: { run: input.run } };
  if ('type' in input) return { type: 'terminal', input: { type: input.type } };
  if ('key' in input) return { type: 'terminal', input: { key: input.key } };
  const [verb, text] = 'apply' in input ? (['apply', input.apply] as const) : (['create', input.create] as const);
  return { type: 'terminal', input: { verb, text, file: input.file } };
}

/** The boot's own type, from a recipe. */
export function clusterSpecOf({ seed, cluster, objects }: Recipe): ClusterSpec {
  const startAtMs = Date.parse(cluster.startAt);
  assert(Number.isInteger(startAtMs), 'the recipe has been read');
  return {
    seed,
    preset: cluster.preset,
    startAtMs,
    nodes: cluster.nodes.flatMap((node) => ('kind' in node ? [] : [node])),
    nodeManifests: cluster.nodes.filter((node) => 'kind' in node),
    images: cluster.images.map(({ size, pull, ...image }) => ({
      ...image,
      ...(size !== undefined && { sizeBytes: unitValue(size) }),
      ...(pull !== undefined && { pullMs: pull }),
    })),
    objects: objects === undefined ? [] : readObjects(objects),
  };
}
