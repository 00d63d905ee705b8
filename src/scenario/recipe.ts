// The recipe: all that a scenario file or a link carries, and all that a run needs. Times are milliseconds here, Go durations in files.
import * as v from 'valibot';
import { parseDurationMs } from '../base/durations.ts';
import { isObject } from '../base/json.ts';
import { parseQuantity } from '../cluster/api/quantity.ts';
import { readObjects } from './objects.ts';

/** The faults, with the fields each takes: true where it must be given. */
export const FAULTS = {
  'kill-container': { pod: true, container: true, signal: false },
  'kill-sandbox': { pod: true },
  'node-down': { node: true },
  'node-up': { node: true },
  'kubelet-down': { node: true },
  'kubelet-up': { node: true },
  'scheduler-down': {},
  'scheduler-up': {},
  'registry-down': {},
  'registry-up': {},
  'app-hang': { pod: true, container: true },
  'app-fail': { pod: true, container: true },
  'app-heal': { pod: true, container: true },
  memory: { pod: true, container: true, to: true },
  'static-add': { node: true, manifest: true },
  'static-remove': { node: true, pod: true },
  condition: { pod: true, type: true, status: true },
} as const satisfies Record<string, Readonly<Record<string, boolean>>>;

/** The kind of a fault. */
export type FaultKind = keyof typeof FAULTS;

const duration = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const ms = parseDurationMs(dataset.value);
    if (ms === undefined || ms < 0) {
      addIssue({ message: `"${dataset.value}" is not a duration such as 1m30s or 250ms` });
      return NEVER;
    }
    return Math.round(ms);
  }),
);
const text = (limit: number) => v.pipe(v.string(), v.maxLength(limit));
const NAME = text(253);
const terminal = v.union([v.pipe(v.number(), v.integer(), v.transform(String)), v.pipe(v.string(), v.minLength(1), v.maxLength(40))]);

const quantity = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(40));
/** How much memory a program is to hold. */
const amount = v.pipe(
  quantity,
  v.check(
    (given) => isAmount(given),
    (issue) => `"${issue.input}" is not an amount of memory such as 200Mi`,
  ),
);

function isAmount(given: string): boolean {
  const parsed = parseQuantity(given);
  return 'nanos' in parsed && parsed.nanos >= 0n;
}

const fault = v.pipe(
  v.strictObject({
    kind: v.pipe(
      v.string(),
      v.check(
        (kind) => Object.hasOwn(FAULTS, kind),
        (issue) => `there is no fault ${issue.input}`,
      ),
      v.transform((kind) => kind as FaultKind),
    ),
    pod: v.optional(NAME),
    container: v.optional(NAME),
    node: v.optional(NAME),
    signal: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))),
    manifest: v.optional(text(1_000_000)),
    to: v.optional(amount),
    type: v.optional(NAME),
    status: v.optional(v.picklist(['True', 'False', 'Unknown'])),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const takes: Readonly<Record<string, boolean>> = FAULTS[dataset.value.kind] ?? {};
    for (const [field, isRequired] of Object.entries(takes)) {
      if (isRequired && !(field in dataset.value)) addIssue({ message: `${dataset.value.kind} needs ${field}` });
    }
    for (const field of Object.keys(dataset.value)) {
      if (field !== 'kind' && !(field in takes)) addIssue({ message: `${dataset.value.kind} takes no ${field}` });
    }
  }),
);

const at = v.optional(duration, '0s');
const applied = { at, file: v.optional(text(255), 'pod.yaml'), terminal: v.optional(terminal) };
const INPUTS = {
  apply: v.strictObject({ ...applied, apply: text(10_000_000) }),
  create: v.strictObject({ ...applied, create: text(10_000_000) }),
  run: v.strictObject({ at, run: text(100_000), terminal: v.optional(terminal) }),
  type: v.strictObject({ at, type: text(100_000), terminal }),
  key: v.strictObject({ at, key: v.picklist(['ctrl-c', 'ctrl-d', 'ctrl-z', 'ctrl-l', 'up', 'down', 'tab']), terminal }),
  fault: v.strictObject({ at, fault }),
} as const;

