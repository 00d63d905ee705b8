// Manifests and command lines that a real kubectl and API server took or refused: exit status, both streams and the Pods that stood
// afterwards, to the letter.
import type { Pod } from '../../cluster/api/types.ts';
import { compareText } from '../../base/order.ts';
import { kubectlLine, revisionsOf, simulate, terminalsOf } from './simulate.ts';
import { canonicalText, lineDifference, masked } from './text.ts';

/** A recorded case. */
export interface AdmissionCase {
  readonly id: string;
  readonly verb: string;
  readonly text?: string;
  readonly argv?: readonly string[];
  readonly before?: string;
  readonly beforeVerb?: string;
  readonly result: { readonly exit: number; readonly stdout: string; readonly stderr: string };
  readonly stored: readonly Pod[];
}

/** What differs first; undefined where nothing does. */
export function admissionDifference(recorded: AdmissionCase): string | undefined {
  const { argv, verb, before, text, result } = recorded;
  // It was recorded where no scheduler and no node stood.
  const records = simulate({
    cluster: { preset: 'none' },
    files: { ...(before !== undefined && { 'before.yaml': before }), ...(text !== undefined && { 'pod.yaml': text }) },
    inputs: [
      { at: '0s', fault: { kind: 'scheduler-down' } },
      ...(before === undefined ? [] : [{ at: '0s', run: `kubectl ${recorded.beforeVerb ?? 'create'} -f before.yaml` }]),
      { at: '1s', run: argv ? kubectlLine(argv) : `kubectl ${verb} -f pod.yaml` },
    ],
    until: '20s',
  });
  const said = terminalsOf(records).at(-1);
  if (!said) return 'no command ended';
  if (said.exit !== result.exit) return `exit: the real one ${result.exit}, ours ${said.exit}, saying ${JSON.stringify(said.stderr)}`;
  const clean = cleaner(text);
  const standing = new Map<string, Pod>();
  for (const { event, object } of revisionsOf<Pod>(records, 'Pod')) {
    if (event === 'DELETED') standing.delete(object.metadata.name);
    else standing.set(object.metadata.name, object);
  }
  return (
    lineDifference('stdout', clean(result.stdout), clean(said.stdout)) ??
    lineDifference('stderr', clean(result.stderr), clean(said.stderr)) ??
    lineDifference('stored', storedText(recorded.stored), storedText([...standing.values()]))
  );
}

/** Ages are masked, so the columns beside them may be wider or narrower; a name that was asked for by its beginning is drawn. */
function cleaner(manifest: string | undefined): (text: string) => string {
  const beginning = /"?generateName"?:\s*"?([\w.-]+)/.exec(manifest ?? '')?.[1];
  const drawnName = beginning === undefined ? undefined : new RegExp(`${beginning}[a-z0-9]{5}\\b`, 'g');
  return (text) =>
    masked(drawnName ? text.replace(drawnName, `${beginning}<drawn>`) : text)
      .split('\n')
      .map((line) => line.trimEnd().replace(/<span> {2,}/g, '<span>  '))
      .join('\n');
}

/** The Pods as the recordings keep them: identities left out, and of the status what admission decides. */
function storedText(pods: readonly Pod[]): string {
  const reduced = pods.map(({ metadata, spec, status }) => {
    const { managedFields, uid, resourceVersion, creationTimestamp, ...kept } = metadata as Pod['metadata'] & { managedFields?: unknown };
    const name = kept.generateName === undefined ? kept.name : `${kept.generateName}<drawn>`;
    return { metadata: { ...kept, name }, spec, status: { phase: status?.phase, qosClass: status?.qosClass } };
  });
  return reduced
    .sort((a, b) => compareText(a.metadata.name, b.metadata.name))
    .map(canonicalText)
    .join('\n');
}
