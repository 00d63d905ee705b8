// The annotation in which `kubectl apply` keeps what was applied. Models k8s.io/kubectl/pkg/util/apply.go.
import { isObject } from '../../base/json.ts';
import { sortedKeys } from '../../base/order.ts';

/** The annotation's key. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with the annotation that tells what it is without it. Models GetModifiedConfiguration. */
export function withLastApplied(object: Record<string, unknown>): Record<string, unknown> {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const { [LAST_APPLIED]: _before, ...annotations } = isObject(metadata.annotations) ? metadata.annotations : {};
  const plain = { ...object, metadata: { ...metadata, annotations } };
  const text = `${compactJson(plain)}\n`;
  return { ...plain, metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } };
}

/** What was applied last, or undefined where nothing was, or it cannot be read. */
export function lastApplied(object: unknown): Record<string, unknown> | undefined {
  const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
  const text = isObject(metadata.annotations) ? metadata.annotations[LAST_APPLIED] : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Somebody wrote something else into the annotation: as good as none.
    return undefined;
  }
}

/** JSON with sorted keys and without spaces, as Go's encoder writes it (<, > and & are escaped). */
export function compactJson(value: unknown): string {
  return JSON.stringify(sorted(value)).replaceAll(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(sortedKeys(value).map((key) => [key, sorted(value[key])]));
}
