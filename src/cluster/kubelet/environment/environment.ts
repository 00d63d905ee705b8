// The environment of a container. Models makeEnvironmentVariables of pkg/kubelet/kubelet_pods.go.
import { compareText } from '../../../base/order.ts';
import type { ConfigMap, Container, EnvVarSource, Secret, Service } from '../../api/types.ts';
import { containersOf, namespaceOf } from '../pods.ts';
import type { Task } from '../tasks.ts';
import { expand } from './expansion.ts';
import { type FieldSource, fieldText, resourceText } from './field-ref.ts';
import { serviceVariables } from './service-variables.ts';

/** What of other objects is needed; undefined where there is none. */
export interface ObjectSource extends FieldSource {
  configMap(name: string): Task<ConfigMap | undefined>;
  secret(name: string): Task<Secret | undefined>;
  readonly services: readonly Service[];
}

/** Why an environment cannot be made: the message of CreateContainerConfigError. */
export interface ConfigError {
  readonly error: string;
}

/** The text of a Secret's value, which is stored as base64. */
export function decodeSecret(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of base64) {
    const value = alphabet.indexOf(letter);
    if (value < 0) continue;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return String.fromCharCode(...bytes);
  }
}

/** The variables of a container, in order, expanded. */
export function* environmentOf(source: ObjectSource, container: Container): Task<readonly { name: string; value: string }[] | ConfigError> {
  const { pod } = source;
  const result = new Map<string, string>();
  const services = serviceVariables(source.services, namespaceOf(pod), pod.spec.enableServiceLinks !== false);
  for (const from of container.envFrom ?? []) {
    const imported = yield* importedFrom(source, from);
    if ('error' in imported) return { error: imported.error as string };
    for (const [key, value] of Object.entries(imported.data).sort(([a], [b]) => compareText(a, b))) {
      result.set(`${from.prefix ?? ''}${key}`, value);
    }
  }
  const known = new Map<string, string>([...services, ...result]);
  for (const variable of container.env ?? []) {
    let value: string | undefined;
    if (variable.valueFrom) {
      const found = yield* valueFrom(source, container, variable.valueFrom);
      if (typeof found === 'object') return found;
      if (found === undefined) continue;
      value = found;
    } else value = expand(variable.value ?? '', (name) => known.get(name));
    known.set(variable.name, value);
    result.delete(variable.name);
    result.set(variable.name, value);
  }
  // Variables of Services never win over what the container asks for.
  for (const [name, value] of services) if (!result.has(name)) result.set(name, value);
  return [...result].map(([name, value]) => ({ name, value }));
}

type Imported = { readonly data: Readonly<Record<string, string>> } | ConfigError;

function* importedFrom(source: ObjectSource, from: NonNullable<Container['envFrom']>[number]): Task<Imported> {
  const { configMapRef, secretRef } = from;
  if (configMapRef) {
    const name = configMapRef.name ?? '';
    const found = yield* source.configMap(name);
    if (!found && configMapRef.optional !== true) return { error: `configmap "${name}" not found` };
    return { data: found?.data ?? {} };
  }
  if (!secretRef) return { data: {} };
  const name = secretRef.name ?? '';
  const found = yield* source.secret(name);
  if (!found && secretRef.optional !== true) return { error: `secret "${name}" not found` };
  return { data: Object.fromEntries(Object.entries(found?.data ?? {}).map(([key, value]) => [key, decodeSecret(value)])) };
}

/** The value that a variable takes from elsewhere; undefined where it is optional and not there. */
function* valueFrom(source: ObjectSource, container: Container, from: EnvVarSource): Task<string | undefined | ConfigError> {
  const namespace = namespaceOf(source.pod);
  if (from.fieldRef) {
    const { fieldPath } = from.fieldRef;
    return fieldText(source, fieldPath) ?? { error: `unsupported fieldPath: ${fieldPath}` };
  }
  if (from.resourceFieldRef) {
    const { containerName, resource } = from.resourceFieldRef;
    const of = containerName ? containersOf(source.pod).find((each) => each.container.name === containerName)?.container : container;
    if (!of) return { error: `container ${containerName} not found` };
    return resourceText(source, of, from.resourceFieldRef) ?? { error: `unsupported container resource : ${resource}` };
  }
  if (from.configMapKeyRef) {
    const { name = '', key, optional } = from.configMapKeyRef;
    const found = yield* source.configMap(name);
    const value = found?.data?.[key];
    if (value !== undefined || optional === true) return value;
    return { error: found ? `couldn't find key ${key} in ConfigMap ${namespace}/${name}` : `configmap "${name}" not found` };
  }
  if (from.secretKeyRef) {
    const { name = '', key, optional } = from.secretKeyRef;
    const found = yield* source.secret(name);
    const value = found?.data?.[key];
    if (value !== undefined) return decodeSecret(value);
    if (optional === true) return undefined;
    return { error: found ? `couldn't find key ${key} in Secret ${namespace}/${name}` : `secret "${name}" not found` };
  }
  return undefined;
}
