// docker ps, images, inspect: what there is. Models docker/cli's formatters.
import { isObject } from '../../../base/json.ts';
import type { ContainerSummary, ImageSummary } from '../../../cluster/docker/views.ts';
import { alignTabs } from '../../../kubectl/printers/tab-writer.ts';
import { ask, complain, type Docker, print, refusalIn } from './client.ts';
import type { DockerCommand } from './command.ts';
import { ellipsis, humanDuration, humanSize } from './texts.ts';

const TABS = { minWidth: 10, padding: 3 };
const SHORT_ID = 12;
const COMMAND_WIDTH = 20;

/** A table: its columns by name, in order. */
function tableOf(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return alignTabs(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, TABS);
}

/** `{{.Names}}` by the values of a line; what is not known is left as it stands. */
const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole).replaceAll('\\t', '\t');

function statusOf({ State, UpMs = 0, EndedMs = 0, ExitCode = 0 }: ContainerSummary): string {
  if (State === 'running') return `Up ${humanDuration(UpMs)}`;
  return State === 'created' ? 'Created' : `Exited (${ExitCode}) ${humanDuration(EndedMs)} ago`;
}

const PS = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'];

export const ps: DockerCommand = {
  usage: 'ps [OPTIONS]',
  about: 'List containers',
  flags: [
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'no-trunc', type: 'bool' },
    { name: 'latest', short: 'l', type: 'bool' },
    { name: 'format', type: 'text' },
    { name: 'filter', short: 'f', type: 'list', isLeftOut: true },
    { name: 'size', short: 's', type: 'bool', isLeftOut: true },
  ],
  least: 0,
  most: 0,
  *run(_sys, line) {
    const isAll = line.isOn('all') || line.isOn('latest');
    const { body } = yield* ask('GET', '/containers/json', { query: isAll ? { all: '1' } : {} });
    const all = body as readonly ContainerSummary[];
    const found = line.isOn('latest') ? all.slice(0, 1) : all;
    const isWhole = line.isOn('no-trunc');
    const idOf = ({ Id }: ContainerSummary): string => (isWhole ? Id : Id.slice(0, SHORT_ID));
    const values = found.map((one) => {
      const { Image, Command, CreatedMs, State, Ports, Name } = one;
      const command = `"${isWhole ? Command : ellipsis(Command, COMMAND_WIDTH)}"`;
      return {
        ID: idOf(one),
        Image,
        Command: command,
        RunningFor: `${humanDuration(CreatedMs)} ago`,
        State,
        Status: statusOf(one),
        Ports,
        Names: Name,
      };
    });
    const format = line.text('format');
    if (line.isOn('quiet')) yield* print(found.map((one) => `${idOf(one)}\n`).join(''));
    else if (format !== undefined) yield* print(values.map((each) => `${fill(format.replace(/^table /, ''), each)}\n`).join(''));
    else {
      const rows = values.map((each) => ({
        'CONTAINER ID': each.ID,
        IMAGE: each.Image,
        COMMAND: each.Command,
        CREATED: each.RunningFor,
        STATUS: each.Status,
        PORTS: each.Ports,
        NAMES: each.Names,
      }));
      yield* print(tableOf(PS, rows));
    }
    return 0;
  },
};

export const images: DockerCommand = {
  usage: 'images [OPTIONS] [REPOSITORY[:TAG]]',
  about: 'List images',
  flags: [
    { name: 'quiet', short: 'q', type: 'bool' },
    { name: 'all', short: 'a', type: 'bool' },
    { name: 'filter', short: 'f', type: 'list', isLeftOut: true },
  ],
  least: 0,
  most: 1,
  *run(_sys, line) {
    const { body } = yield* ask('GET', '/images/json');
    const [wanted] = line.args;
    const found = (body as readonly ImageSummary[]).filter(
      ({ Repository, Tag }) => wanted === undefined || wanted === Repository || wanted === `${Repository}:${Tag}`,
    );
    const idOf = ({ Id }: ImageSummary): string => Id.slice('sha256:'.length).slice(0, SHORT_ID);
    if (line.isOn('quiet')) {
      yield* print(found.map((image) => `${idOf(image)}\n`).join(''));
      return 0;
    }
    const rows = found.map((image) => ({
      REPOSITORY: image.Repository,
      TAG: image.Tag,
      'IMAGE ID': idOf(image),
      // Nobody knows here when they were built: docker says the same of an image without a date.
      CREATED: 'N/A',
      SIZE: humanSize(image.Size),
    }));
    yield* print(tableOf(['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE'], rows));
    return 0;
  },
};

export const inspect: DockerCommand = {
  usage: 'inspect [OPTIONS] NAME|ID [NAME|ID...]',
  about: 'Return low-level information on Docker objects',
  flags: [
    { name: 'format', short: 'f', type: 'text' },
    { name: 'type', type: 'text', isLeftOut: true },
  ],
  least: 1,
  *run(_sys, line) {
    const found: unknown[] = [];
    const missing: string[] = [];
    for (const name of line.args) {
      const answer = yield* ask('GET', `/containers/${name}/json`);
      if (refusalIn(answer) === undefined) found.push(answer.body);
      else missing.push(name);
    }
    const format = line.text('format');
    if (format === undefined) yield* print(`${JSON.stringify(found, null, 4)}\n`);
    else yield* printFormatted(format, found);
    for (const name of missing) yield* complain(`error: no such object: ${name}\n`);
    return missing.length > 0 ? 1 : 0;
  },
};

function* printFormatted(format: string, found: readonly unknown[]): Docker<void> {
  for (const one of found) yield* print(`${filled(format, one)}\n`);
}

/** Paths, and a range over one: `{{.State.Status}}`, `{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}`. */
function filled(format: string, object: unknown): string {
  const ranged = format.replace(
    /\{\{\s*range (?:\$?\w+, ?\$?\w+ ?:= ?)?\.([\w.]+)\s*\}\}(.*?)\{\{\s*end\s*\}\}/g,
    (_whole, path: string, inner: string) => {
      const map = at(object, path);
      return isObject(map)
        ? Object.values(map)
            .map((value) => filled(inner, value))
            .join('')
        : '';
    },
  );
  return ranged.replace(/\{\{\s*(json )?\.([\w.]*)\s*\}\}/g, (_whole, json: string | undefined, path: string) => {
    const value = path === '' ? object : at(object, path);
    if (value === undefined) return '<no value>';
    return json !== undefined || typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

const at = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
