// Reads the flags of a docker command as github.com/spf13/pflag does, with the texts of docker's client.

/** A flag. */
export interface DockerFlag {
  readonly name: string;
  readonly short?: string;
  readonly type: 'bool' | 'text' | 'list';
  /** Docker has it, Podscope does not act on it. */
  readonly isLeftOut?: boolean;
}

/** A command that was read: its flags and the arguments after them. */
export interface DockerLine {
  readonly args: readonly string[];
  isOn(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  /** Flags that were given and that Podscope does not act on. */
  readonly leftOut: readonly string[];
}

/** A mistake in a line: the client's words. */
export interface DockerMistake {
  readonly mistake: string;
}

/** Reads flags; `stopsEarly`: what comes after the first argument is the container's (run, exec). */
export function readFlags(specs: readonly DockerFlag[], words: readonly string[], stopsEarly: boolean): DockerLine | DockerMistake {
  const given = new Map<string, string[]>();
  const args: string[] = [];
  const set = (spec: DockerFlag, value: string): void => void given.set(spec.name, [...(given.get(spec.name) ?? []), value]);
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--') {
      args.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      args.push(...(stopsEarly ? words.slice(i) : [word]));
      if (stopsEarly) break;
      continue;
    }
    const read = word.startsWith('--') ? readLong(specs, word, words[i + 1], set) : readShort(specs, word, words[i + 1], set);
    if (typeof read !== 'number') return read;
    i += read;
  }
  return {
    args,
    isOn: (name) => given.get(name)?.at(-1) === 'true',
    text: (name) => given.get(name)?.at(-1),
    list: (name) => given.get(name) ?? [],
    leftOut: specs.filter(({ name, isLeftOut }) => isLeftOut && given.has(name)).map(({ name }) => `--${name}`),
  };
}

type Setter = (spec: DockerFlag, value: string) => void;

/** Answers how many further words were used. */
function readLong(specs: readonly DockerFlag[], word: string, next: string | undefined, set: Setter): number | DockerMistake {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const spec = specs.find((flag) => flag.name === name);
  if (!spec) return { mistake: `unknown flag: --${name}` };
  if (equals >= 0) set(spec, word.slice(equals + 1));
  else if (spec.type === 'bool') set(spec, 'true');
  else if (next === undefined) return { mistake: `flag needs an argument: --${name}` };
  else {
    set(spec, next);
    return 1;
  }
  return 0;
}

function readShort(specs: readonly DockerFlag[], word: string, next: string | undefined, set: Setter): number | DockerMistake {
  for (let i = 1; i < word.length; i += 1) {
    const letter = word.charAt(i);
    const spec = specs.find((flag) => flag.short === letter);
    if (!spec) return { mistake: `unknown shorthand flag: '${letter}' in ${i === 1 ? word : `-${word.slice(i)}`}` };
    if (spec.type === 'bool') {
      set(spec, 'true');
      continue;
    }
    const rest = word.slice(i + 1).replace(/^=/, '');
    if (rest === '' && next === undefined) return { mistake: `flag needs an argument: '${letter}' in ${word}` };
    set(spec, rest === '' ? (next ?? '') : rest);
    return rest === '' ? 1 : 0;
  }
  return 0;
}
