// crictl, the runtime's own tool on a node: what containerd runs, as containerd sees it. Models sigs.k8s.io/cri-tools/cmd/crictl.
import { createRandom } from '../../../base/prng.ts';
import type { Instant } from '../../../engine/records.ts';
import { stopContainer } from '../containers.ts';
import type { Container, RuntimeNode, Sandbox } from '../node.ts';
import type { Image } from '../images/registry.ts';
import type { Program, Sys } from '../process/program.ts';
import { stopSandbox } from '../sandboxes.ts';
import { type Options, print, readOptions, type Running } from '../shell/applets/applet.ts';

/** How much of an id tables show. */
const SHORT_ID = 13;
const MIN_WIDTH = 20;
const PADDING = 3;
/** How often a log that is followed is looked at. */
const FOLLOW_MS = 500;

const LONG_OPTIONS = { all: 'a', quiet: 'q', name: 'n', pod: 'p', tail: 't', follow: 'f', output: 'o' };

/** What was asked for: options, and operands without the command itself. */
interface Asked {
  readonly options: Options;
  readonly operands: readonly string[];
}

/** The program, of a node. */
export const crictl = (node: RuntimeNode): Program =>
  function* runCrictl(sys) {
    const options = readOptions(sys, 'aqfn:p:t:o:', LONG_OPTIONS);
    const [verb = '', ...operands] = options.operands;
    const asked = { options, operands };
    switch (verb) {
      case 'ps':
        return yield* ps(node, sys, asked);
      case 'pods':
        return yield* pods(node, sys, asked);
      case 'images':
      case 'image':
      case 'img':
        return yield* images(node, asked);
      case 'logs':
        return yield* logs(node, sys, asked);
      case 'stop':
      case 'stopp':
        return yield* stop(node, verb, asked);
      case 'version':
        yield* print('Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v2.2.1\nRuntimeApiVersion:  v1\n');
        return 0;
      default:
        return yield* unknown(verb);
    }
  };

const USAGE = `NAME:
   crictl - client for CRI

USAGE:
   crictl [global options] command [command options] [arguments...]

COMMANDS:
   images, image, img  List images
   logs                Fetch the logs of a container
   ps                  List containers
   pods                List pods
   stop                Stop one or more running containers
   stopp               Stop one or more running pods
   version             Display runtime version information
`;
const OTHERS = new Set(
  'attach create exec inspect inspecti imagefsinfo inspectp info port-forward pull run runp rm rmi rmp start stats statsp update config completion checkpoint'.split(
    ' ',
  ),
);

function* unknown(verb: string): Running {
  if (verb === '' || verb === 'help') {
    yield* print(USAGE);
    return 0;
  }
  const text = OTHERS.has(verb) ? `Podscope does not simulate "crictl ${verb}"` : `No help topic for '${verb}'`;
  return yield* fatal(text, OTHERS.has(verb) ? 1 : 3);
}

function* fatal(text: string, exit = 1): Running {
  yield { ask: 'write', fd: 2, text: `FATA[0000] ${text}\n` };
  return exit;
}

function* ps(node: RuntimeNode, sys: Sys, { options }: Asked): Running {
  const isWanted = ({ state, config, sandbox }: Container): boolean =>
    (options.has('a') || state === 'running') &&
    config.name.includes(options.value('n') ?? '') &&
    sandbox.id.startsWith(options.value('p') ?? '');
  const found = newestFirst([...node.containers.values()].filter(isWanted));
  if (options.has('q')) return yield* printIds(found);
  const now = sys.at();
  yield* table([
    ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
    ...found.map(({ id, image, createdAt, state, config, sandbox }) => [
      shortId(id),
      imageId(image),
      ago(now - createdAt),
      state.charAt(0).toUpperCase() + state.slice(1),
      config.name,
      String(config.attempt),
      shortId(sandbox.id),
      sandbox.pod.name,
      sandbox.pod.namespace,
    ]),
  ]);
  return 0;
}

function* pods(node: RuntimeNode, sys: Sys, { options }: Asked): Running {
  const isWanted = ({ pod }: Sandbox): boolean => pod.name.includes(options.value('n') ?? '');
  const found = newestFirst([...node.sandboxes.values()].filter(isWanted));
  if (options.has('q')) return yield* printIds(found);
  const now = sys.at();
  yield* table([
    ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
    ...found.map(({ id, createdAt, state, pod, attempt }) => [
      shortId(id),
      ago(now - createdAt),
      state === 'ready' ? 'Ready' : 'NotReady',
      pod.name,
      pod.namespace,
      String(attempt),
      '(default)',
    ]),
  ]);
  return 0;
}

