// sed: s, p, d, q, y, i, a, c, n, N, D, P, g, G, h, H, x, =, b, t, blocks, addresses, -n, -e, -i, -E. Models busybox editors/sed.c.
import type { Program, Sys } from '../../process/program.ts';
import { absolutePath } from '../../process/paths.ts';
import { compileRegex } from '../regex.ts';
import { type Applets, complain, linesOf, print, readAll, readOptions, type Running, type Style } from './applet.ts';
import { openPlain } from './text.ts';
import { usage } from './usage.ts';

type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly regex: RegExp };

interface Command {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  /** `addr,+N` and the step of `first~step`. */
  readonly plus: number | undefined;
  readonly step: number | undefined;
  readonly negated: boolean;
  readonly name: string;
  readonly text: string;
  readonly regex: RegExp | undefined;
  readonly replacement: string;
  readonly flags: string;
  /** Of `{`: where its block ends. */
  end: number;
  active: boolean;
  until: number;
}

class Mistake extends Error {}

/** Reads a script. */
function parse(script: string, extended: boolean): readonly Command[] {
  const commands: Command[] = [];
  const open: number[] = [];
  let at = 0;
  const peek = (): string => script.charAt(at);
  const blanks = (pattern: RegExp): void => {
    while (at < script.length && pattern.test(peek())) at += 1;
  };
  const delimited = (end: string): string => {
    let text = '';
    for (let inSet = false; ; ) {
      const char = peek();
      if (char === '') throw new Mistake(`unmatched '${end}'`);
      at += 1;
      if (char === '\\') {
        const next = peek();
        at += 1;
        text += next === end && !/[\\.*[\]^$]/.test(end) ? next : `\\${next}`;
        continue;
      }
      if (char === end && !inSet) return text;
      if (char === '[') inSet = !text.endsWith('\\');
      else if (char === ']') inSet = false;
      text += char;
    }
  };
  const address = (): Address | undefined => {
    const number = /^\d+/.exec(script.slice(at));
    if (number) {
      at += number[0].length;
      return { kind: 'line', line: Number(number[0]) };
    }
    if (peek() === '$') {
      at += 1;
      return { kind: 'last' };
    }
    if (peek() !== '/' && peek() !== '\\') return undefined;
    if (peek() === '\\') at += 1;
    const end = peek();
    at += 1;
    const text = delimited(end);
    const ignore = peek() === 'I';
    if (ignore) at += 1;
    return { kind: 'regex', regex: regexOf(text, extended, ignore) };
  };
  const restOfLine = (): string => {
    let text = '';
    while (at < script.length && peek() !== '\n') {
      if (peek() === '\\') {
        at += 1;
        text += peek();
      } else text += peek();
      at += 1;
    }
    return text;
  };
  for (;;) {
    blanks(/[\s;]/);
    if (at >= script.length) break;
    const from = address();
    let step: number | undefined;
    if (from && peek() === '~') {
      at += 1;
      const digits = /^\d+/.exec(script.slice(at))?.[0] ?? '';
      at += digits.length;
      step = Number(digits);
    }
    let to: Address | undefined;
    let plus: number | undefined;
    if (from && peek() === ',') {
      at += 1;
      blanks(/[ \t]/);
      const relative = /^\+(\d+)/.exec(script.slice(at));
      if (relative) {
        at += relative[0].length;
        plus = Number(relative[1]);
      } else {
        to = address();
        if (!to) throw new Mistake('no address after comma');
      }
    }
    blanks(/[ \t]/);
    const negated = peek() === '!';
    if (negated) at += 1;
    blanks(/[ \t]/);
    const name = peek();
    at += 1;
    let text = '';
    let regex: RegExp | undefined;
    let replacement = '';
    let flags = '';
    if (name === 's' || name === 'y') {
      const end = peek();
      at += 1;
      const pattern = delimited(end);
      replacement = delimited(end);
      if (name === 's') {
        flags = /^[gpIieM\d]*/.exec(script.slice(at))?.[0] ?? '';
        at += flags.length;
        regex = regexOf(pattern, extended, /[Ii]/.test(flags));
      } else text = pattern;
    } else if (name === 'a' || name === 'i' || name === 'c') {
      blanks(/[ \t]/);
      if (peek() === '\\') {
        at += 1;
        blanks(/[ \t]/);
        if (peek() === '\n') at += 1;
      }
      text = restOfLine();
    } else if (':btTrw'.includes(name)) {
      blanks(/[ \t]/);
      text = /^[^\s;}]*/.exec(script.slice(at))?.[0] ?? '';
      at += text.length;
    } else if (name === 'q' || name === 'Q') {
      blanks(/[ \t]/);
      text = /^\d*/.exec(script.slice(at))?.[0] ?? '';
      at += text.length;
    } else if (name === '{') open.push(commands.length);
    else if (name === '}') {
      const block = commands[open.pop() ?? -1];
      if (!block) throw new Mistake('unexpected }');
      block.end = commands.length;
    } else if (name === '#') {
      restOfLine();
      continue;
    } else if (!'pdDPNngGhHx=lz'.includes(name) || name === '')
      throw new Mistake(name === '' ? 'missing command' : `unsupported command ${name}`);
    commands.push({ from, to, plus, step, negated, name, text, regex, replacement, flags, end: 0, active: false, until: 0 });
  }
  if (open.length > 0) throw new Mistake('unmatched {');
  return commands;
}

