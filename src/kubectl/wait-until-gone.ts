// Waits until objects are gone, as `kubectl delete` does before it ends. Models k8s.io/kubectl/pkg/cmd/wait IsDeleted.
import type { Resource } from '../cluster/api/resources.ts';
import type { Kubectl, KubectlEnvironment } from './ask.ts';
import { type Client, isApiObject } from './client.ts';
import { fail } from './failure.ts';

/** An object whose end is awaited; with a uid, another of the same name does not count. */
export interface Awaited {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | undefined;
}

/** Waits for each in turn; `timeoutMs` 0: for a week. Running out of time is thrown. */
export function* waitUntilGone(
  client: Client,
  awaited: readonly Awaited[],
  timeoutMs: number,
  environment: KubectlEnvironment,
): Kubectl<void> {
  const endsAt = timeoutMs > 0 ? environment.now() + timeoutMs : undefined;
  for (const one of awaited) {
    const isGone = yield* waitForOne(client, one, endsAt, environment);
    if (!isGone) throw fail(`timed out waiting for the condition on ${one.resource.resource}/${one.name}`);
  }
}

function* waitForOne(client: Client, one: Awaited, endsAt: number | undefined, environment: KubectlEnvironment): Kubectl<boolean> {
  const { resource, namespace, name, uid } = one;
  const standing = yield* client.ask({ method: 'GET', resource, namespace, name });
  if (standing.code === 404 || (uid !== undefined && isApiObject(standing.body) && standing.body.metadata.uid !== uid)) return true;
  const query = { fieldSelector: `metadata.name=${name}`, watch: 'true' };
  const { stream } = yield* client.send({ method: 'GET', resource, namespace, query });
  if (stream === undefined) return true;
  try {
    for (;;) {
      const left = endsAt === undefined ? undefined : endsAt - environment.now();
      if (left !== undefined && left <= 0) return false;
      const answer = yield { ask: 'next', streams: [stream], ...(left !== undefined && { timeoutMs: left }) };
      if (answer.timedOut) return false;
      const event = answer.data?.event;
      const isOther = uid !== undefined && isApiObject(event?.object) && event.object.metadata.uid !== uid;
      if (event?.type === 'DELETED' || isOther || answer.data?.end) return true;
    }
  } finally {
    yield { ask: 'close', stream };
  }
}
