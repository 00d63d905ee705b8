// ssh as a program of the learner's computer: a shell on a node, or one command there. Keys are not asked for.
import type { Answer, Ask, Program, Sys } from '../../cluster/runtime/process/program.ts';
import type { KubectlAnswer } from '../../kubectl/ask.ts';
import type { KnownNode } from './computer.ts';
import type { ComputerQuestion } from './kubectl-program.ts';

type Running<T> = Generator<Ask, T, Answer>;

const USAGE = 'usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-l login_name] [-p port] destination [command [argument ...]]\n';
/** Options that take a value. */
const WITH_VALUE = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;
const FAILED = 255;

/** The program; `nodes` are the machines that can be reached. */
export const sshProgram = (nodes: readonly KnownNode[]): Program =>
  function* ssh(sys) {
    const { destination, command, isTtyForced } = readArguments(sys.argv.slice(1));
    if (destination === undefined) return yield* complain(USAGE);
    const host = destination.slice(destination.lastIndexOf('@') + 1);
    const { text: ip } = yield { ask: 'resolve', host };
    if (ip === undefined) return yield* complain(`ssh: Could not resolve hostname ${host}: Name or service not known\n`);
    if (ip.startsWith('127.')) return yield* complain(`ssh: connect to host ${host} port 22: Connection refused\n`);
    const node = nodes.find(({ hostIp }) => hostIp === ip)?.name;
    const isTyped = sys.isTty(0);
    const tty = isTyped && (command === '' || isTtyForced);
    const { response, timedOut } = node === undefined ? yield* noAnswer() : yield* ask({ ask: 'login', node, command, tty });
    if (response?.stream === undefined || timedOut) return yield* complain(`ssh: connect to host ${host} port 22: Connection timed out\n`);
    const exit = yield* carry(sys, response.stream, isTyped, tty);
    if (tty) yield { ask: 'write', fd: 2, text: `Connection to ${host} closed.\n` };
    return exit;
  };

function readArguments(words: readonly string[]) {
  let at = 0;
  let isTtyForced = false;
  for (; words[at]?.startsWith('-') && words[at] !== '--'; at += 1) {
    const word = words[at] ?? '';
    if (/^-\w*t/.test(word)) isTtyForced = true;
    if (WITH_VALUE.test(word)) at += 1;
  }
  const [destination, ...command] = words.slice(at).filter((word, i) => i > 0 || word !== '--');
  return { destination, command: command.join(' '), isTtyForced };
}

function* complain(text: string): Running<number> {
  yield { ask: 'write', fd: 2, text };
  return FAILED;
}

function* ask(question: ComputerQuestion): Running<KubectlAnswer> {
  const { value } = yield { ask: 'host', question };
  return (value ?? {}) as KubectlAnswer;
}

/** An address where nothing answers: TCP tries for two minutes. */
function* noAnswer(): Running<KubectlAnswer> {
  yield { ask: 'sleep', ms: 127_000 };
  return { timedOut: true };
}

/** Carries text both ways until the other side ends; answers its exit code. */
function* carry(sys: Sys, stream: string, isTyped: boolean, tty: boolean): Running<number> {
  if (!isTyped) {
    const text = yield* readAll(sys);
    if (text !== '') yield* ask({ ask: 'send', stream, data: { fd: 0, text } });
    yield* ask({ ask: 'send', stream, data: { fd: 0, text: '' } });
  }
  for (;;) {
    const { data, typed } = yield* ask({ ask: 'next', streams: [stream], stdin: isTyped ? (tty ? 'raw' : 'line') : undefined });
    if (typed !== undefined) yield* ask({ ask: 'send', stream, data: { fd: 0, text: typed } });
    if (data?.text) yield { ask: 'write', fd: data.fd === 2 ? 2 : 1, text: data.text };
    if (data?.end) return data.end.exitCode ?? FAILED;
  }
}

function* readAll(sys: Sys): Running<string> {
  let all = '';
  while (sys.isOpen(0)) {
    const { text = '' } = yield { ask: 'read', fd: 0 };
    if (text === '') break;
    all += text;
  }
  return all;
}