function regexOf(text: string, extended: boolean, ignoreCase: boolean): RegExp {
  const regex = compileRegex(text, extended, ignoreCase, 'g');
  if (!regex) throw new Mistake(`bad regex '${text}'`);
  return regex;
}

interface State {
  readonly lines: readonly string[];
  at: number;
  pattern: string;
  hold: string;
  readonly out: string[];
  readonly after: string[];
  readonly silent: boolean;
  substituted: boolean;
}

function matchesAddress(state: State, address: Address): boolean {
  if (address.kind === 'line') return state.at === address.line;
  if (address.kind === 'last') return state.at === state.lines.length;
  address.regex.lastIndex = 0;
  return address.regex.test(state.pattern);
}

function selects(state: State, command: Command): boolean {
  const { from, to, plus, step } = command;
  if (!from) return true;
  if (step !== undefined && from.kind === 'line')
    return state.at >= from.line && (step === 0 ? state.at === from.line : (state.at - from.line) % step === 0);
  if (!to && plus === undefined) return matchesAddress(state, from);
  if (!command.active) {
    if (!matchesAddress(state, from)) return false;
    command.active = true;
    command.until = state.at + (plus ?? 0);
    if ((plus !== undefined && plus === 0) || (to?.kind === 'line' && to.line <= state.at)) command.active = false;
    return true;
  }
  if (
    plus !== undefined
      ? state.at >= command.until
      : to !== undefined && (to.kind === 'line' ? state.at >= to.line : matchesAddress(state, to))
  )
    command.active = false;
  return true;
}

function substitute(state: State, { regex, replacement, flags }: Command): boolean {
  if (!regex) return false;
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const all = flags.includes('g');
  let seen = 0;
  let changed = false;
  let previousEnd = -1;
  regex.lastIndex = 0;
  const next = state.pattern.replace(regex, (...match: unknown[]) => {
    const text = String(match[0]);
    const groups = match.filter((value, i) => i > 0 && typeof value !== 'number').slice(0, -1) as (string | undefined)[];
    const offset = Number(match.find((value, i) => i > 0 && typeof value === 'number') ?? 0);
    // An empty match right behind another does not count.
    if (text === '' && offset === previousEnd) return text;
    previousEnd = offset + text.length;
    seen += 1;
    if (all ? seen < nth : seen !== nth) return text;
    changed = true;
    return replacementText(replacement, text, groups);
  });
  state.pattern = next;
  return changed;
}

function replacementText(template: string, whole: string, groups: readonly (string | undefined)[]): string {
  return template.replace(/\\([\s\S])|&/g, (piece, char: string | undefined) => {
    if (piece === '&') return whole;
    if (char === 'n') return '\n';
    if (char === 't') return '\t';
    if (char !== undefined && /\d/.test(char)) return char === '0' ? whole : (groups[Number(char) - 1] ?? '');
    return char ?? '';
  });
}