const input = v.lazy((given) => {
  const kind = Object.keys(INPUTS).find((key) => typeof given === 'object' && given !== null && key in given);
  return kind === undefined ? v.never(`an input has one of ${Object.keys(INPUTS).join(', ')}`) : INPUTS[kind as keyof typeof INPUTS];
});

const shortNode = v.strictObject({
  name: NAME,
  cpu: v.optional(quantity, '2'),
  memory: v.optional(quantity, '4Gi'),
  pods: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)), 110),
  labels: v.optional(v.record(v.string(), v.string()), {}),
  taints: v.optional(v.array(v.strictObject({ key: v.string(), value: v.optional(v.string()), effect: v.string() })), []),
  images: v.optional(v.array(v.string()), []),
});
const wholeNode = v.looseObject({ apiVersion: v.literal('v1'), kind: v.literal('Node'), metadata: v.looseObject({ name: NAME }) });
const node = v.lazy((given) => (typeof given === 'object' && given !== null && 'kind' in given ? wholeNode : shortNode));

const image = v.strictObject({
  name: text(512),
  size: v.optional(quantity),
  pull: v.optional(duration),
  command: v.optional(v.array(v.string())),
  files: v.optional(v.record(v.string(), v.string())),
  missing: v.optional(v.boolean()),
});

const cluster = v.strictObject({
  preset: v.optional(v.picklist(['three-node', 'minikube', 'none']), 'three-node'),
  startAt: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (date) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(date) && !Number.isNaN(Date.parse(date)),
        'a date such as 2026-01-01T00:00:00Z',
      ),
    ),
    '2026-01-01T00:00:00Z',
  ),
  nodes: v.optional(v.pipe(v.array(node), v.maxLength(10_000)), []),
  images: v.optional(v.pipe(v.array(image), v.maxLength(1000)), []),
});

const title = v.union([text(200), v.strictObject({ ko: text(200), en: text(200) })]);
const view = v.strictObject({
  tab: v.optional(text(40)),
  at: v.optional(duration),
  step: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  pace: v.optional(text(40)),
  lang: v.optional(v.picklist(['ko', 'en'])),
  select: v.optional(text(400)),
  level: v.optional(v.picklist(['story', 'api', 'all'])),
});

const objects = v.pipe(
  text(20_000_000),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    try {
      readObjects(dataset.value);
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) });
    }
  }),
);

/** The whole format, version 1 (design.md section 5). */
export const recipeSchema = v.strictObject({
  podscope: v.literal(1, 'the format version, 1'),
  title: v.optional(title),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)), 1),
  cluster: v.optional(cluster, {}),
  objects: v.optional(objects),
  files: v.optional(v.record(text(255), text(1_000_000)), {}),
  inputs: v.optional(v.pipe(v.array(input), v.maxLength(10_000)), []),
  until: v.optional(duration),
  view: v.optional(view),
});

/** A scenario as it is run: defaults filled in, durations in milliseconds. */
export type Recipe = v.InferOutput<typeof recipeSchema>;
/** A scenario as a file writes it. */
export type RecipeFile = v.InferInput<typeof recipeSchema>;
/** Something that a person does, or breaks, at an instant. */
export type Input = Recipe['inputs'][number];

/** One mistake in a scenario file, with its path: `inputs[2].fault.kind`. */
export interface RecipeMistake {
  readonly path: string;
  readonly message: string;
}

/** Checks a parsed scenario; answers the recipe, or every mistake with its path. */
export function readRecipe(value: unknown): { readonly recipe: Recipe } | { readonly mistakes: readonly RecipeMistake[] } {
  if (!isObject(value)) return { mistakes: [{ path: '', message: 'a scenario is an object with podscope: 1' }] };
  const result = v.safeParse(recipeSchema, value);
  if (result.success) return { recipe: result.output };
  return { mistakes: result.issues.map((issue) => ({ path: pathOf(issue.path), message: issue.message })) };
}

function pathOf(path: readonly { readonly key?: unknown }[] | undefined): string {
  return (path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
