// kubectl as a program of the learner's computer: its asks become those of a process.
import { NAME_ALPHABET } from '../../cluster/api/name-rules.ts';
import type { Answer, Ask, Program, Sys } from '../../cluster/runtime/process/program.ts';
import { absolutePath } from '../../cluster/runtime/process/paths.ts';
import type { KubectlAnswer, KubectlAsk, LocalConnection } from '../../kubectl/ask.ts';
import { kubectl } from '../../kubectl/kubectl.ts';
import type { HostAsk } from './host-asks.ts';

/** What a process asks of the computer: kubectl's asks, or a connection for another process. */
export type ComputerQuestion = HostAsk | { readonly ask: 'connected'; readonly pid: number; readonly connection: LocalConnection };

/** The program. */
export const kubectlProgram: Program = function* runKubectl(sys) {
  const listeners: number[] = [];
  const running = kubectl(sys.argv.slice(1), {
    now: () => sys.epochMs + sys.at(),
    isTerminal: sys.isTty(0),
    randomName: (count) => sys.random('kubectl').text(count, NAME_ALPHABET),
  });
  let step = running.next();
  while (!step.done) step = running.next(yield* perform(sys, step.value, listeners));
  for (const pid of listeners) sys.kill(pid, 'KILL');
  return step.value;
};

type Performing<T> = Generator<Ask, T, Answer>;

function* perform(sys: Sys, ask: KubectlAsk, listeners: number[]): Performing<KubectlAnswer> {
  switch (ask.ask) {
    case 'write':
      yield { ask: 'write', fd: ask.fd, text: ask.text };
      return {};
    case 'read':
      return { text: yield* readAll(0) };
    case 'sleep':
      yield { ask: 'sleep', ms: ask.ms };
      return {};
    case 'file':
      return readFile(sys, ask.path);
    case 'write-file':
      return sys.files.write(absolutePath(ask.path, sys.cwd), ask.text);
    case 'listen':
      return listen(sys, ask.port, listeners);
    case 'request':
    case 'next':
    case 'send':
    case 'close': {
      const { value } = yield { ask: 'host', question: ask satisfies ComputerQuestion };
      return (value ?? {}) as KubectlAnswer;
    }
  }
}

function* readAll(fd: number): Performing<string> {
  let all = '';
  for (;;) {
    const { text = '' } = yield { ask: 'read', fd };
    if (text === '') return all;
    all += text;
  }
}

function readFile(sys: Sys, path: string): KubectlAnswer {
  const full = absolutePath(path, sys.cwd);
  const read = sys.files.read(full);
  if ('text' in read) return { text: read.text };
  const list = sys.files.list(full);
  return 'names' in list ? { names: list.names } : { error: read.error };
}

/** A child takes the connections, so that kubectl itself can wait for everything at once. */
function listen(sys: Sys, port: number, listeners: number[]): KubectlAnswer {
  const { pid } = sys;
  const { error } = sys.listen(port);
  if (error !== undefined) return { error };
  sys.unlisten(port);
  const child = sys.fork(function* takeConnections(self): Performing<number> {
    self.listen(port);
    for (;;) {
      const { connection } = yield { ask: 'accept', port };
      if (!connection) continue;
      const { http } = connection;
      const taken: LocalConnection = { port, ...(http && { http }), respond: (response) => connection.respond(response) };
      yield { ask: 'host', question: { ask: 'connected', pid, connection: taken } satisfies ComputerQuestion };
    }
  });
  listeners.push(child);
  return {};
}