/** Runs the script on one cycle. Answers a status where it is to quit. */
function cycle(state: State, commands: readonly Command[]): number | undefined {
  const steps = { left: 100_000 };
  for (let i = 0; i < commands.length && steps.left > 0; i += 1, steps.left -= 1) {
    const command = commands[i] as Command;
    if (selects(state, command) === command.negated) {
      if (command.name === '{') i = command.end;
      continue;
    }
    const next = execute(state, command);
    if (next === 'end') return undefined;
    if (next === 'delete') {
      flushAfter(state);
      return -1;
    }
    if (next === 'quit') {
      if (!state.silent && command.name === 'q') state.out.push(`${state.pattern}\n`);
      flushAfter(state);
      return Number(command.text);
    }
    if (next === 'branch') {
      if (command.text === '') return undefined;
      const label = commands.findIndex(({ name, text }) => name === ':' && text === command.text);
      if (label >= 0) i = label;
    }
  }
  return undefined;
}

function execute(state: State, command: Command): 'end' | 'delete' | 'quit' | 'branch' | undefined {
  switch (command.name) {
    case 's':
      if (substitute(state, command)) {
        state.substituted = true;
        if (command.flags.includes('p')) state.out.push(`${state.pattern}\n`);
      }
      return undefined;
    case 'y': {
      const [from, to] = [[...command.text], [...command.replacement]];
      state.pattern = [...state.pattern].map((char) => (from.includes(char) ? (to[from.indexOf(char)] ?? char) : char)).join('');
      return undefined;
    }
    case 'p':
      state.out.push(`${state.pattern}\n`);
      return undefined;
    case 'P':
      state.out.push(`${state.pattern.split('\n')[0]}\n`);
      return undefined;
    case 'd':
    case 'D':
      return 'delete';
    case 'q':
    case 'Q':
      return 'quit';
    case '=':
      state.out.push(`${state.at}\n`);
      return undefined;
    case 'i':
      state.out.push(`${command.text}\n`);
      return undefined;
    case 'a':
      state.after.push(`${command.text}\n`);
      return undefined;
    case 'c':
      if (!command.active) state.out.push(`${command.text}\n`);
      return 'delete';
    case 'n':
      if (!state.silent) state.out.push(`${state.pattern}\n`);
      if (state.at >= state.lines.length) return 'delete';
      state.pattern = state.lines[state.at] ?? '';
      state.at += 1;
      return undefined;
    case 'N':
      if (state.at >= state.lines.length) return 'end';
      state.pattern += `\n${state.lines[state.at]}`;
      state.at += 1;
      return undefined;
    case 'g':
      state.pattern = state.hold;
      return undefined;
    case 'G':
      state.pattern += `\n${state.hold}`;
      return undefined;
    case 'h':
      state.hold = state.pattern;
      return undefined;
    case 'H':
      state.hold += `\n${state.pattern}`;
      return undefined;
    case 'x':
      [state.pattern, state.hold] = [state.hold, state.pattern];
      return undefined;
    case 'z':
      state.pattern = '';
      return undefined;
    case 'b':
      return 'branch';
    case 't': {
      const { substituted } = state;
      state.substituted = false;
      return substituted ? 'branch' : undefined;
    }
    default:
      return undefined;
  }
}

function flushAfter(state: State): void {
  state.out.push(...state.after.splice(0));
}

/** Edits a whole text. */
function edit(text: string, commands: readonly Command[], silent: boolean): { readonly text: string; readonly status: number | undefined } {
  const lines = linesOf(text).map((line) => line.replace(/\n$/, ''));
  const state: State = { lines, at: 0, pattern: '', hold: '', out: [], after: [], silent, substituted: false };
  let status: number | undefined;
  while (state.at < lines.length && status === undefined) {
    state.pattern = lines[state.at] ?? '';
    state.at += 1;
    state.substituted = false;
    const ended = cycle(state, commands);
    if (ended !== undefined && ended >= 0) status = ended;
    if (ended !== undefined) continue;
    if (!silent) state.out.push(`${state.pattern}\n`);
    flushAfter(state);
  }
  const out = state.out.join('');
  // A last line without a newline stays without.
  return { text: text !== '' && !text.endsWith('\n') && out.endsWith('\n') ? out.slice(0, -1) : out, status };
}

