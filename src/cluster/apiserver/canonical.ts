// Objects as the server writes them: it reads what it is given into Go's types and writes those.
import { decodeStruct } from '../api/decode.ts';

/** A Pod's status as the server writes it again: fields in Go's order, times that are not given null. */
export function canonicalPodStatus<T>(status: T): T {
  const decoded = decodeStruct('core.PodStatus', status);
  return 'error' in decoded ? status : (decoded.object as T);
}