function* images(node: RuntimeNode, { operands }: Asked): Running {
  const [wanted = ''] = operands;
  const found = [...node.images.values()].filter(({ name }) => name.includes(wanted));
  yield* table([
    ['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
    ...found.map((image) => {
      const colon = image.name.lastIndexOf(':');
      return [image.name.slice(0, colon), image.name.slice(colon + 1), imageId(image), sizeText(image.behaviour.sizeBytes)];
    }),
  ]);
  return 0;
}

function* logs(node: RuntimeNode, sys: Sys, { options, operands }: Asked): Running {
  const [id] = operands;
  if (id === undefined) return yield* fatal('ID cannot be empty');
  const container = node.containers.get(id) ?? only([...node.containers.values()], id);
  if (!container) return yield* notFound('container', id);
  const tail = options.value('t');
  const query = { timestamps: false, ...(tail !== undefined && { tailLines: Number(tail) }) };
  yield* print(container.log.read(query, sys.at(), sys.epochMs));
  let bytes = container.log.bytes;
  while (options.has('f') && container.state === 'running') {
    yield { ask: 'sleep', ms: FOLLOW_MS };
    const all = container.log.read({ timestamps: false }, sys.at(), sys.epochMs);
    if (container.log.bytes === bytes) continue;
    yield* print(all.slice(Math.max(0, all.length - (container.log.bytes - bytes))));
    bytes = container.log.bytes;
  }
  return 0;
}

function* stop(node: RuntimeNode, verb: 'stop' | 'stopp', { operands: ids }: Asked): Running {
  if (ids.length === 0) return yield* fatal('ID cannot be empty');
  for (const id of ids) {
    const found = verb === 'stop' ? only([...node.containers.values()], id) : only([...node.sandboxes.values()], id);
    if (!found) return yield* notFound(verb === 'stop' ? 'container' : 'sandbox', id);
    if ('sandbox' in found) stopContainer(node, found, 0, () => {});
    else stopSandbox(node, found.id, () => {});
    yield* print(verb === 'stop' ? `${id}\n` : `Stopped sandbox ${id}\n`);
  }
  return 0;
}

const notFound = (what: string, id: string): Running =>
  fatal(`rpc error: code = NotFound desc = an error occurred when try to find ${what} "${id}": not found`);

/** The one whose id begins like this. */
const only = <T extends { readonly id: string }>(all: readonly T[], start: string): T | undefined => {
  const found = all.filter(({ id }) => id.startsWith(start));
  return found.length === 1 ? found[0] : undefined;
};

const newestFirst = <T extends { readonly createdAt: Instant }>(all: readonly T[]): readonly T[] =>
  [...all].reverse().sort((a, b) => b.createdAt - a.createdAt);

function* printIds(all: readonly { readonly id: string }[]): Running {
  yield* print(all.map(({ id }) => `${id}\n`).join(''));
  return 0;
}

const shortId = (id: string): string => id.slice(0, SHORT_ID);
/** The id of an image's configuration, which is not that of its manifest. */
const imageId = ({ id }: Image): string => createRandom(0, `image-config/${id}`).text(SHORT_ID, '0123456789abcdef');

/** A table as Go's text/tabwriter lays it out. */
function* table(rows: readonly (readonly string[])[]): Running<void> {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(MIN_WIDTH, ...rows.map((row) => (row[i] ?? '').length + PADDING)));
  yield* print(rows.map((row) => `${row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell)).join('')}\n`).join(''));
}

/** Models github.com/docker/go-units HumanDuration. */
function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.round(seconds / 3600);
  if (seconds < 1) return 'Less than a second ago';
  if (seconds === 1) return '1 second ago';
  if (seconds < 60) return `${seconds} seconds ago`;
  if (minutes === 1) return 'About a minute ago';
  if (minutes < 60) return `${minutes} minutes ago`;
  if (hours === 1) return 'About an hour ago';
  return hours < 48 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`;
}

/** Models github.com/docker/go-units HumanSizeWithPrecision of three digits. */
function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let i = 0;
  while (size >= 1000 && i < units.length - 1) {
    size /= 1000;
    i += 1;
  }
  return `${Number(size.toPrecision(3))}${units[i]}`;
}