function sed(style: Style): Program {
  return function* run(sys) {
    const inPlace = sys.argv.map((word) => (/^-i./.test(word) && !/^-i[nrE]*$/.test(word) ? '-i' : word));
    const suffix = sys.argv.find((word) => /^-i\./.test(word))?.slice(2);
    const options = readOptions({ ...sys, argv: inPlace, cwd: sys.cwd }, 'nrEie:f:su', {
      quiet: 'n',
      expression: 'e',
      'in-place': 'i',
      'regexp-extended': 'E',
    });
    const files = [...options.operands];
    const scripts = [...options.values('e')];
    for (const file of options.values('f')) {
      const read = sys.files.read(absolutePath(file, sys.cwd));
      if ('text' in read) scripts.push(read.text);
    }
    const first = scripts.length === 0 ? files.shift() : '';
    if (first === undefined) return yield* usage(sys, style, '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...');
    let commands: readonly Command[];
    try {
      commands = parse(scripts.length === 0 ? first : scripts.join('\n'), options.has('r') || options.has('E'));
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      yield* complain(sys, error.message);
      return 1;
    }
    return options.has('i')
      ? yield* editFiles(sys, files, commands, options.has('n'), suffix)
      : yield* editInput(sys, files, commands, options.has('n'));
  };
}

function* editFiles(
  sys: Sys,
  files: readonly string[],
  commands: readonly Command[],
  silent: boolean,
  suffix: string | undefined,
): Running {
  let status = 0;
  for (const file of files) {
    const fd = yield* openPlain(sys, file);
    if (fd === undefined) {
      status = 1;
      continue;
    }
    const text = yield* readAll(fd);
    sys.close(fd);
    const path = absolutePath(file, sys.cwd);
    if (suffix !== undefined) sys.files.write(path + suffix, text);
    sys.files.write(path, edit(text, commands, silent).text);
  }
  return status;
}

/** Simple scripts work line by line, so that pipes flow; others need to know the last line. */
function* editInput(sys: Sys, files: readonly string[], commands: readonly Command[], silent: boolean): Running {
  let status = 0;
  let whole = '';
  const flows =
    files.length === 0 && commands.every(({ from, to, name }) => from?.kind !== 'last' && to?.kind !== 'last' && !'nN'.includes(name));
  if (flows) return yield* editLines(commands, silent);
  for (const file of files.length === 0 ? ['-'] : files) {
    const fd = yield* openPlain(sys, file);
    if (fd === undefined) status = 1;
    else {
      whole += yield* readAll(fd);
      if (fd > 2) sys.close(fd);
    }
  }
  const edited = edit(whole, commands, silent);
  yield* print(edited.text);
  return edited.status ?? status;
}

function* editLines(commands: readonly Command[], silent: boolean): Running {
  const lines: string[] = [];
  const state: State = { lines, at: 0, pattern: '', hold: '', out: [], after: [], silent, substituted: false };
  let rest = '';
  for (;;) {
    const { text } = yield { ask: 'read', fd: 0 };
    const ended = text === undefined || text === '';
    rest += text ?? '';
    const cut = rest.lastIndexOf('\n') + 1;
    const ready = ended ? rest : rest.slice(0, cut);
    rest = ended ? '' : rest.slice(cut);
    let quit: number | undefined;
    for (const line of linesOf(ready)) {
      state.pattern = line.replace(/\n$/, '');
      state.at += 1;
      state.substituted = false;
      const answer = cycle(state, commands);
      if (answer !== undefined && answer >= 0) {
        quit = answer;
        break;
      }
      if (answer === undefined) {
        if (!silent) state.out.push(line);
        if (!silent && state.out.length > 0) state.out[state.out.length - 1] = line.endsWith('\n') ? `${state.pattern}\n` : state.pattern;
        flushAfter(state);
      }
    }
    yield* print(state.out.splice(0).join(''));
    if (quit !== undefined) return quit;
    if (ended) return 0;
  }
}

const applets: Applets = (style) => ({ sed: sed(style) });
export default applets;
