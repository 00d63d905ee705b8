// node, python and their like: an interpreter that ends at once where nobody can type. Programs given to it are not simulated: it
// runs on quietly with them.
import type { Program } from '../../process/program.ts';
import type { ImageBehaviour } from '../image.ts';
import { complain, MI, print, waitForSignal } from '../serve.ts';

interface Interpreter {
  readonly repositories: readonly string[];
  readonly paths: readonly string[];
  readonly version: string;
  readonly banner: string;
  readonly prompt: string;
  readonly cmd: readonly string[];
  readonly sizeBytes: number;
}

const program = (of: Interpreter): Program =>
  function* interpret(sys) {
    const [first] = sys.argv.slice(1);
    sys.allocate(20 * MI);
    if (first === '--version' || first === '-V' || first === '-v') {
      yield* print(`${of.version}\n`);
      return 0;
    }
    if (first !== undefined && !first.startsWith('-')) {
      const stat = sys.files.stat(first.startsWith('/') ? first : `${sys.cwd}/${first}`);
      if ('error' in stat) {
        yield* complain(`${sys.argv[0] ?? ''}: can't open file '${first}': [Errno 2] No such file or directory\n`);
        return of.paths[0]?.includes('python') ? 2 : 1;
      }
    }
    // What such a program would do is not simulated: it is taken for a service that runs on.
    if (first !== undefined) {
      yield* waitForSignal();
      return 0;
    }
    if (!sys.isTty(0)) {
      while ((yield { ask: 'read', fd: 0 }).text !== '') {}
      return 0;
    }
    yield* print(of.banner);
    for (;;) {
      yield* print(of.prompt);
      const { text = '' } = yield { ask: 'read', fd: 0, line: true };
      if (text === '' || /^(?:exit\(\)|quit\(\)|\.exit)\s*$/.test(text)) return 0;
    }
  };

const interpreters: readonly Interpreter[] = [
  {
    repositories: ['node'],
    paths: ['/usr/local/bin/node'],
    version: 'v24.12.0',
    banner: 'Welcome to Node.js v24.12.0.\nType ".help" for more information.\n',
    prompt: '> ',
    cmd: ['node'],
    sizeBytes: 400_000_000,
  },
  {
    repositories: ['python'],
    paths: ['/usr/local/bin/python3', '/usr/local/bin/python'],
    version: 'Python 3.14.2',
    banner: 'Python 3.14.2 (main) [GCC 14.2.0] on linux\nType "help", "copyright", "credits" or "license" for more information.\n',
    prompt: '>>> ',
    cmd: ['python3'],
    sizeBytes: 410_000_000,
  },
  {
    repositories: ['openjdk', 'eclipse-temurin'],
    paths: ['/usr/local/openjdk/bin/jshell', '/usr/local/bin/jshell', '/usr/local/bin/java'],
    version: 'openjdk 21.0.9',
    banner: '|  Welcome to JShell -- Version 21.0.9\n',
    prompt: 'jshell> ',
    cmd: ['jshell'],
    sizeBytes: 240_000_000,
  },
];

const images: readonly ImageBehaviour[] = interpreters.map((of) => ({
  repositories: of.repositories,
  sizeBytes: of.sizeBytes,
  pullMs: 8000,
  cmd: of.cmd,
  base: 'debian',
  with: ['curl', 'ps'],
  programs: Object.fromEntries(of.paths.map((path) => [path, program(of)])),
}));

export default images;
