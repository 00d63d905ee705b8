// What exec, attach and `run -it` do with the stream of a process in a container.
import { type ApiResponse, isStatus } from '../cluster/api/request.ts';
import type { Kubectl } from './ask.ts';
import { type CommandContext, complain } from './command.ts';
import { exitWith, fail, type KubectlError, refused } from './failure.ts';

/** The end of what can be read on the other side. */
const INPUT_END = { fd: 0, text: '' } as const;
const INTERNAL = 'Internal error occurred: ';

/** The error of an upgrade to a stream that failed: what the kubelet said is not the API server's refusal. */
export function upgradeError({ body }: ApiResponse): KubectlError {
  if (!isStatus(body)) return fail(String(body));
  const isFromBackend = body.reason === undefined || body.reason === '' || body.reason === 'InternalError';
  if (!isFromBackend) return refused(body);
  const message = body.message ?? '';
  return fail(message.startsWith(INTERNAL) ? message : INTERNAL + message);
}

/** How a stream is joined to the terminal. */
export interface Joining {
  readonly stdin: boolean;
  /** A terminal on the other side: keys go over as they are pressed. */
  readonly tty: boolean;
}

/** Carries text both ways until the stream ends; an exit code other than 0 is thrown. */
export function* carry(context: CommandContext, stream: string, { stdin, tty }: Joining): Kubectl<void> {
  const isTyped = stdin && context.environment.isTerminal;
  if (stdin && !isTyped) {
    const { text = '' } = yield { ask: 'read' };
    if (text !== '') yield { ask: 'send', stream, data: { fd: 0, text } };
    yield { ask: 'send', stream, data: INPUT_END };
  }
  for (;;) {
    const { data, typed } = yield { ask: 'next', streams: [stream], stdin: isTyped ? (tty ? 'raw' : 'line') : undefined };
    if (typed !== undefined) {
      if (typed === '' && !tty) yield { ask: 'send', stream, data: INPUT_END };
      else yield { ask: 'send', stream, data: { fd: 0, text: typed } };
    }
    if (data?.text) yield { ask: 'write', fd: data.fd === 2 ? 2 : 1, text: data.text };
    if (!data?.end) continue;
    const { exitCode = 0, error } = data.end;
    if (error !== undefined) throw fail(error);
    if (exitCode === 0) return;
    yield* complain(`command terminated with exit code ${exitCode}\n`);
    throw exitWith(exitCode);
  }
}
