// docker exec, logs, stop, kill, rm: what is done with containers that are there.
import { isObject } from '../../../base/json.ts';
import { ask, carry, complain, type Docker, type EngineAnswer, print, refusalIn } from './client.ts';
import type { DockerCommand } from './command.ts';

const CONTAINER_FAILURE = 126;
const NOT_FOUND = 127;

export const exec: DockerCommand = {
  usage: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  about: 'Execute a command in a running container',
  flags: [
    { name: 'interactive', short: 'i', type: 'bool' },
    { name: 'tty', short: 't', type: 'bool' },
    { name: 'detach', short: 'd', type: 'bool' },
    { name: 'env', short: 'e', type: 'list', isLeftOut: true },
    { name: 'user', short: 'u', type: 'text', isLeftOut: true },
    { name: 'workdir', short: 'w', type: 'text', isLeftOut: true },
    { name: 'privileged', type: 'bool', isLeftOut: true },
  ],
  least: 2,
  stopsEarly: true,
  *run(sys, line) {
    const [container = '', ...command] = line.args;
    const stdin = line.isOn('interactive');
    const tty = line.isOn('tty');
    const body = { Cmd: command, AttachStdin: stdin, Tty: tty };
    const announced = yield* ask('POST', `/containers/${container}/exec`, { body });
    if (refusalIn(announced) !== undefined) return yield* refuse(announced);
    const id = isObject(announced.body) ? String(announced.body.Id) : '';
    const started = yield* ask('POST', `/exec/${id}/start`);
    if (started.stream === undefined) return yield* refuse(started);
    if (line.isOn('detach')) return 0;
    const { exitCode, error } = yield* carry(sys, started.stream, { stdin, tty });
    if (error === undefined) return exitCode;
    // The engine says it where the command's own output would come.
    yield* print(`${error}\n`);
    return error.includes('permission denied') ? CONTAINER_FAILURE : NOT_FOUND;
  },
};

function* refuse(answer: EngineAnswer): Docker {
  yield* complain(`${refusalIn(answer) ?? ''}\n`);
  return 1;
}

export const logs: DockerCommand = {
  usage: 'logs [OPTIONS] CONTAINER',
  about: 'Fetch the logs of a container',
  flags: [
    { name: 'follow', short: 'f', type: 'bool' },
    { name: 'tail', short: 'n', type: 'text' },
    { name: 'timestamps', short: 't', type: 'bool' },
    { name: 'since', type: 'text', isLeftOut: true },
  ],
  least: 1,
  most: 1,
  *run(sys, line) {
    const tail = line.text('tail');
    const query = {
      ...(line.isOn('follow') && { follow: '1' }),
      ...(line.isOn('timestamps') && { timestamps: '1' }),
      ...(tail !== undefined && { tail }),
    };
    const answer = yield* ask('GET', `/containers/${line.args[0] ?? ''}/logs`, { query });
    if (refusalIn(answer) !== undefined) return yield* refuse(answer);
    if (answer.stream === undefined) {
      yield* print(String(answer.body ?? ''));
      return 0;
    }
    return (yield* carry(sys, answer.stream, { stdin: false, tty: false })).exitCode;
  },
};

/** Does the same to each container that is named, and prints its name where that worked. */
function* onEach(names: readonly string[], act: (name: string) => Docker<EngineAnswer>): Docker {
  let failures = 0;
  const refusals: string[] = [];
  for (const name of names) {
    const refusal = refusalIn(yield* act(name));
    if (refusal === undefined) yield* print(`${name}\n`);
    else {
      failures += 1;
      refusals.push(refusal);
    }
  }
  for (const refusal of refusals) yield* complain(`${refusal}\n`);
  return failures > 0 ? 1 : 0;
}

export const stop: DockerCommand = {
  usage: 'stop [OPTIONS] CONTAINER [CONTAINER...]',
  about: 'Stop one or more running containers',
  flags: [
    { name: 'timeout', short: 't', type: 'text' },
    { name: 'time', type: 'text' },
  ],
  least: 1,
  run(_sys, line) {
    const t = line.text('timeout') ?? line.text('time');
    return onEach(line.args, (name) => ask('POST', `/containers/${name}/stop`, { query: t === undefined ? {} : { t } }));
  },
};

export const kill: DockerCommand = {
  usage: 'kill [OPTIONS] CONTAINER [CONTAINER...]',
  about: 'Kill one or more running containers',
  flags: [{ name: 'signal', short: 's', type: 'text' }],
  least: 1,
  run: (_sys, line) =>
    onEach(line.args, (name) => ask('POST', `/containers/${name}/kill`, { query: { signal: line.text('signal') ?? 'KILL' } })),
};

export const rm: DockerCommand = {
  usage: 'rm [OPTIONS] CONTAINER [CONTAINER...]',
  about: 'Remove one or more containers',
  flags: [
    { name: 'force', short: 'f', type: 'bool' },
    { name: 'volumes', short: 'v', type: 'bool', isLeftOut: true },
  ],
  least: 1,
  run: (_sys, line) =>
    onEach(line.args, (name) => ask('DELETE', `/containers/${name}`, { query: line.isOn('force') ? { force: '1' } : {} })),
};
