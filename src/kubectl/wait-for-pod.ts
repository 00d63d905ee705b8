// Watches one Pod until it is as wanted.
import type { Pod } from '../cluster/api/types.ts';
import type { Kubectl, KubectlEnvironment } from './ask.ts';
import { type Client, isApiObject } from './client.ts';
import { requireResource } from './resource-names.ts';

/** The Pod as soon as `isMet` says so; undefined once it is gone or the time is over. */
export function* waitForPod(
  client: Client,
  environment: KubectlEnvironment,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  timeoutMs: number | undefined,
  isMet: (pod: Pod) => boolean,
): Kubectl<Pod | undefined> {
  const endsAt = timeoutMs === undefined ? undefined : environment.now() + timeoutMs;
  const query = { fieldSelector: `metadata.name=${name}`, watch: 'true' };
  const { stream } = yield* client.send({ method: 'GET', resource: requireResource('pods'), namespace, query });
  if (stream === undefined) return undefined;
  try {
    for (;;) {
      const left = endsAt === undefined ? undefined : endsAt - environment.now();
      if (left !== undefined && left <= 0) return undefined;
      const { data, timedOut } = yield { ask: 'next', streams: [stream], ...(left !== undefined && { timeoutMs: left }) };
      if (timedOut || data?.end || data?.event?.type === 'DELETED') return undefined;
      const object = data?.event?.object;
      if (isApiObject(object) && isMet(object as unknown as Pod)) return object as unknown as Pod;
    }
  } finally {
    yield { ask: 'close', stream };
  }
}
