// The Pod that an argument of logs, exec, attach or port-forward means, and the container in it.
import { labelSelectorText } from './printers/describe/pod.ts';
import type { Pod } from '../cluster/api/types.ts';
import type { Kubectl } from './ask.ts';
import { type CommandContext, complain } from './command.ts';
import { fail } from './failure.ts';
import { requireResource } from './resource-names.ts';

/** The Pod of `web`, `pod/web` or `service/web` (one of those that the Service selects). */
export function* podOf(context: CommandContext, argument: string): Kubectl<Pod> {
  const { client, namespace } = context;
  const slash = argument.indexOf('/');
  const resource = requireResource(slash < 0 ? 'pods' : argument.slice(0, slash));
  const name = slash < 0 ? argument : argument.slice(slash + 1);
  const object = yield* client.object({ method: 'GET', resource, namespace, name });
  if (resource.kind === 'Pod') return object as unknown as Pod;
  const { selector } = (object.spec ?? {}) as { readonly selector?: Readonly<Record<string, string>> };
  if (resource.kind !== 'Service' || !selector) {
    throw fail(`cannot attach to *unstructured.Unstructured: selector for ${resource.kind} not implemented`);
  }
  const labelSelector = labelSelectorText({ matchLabels: selector });
  const pods = yield* client.list({ method: 'GET', resource: requireResource('pods'), namespace, query: { labelSelector } });
  const all = pods as unknown as readonly Pod[];
  const [first] = all.toSorted((a, b) => rank(a) - rank(b));
  if (!first) throw fail('timed out waiting for the condition');
  return first;
}

/** Those that run and are ready come first. Models controller.ActivePods. */
function rank({ status }: Pod): number {
  const isReady = (status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');
  return (status.phase === 'Running' ? 0 : 2) + (isReady ? 0 : 1);
}

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** Every container, as kubectl lists them: `web, debugger (ephem), init (init)`. */
export function allContainerNames({ spec }: Pod): string {
  const named = (list: readonly { readonly name: string }[] | undefined, suffix: string) => (list ?? []).map(({ name }) => name + suffix);
  return [...named(spec.containers, ''), ...named(spec.ephemeralContainers, ' (ephem)'), ...named(spec.initContainers, ' (init)')].join(
    ', ',
  );
}

/** The names alone, in the order in which all their logs are shown. */
export const containerNamesInOrder = ({ spec }: Pod): string[] =>
  [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(({ name }) => name);

/** The container that is meant; of several the first, which is said. Models podcmd.FindOrDefaultContainerByName. */
export function* chooseContainer(pod: Pod, asked: string, isQuiet: boolean): Kubectl<string> {
  const names = containerNamesInOrder(pod);
  if (asked !== '') {
    if (names.includes(asked)) return asked;
    throw fail(`container ${asked} is not valid for pod ${pod.metadata.name} out of: ${allContainerNames(pod)}`);
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER];
  if (annotated !== undefined && names.includes(annotated)) return annotated;
  const first = pod.spec.containers[0]?.name ?? '';
  if (!isQuiet && names.length > 1) {
    yield* complain(`Defaulted container ${JSON.stringify(first)} out of: ${allContainerNames(pod)}\n`);
  }
  return first;
}
