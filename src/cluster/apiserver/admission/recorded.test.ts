// Creates as a real API server v1.36 answered them: the stages in their order, without the server around them.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../../../base/prng.ts';
import { parseManifest } from '../../../manifest/manifest.ts';
import { applyDefaults } from '../../api/default/defaults.ts';
import { decodeBody } from '../../api/decode.ts';
import { podQos } from '../../api/qos.ts';
import { badRequest, invalid } from '../../api/status.ts';
import type { Pod, Status } from '../../api/types.ts';
import { validateCreate, validateUpdate } from '../../api/validate/validate.ts';
import { warningsFor } from '../../api/warnings.ts';
import { admit, validateAdmission } from './admission.ts';
import type { AdmissionLookup } from './plugin.ts';

interface Case {
  readonly id: string;
  readonly verb: string;
  readonly text?: string;
  readonly before?: string;
  readonly argv?: readonly string[];
  readonly status?: Status;
  readonly result: { readonly stderr: string };
  readonly stored: readonly Pod[];
}

const cases: readonly Case[] = JSON.parse(readFileSync('conformance/admission.json', 'utf8'));
const PODS = { group: '', version: 'v1', kind: 'Pod', namespaced: true } as const;
const STANDING: Readonly<Record<string, unknown>> = {
  'namespaces//default': { status: { phase: 'Active' } },
  'namespaces//kube-system': { status: { phase: 'Active' } },
  'serviceaccounts/kube-system/default': { metadata: { name: 'default' } },
  'serviceaccounts/default/default': { metadata: { name: 'default' } },
  'priorityclasses//system-cluster-critical': { metadata: { name: 'system-cluster-critical' }, value: 2_000_000_000 },
  'priorityclasses//system-node-critical': { metadata: { name: 'system-node-critical' }, value: 2_000_001_000 },
};
const lookup: AdmissionLookup = {
  get: (resource, namespace, name) => STANDING[`${resource}/${namespace}/${name}`],
  list: () => [],
  random: (purpose) => createRandom(1, purpose),
};

/** The stages of a create in a namespace, up to the store. */
function create(
  body: unknown,
  namespace: string,
): { readonly status: Status } | { readonly object: Pod; readonly warnings: readonly string[] } {
  const decoded = decodeBody(PODS, body, 'Strict');
  if ('status' in decoded) return { status: decoded.status };
  const pod = decoded.object as unknown as Pod;
  const { metadata } = pod;
  const named = metadata.name || !metadata.generateName ? metadata : { ...metadata, name: `${metadata.generateName}bcdfg` };
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    return { status: badRequest('the namespace of the provided object does not match the namespace sent on the request') };
  }
  const placed = { ...pod, metadata: { ...named, namespace } };
  const request = {
    operation: 'CREATE',
    resource: { group: '', name: 'pods' },
    namespace: placed.metadata.namespace,
    name: '',
    object: applyDefaults(placed),
  } as const;
  const admitted = admit(request, lookup);
  if ('status' in admitted) return admitted;
  const { status: _, ...rest } = admitted.object as unknown as Pod;
  const object: Pod = {
    ...rest,
    metadata: { ...rest.metadata, generation: 1 },
    status: { phase: 'Pending', qosClass: podQos(rest) },
  };
  const errors = validateCreate(PODS, object);
  if (errors.length > 0) return { status: invalid({ group: '', name: 'Pod' }, object.metadata.name ?? '', errors) };
  const refusal = validateAdmission({ ...request, object }, lookup);
  return refusal ? { status: refusal } : { object, warnings: warningsFor(object) };
}

const mask = (value: unknown): string =>
  JSON.stringify(sorted(value), null, 1)
    .replace(/(kube-api-access-)[a-z0-9]{5}/g, '$1<r>')
    .replace(/scheme "[^"]*"/g, 'scheme');
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** The body that kubectl would send; undefined where it would send none, or several. */
function bodyOf(text: string): unknown {
  const { documents, error } = parseManifest(text);
  const values = documents.map(({ value }) => value);
  return error === undefined && values.length === 1 && (values[0] as { kind?: string } | null)?.kind !== 'List' ? values[0] : undefined;
}

const single = cases.filter(
  ({ text, before, argv, verb }) => verb === 'create' && argv === undefined && before === undefined && text !== undefined,
);
// What a server says of YAML itself is of no use here: kubectl sends JSON.
const asJson = single.filter(
  ({ text, status, stored }) =>
    bodyOf(text ?? '') != null && (status !== undefined || stored.length > 0) && !/yaml:|\(68656c/.test(status?.message ?? ''),
);

test.each(asJson.map((each) => [each.id, each] as const))('%s', (_id, { text, status, stored, result }) => {
  const answer = create(bodyOf(text ?? ''), stored[0]?.metadata.namespace ?? 'default');
  if (status !== undefined) {
    // What was recorded was sent to the namespace default.
    const refused = create(bodyOf(text ?? ''), 'default');
    expect('status' in refused ? sorted(refused.status) : refused).toEqual(sorted({ ...status, metadata: {} }));
    if (stored.length === 0) return;
  }
  const [pod] = stored;
  if (pod === undefined || 'status' in answer) {
    expect('status' in answer ? answer.status : answer).toEqual(stored);
    return;
  }
  expect(answer.warnings.map((each) => `Warning: ${each}\n`).join('')).toBe(result.stderr);
  const { apiVersion: _, kind: __, ...ours } = answer.object;
  const name = pod.metadata.generateName ? { name: `${pod.metadata.generateName}bcdfg` } : {};
  expect(mask(ours)).toBe(mask({ ...pod, metadata: { ...pod.metadata, ...name } }));
});

const created = (text: string): Pod => {
  const answer = create(JSON.parse(text), 'default');
  if ('status' in answer) throw new Error(answer.status.message);
  return { ...answer.object, metadata: { ...answer.object.metadata, resourceVersion: '1' } };
};

const updates = cases.filter(({ id, before, text }) => id.startsWith('update-') && before !== undefined && text !== undefined);

test.each(updates.map((each) => [each.id, each] as const))('%s', (_id, { before = '', text = '', result, stored }) => {
  const old = created(before);
  const given = JSON.parse(text) as Pod;
  const { containers, ...rest } = given.spec;
  const next: Pod = {
    ...old,
    metadata: { ...old.metadata, ...given.metadata },
    spec: {
      ...old.spec,
      ...rest,
      tolerations: [...(rest.tolerations ?? []), ...(old.spec.tolerations ?? [])],
      containers: containers.map((container) => ({ ...old.spec.containers.find(({ name }) => name === container.name), ...container })),
    },
  };
  const errors = validateUpdate(PODS, applyDefaults(next), old);
  const [first] = invalid({ group: '', name: 'Pod' }, 'web', errors).details?.causes ?? [];
  const said = errors.length === 0 ? '' : `The Pod "web" is invalid: ${first?.field}: ${first?.message}\n`;
  expect(said.replaceAll(/kube-api-access-\w+/g, '')).toBe(result.stderr.startsWith('The Pod') ? result.stderr.replace(/\n$/, '\n') : '');
  expect(stored.length).toBe(1);
});
