// Joins the terminal to the first process of a container: `kubectl attach`, `run -it`, `debug -it`. Models k8s.io/kubectl/pkg/cmd/attach.
import type { Pod } from '../cluster/api/types.ts';
import type { Kubectl } from './ask.ts';
import { type CommandContext, complain } from './command.ts';
import { requireResource } from './resource-names.ts';
import { carry, type Joining, upgradeError } from './streaming.ts';

const RECORDED =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n';

/** Attaches to a container until its process ends. */
export function* attachTo(context: CommandContext, pod: Pod, container: string, joining: Joining, isQuiet: boolean): Kubectl<void> {
  const { stdin, tty } = joining;
  if (stdin && tty && !isQuiet) {
    yield* complain(RECORDED);
    yield* complain("If you don't see a command prompt, try pressing enter.\n");
  }
  const response = yield* context.client.ask({
    method: 'POST',
    resource: requireResource('pods'),
    namespace: pod.metadata.namespace,
    name: pod.metadata.name,
    subresource: 'attach',
    query: { container, stdout: 'true', ...(stdin && { stdin: 'true' }), ...(tty ? { tty: 'true' } : { stderr: 'true' }) },
  });
  if (response.code >= 400 || response.stream === undefined) throw upgradeError(response);
  yield* carry(context, response.stream, joining);
}
