// What stands in a volume that is made of API objects. Models pkg/volume/{configmap,secret,projected,downwardapi}.
import type { DownwardAPIVolumeFile, KeyToPath, Pod, Volume, VolumeProjection } from '../../api/types.ts';
import { decodeSecret, type ObjectSource } from '../environment/environment.ts';
import { fieldText, resourceText } from '../environment/field-ref.ts';
import { containersOf, namespaceOf, uidOf } from '../pods.ts';
import type { Task } from '../tasks.ts';

/** Files by path, with their permission bits. */
export type VolumeFiles = Readonly<Record<string, { readonly text: string; readonly mode: number }>>;
/** The files, or why the volume cannot be set up; undefined: a volume that is not made of objects. */
export type VolumeContent = { readonly files: VolumeFiles } | { readonly error: string } | undefined;

const DEFAULT_MODE = 0o644;

/** Makes the content of a volume. */
export function* contentOf(source: ObjectSource, volume: Volume): Task<VolumeContent> {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) {
    const { name = '', items, optional, defaultMode } = configMap;
    return yield* fromConfigMap(source, name, items, optional === true, defaultMode ?? DEFAULT_MODE);
  }
  if (secret) {
    const { secretName = '', items, optional, defaultMode } = secret;
    return yield* fromSecret(source, secretName, items, optional === true, defaultMode ?? DEFAULT_MODE);
  }
  if (downwardAPI) return fromFields(source, downwardAPI.items ?? [], downwardAPI.defaultMode ?? DEFAULT_MODE);
  if (!projected) return undefined;
  const files: Record<string, { text: string; mode: number }> = {};
  for (const each of projected.sources ?? []) {
    const part = yield* fromProjection(source, each, projected.defaultMode ?? DEFAULT_MODE);
    if ('error' in part) return part;
    Object.assign(files, part.files);
  }
  return { files };
}

type Content = NonNullable<VolumeContent>;

function* fromProjection(source: ObjectSource, of: VolumeProjection, mode: number): Task<Content> {
  if (of.configMap) return yield* fromConfigMap(source, of.configMap.name ?? '', of.configMap.items, of.configMap.optional === true, mode);
  if (of.secret) return yield* fromSecret(source, of.secret.name ?? '', of.secret.items, of.secret.optional === true, mode);
  if (of.downwardAPI) return fromFields(source, of.downwardAPI.items ?? [], mode);
  if (of.serviceAccountToken) return { files: { [of.serviceAccountToken.path]: { text: tokenOf(source.pod), mode } } };
  return { files: {} };
}

/** A token that looks like one: its parts name the account and the Pod, its signature means nothing. */
function tokenOf(pod: Pod): string {
  const account = pod.spec.serviceAccountName ?? 'default';
  return `simulated.${namespaceOf(pod)}.${account}.${pod.metadata.name}.${uidOf(pod)}`;
}

function* fromConfigMap(
  source: ObjectSource,
  name: string,
  items: readonly KeyToPath[] | undefined,
  isOptional: boolean,
  mode: number,
): Task<Content> {
  const found = yield* source.configMap(name);
  if (!found && !isOptional) return { error: `configmap "${name}" not found` };
  const binary = Object.entries(found?.binaryData ?? {}).map(([key, value]) => [key, decodeSecret(value)]);
  const data = { ...found?.data, ...Object.fromEntries(binary) };
  return select(data, items, isOptional, mode, (key) => `configmap references non-existent config key: ${key}`);
}

function* fromSecret(
  source: ObjectSource,
  name: string,
  items: readonly KeyToPath[] | undefined,
  isOptional: boolean,
  mode: number,
): Task<Content> {
  const found = yield* source.secret(name);
  if (!found && !isOptional) return { error: `secret "${name}" not found` };
  const data = Object.fromEntries(Object.entries(found?.data ?? {}).map(([key, value]) => [key, decodeSecret(value)]));
  return select(data, items, isOptional, mode, (key) => `references non-existent secret key: ${key}`);
}

/** All keys, or those that are named. Models MakePayload. */
function select(
  data: Readonly<Record<string, string>>,
  items: readonly KeyToPath[] | undefined,
  isOptional: boolean,
  mode: number,
  missing: (key: string) => string,
): Content {
  if (!items || items.length === 0) return { files: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, { text, mode }])) };
  const files: Record<string, { text: string; mode: number }> = {};
  for (const item of items) {
    const text = data[item.key];
    if (text === undefined && !isOptional) return { error: missing(item.key) };
    if (text !== undefined) files[item.path] = { text, mode: item.mode ?? mode };
  }
  return { files };
}

function fromFields(source: ObjectSource, items: readonly DownwardAPIVolumeFile[], mode: number): Content {
  const files: Record<string, { text: string; mode: number }> = {};
  for (const { path, fieldRef, resourceFieldRef, mode: own } of items) {
    const of = containersOf(source.pod).find((each) => each.container.name === resourceFieldRef?.containerName)?.container;
    const text = fieldRef
      ? fieldText(source, fieldRef.fieldPath)
      : resourceFieldRef && of
        ? resourceText(source, of, resourceFieldRef)
        : undefined;
    if (text === undefined) return { error: `unable to extract ${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? path}` };
    files[path] = { text, mode: own ?? mode };
  }
  return { files };
}
