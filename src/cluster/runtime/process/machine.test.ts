// Processes, pipes, signals and limits of a machine, with programs written for the purpose and with the shell.
import { expect, test } from 'vitest';
import { createLab } from '../shell/lab.ts';
import { createFiles } from './files.ts';
import type { Program } from './program.ts';
import { createTree } from './tree.ts';

/** Runs a script as process 1. */
function sh(script: string, until = 60_000): { output: string; exit: number | undefined; at: number | undefined } {
  const lab = createLab();
  lab.start(['sh', '-c', script]);
  lab.run(until);
  const end = lab.ended.get(1);
  return { output: lab.output(), exit: end?.exitCode, at: end?.at };
}

test('the loop of the tutorials ends after six seconds with three', () => {
  const { exit, at } = sh('i=0; while [ $i -lt 3 ]; do i=$((i+1)); sleep $i; done; exit $i');
  expect(exit).toBe(3);
  expect(at).toBeGreaterThanOrEqual(6000);
  expect(at).toBeLessThan(6100);
});

test('a writer waits while its pipe is full and dies of SIGPIPE when the reader is gone', () => {
  expect(sh('yes | head -n 3; echo end')).toMatchObject({ output: 'y\ny\ny\nend\n', exit: 0 });
  expect(sh('seq 100000 | (sleep 2; tail -n 1)')).toMatchObject({ output: '100000\n' });
});

test('a loop for ever is parked as busy after a million steps', () => {
  const lab = createLab();
  lab.start(['sh', '-c', 'while :; do :; done']);
  lab.run(60_000);
  expect(lab.busy).toEqual([1]);
  expect(lab.machine.processes()[0]?.state).toBe('busy');
  lab.machine.signal(1, 'TERM');
  lab.run(61_000);
  expect(lab.ended.size).toBe(0);
  lab.machine.signal(1, 'KILL');
  expect(lab.ended.get(1)?.exitCode).toBe(137);
});

test('a parked process wakes for a trap', () => {
  const lab = createLab();
  lab.start(['sh', '-c', 'trap "echo bye; exit 5" TERM; while :; do :; done']);
  lab.run(60_000);
  lab.machine.signal(1, 'TERM');
  lab.run(61_000);
  expect(lab.output()).toBe('bye\n');
  expect(lab.ended.get(1)?.exitCode).toBe(5);
});

test('CPU takes time, and more of it under a limit', () => {
  const script = 'i=0; while [ $i -lt 10000 ]; do i=$((i+1)); done';
  const at = (cpuLimit?: number): number => {
    const lab = createLab(cpuLimit === undefined ? {} : { machine: { cpuLimit } });
    lab.start(['sh', '-c', script]);
    lab.run();
    return lab.ended.get(1)?.at ?? 0;
  };
  expect(at()).toBeGreaterThan(150);
  expect(at(0.5)).toBeGreaterThan(1.9 * at());
});

test('a fork bomb meets the limit', () => {
  const { output } = sh('bomb() { bomb | bomb & wait; }; bomb', 5000);
  expect(output).toContain("can't fork: Resource temporarily unavailable");
});

test('process 1 is protected from inside, and from what it does not catch', () => {
  expect(sh('kill -9 1; kill 1; echo alive')).toMatchObject({ output: 'alive\n', exit: 0 });
  const lab = createLab();
  lab.start(['sleep', '100']);
  lab.machine.signal(1, 'TERM');
  lab.run(1000);
  expect(lab.ended.size).toBe(0);
});

test('the end of process 1 ends all others', () => {
  const lab = createLab();
  lab.start(['sleep', '1']);
  const exec = lab.start(['sleep', '100']);
  lab.run(2000);
  expect(lab.ended.get(1)).toEqual({ exitCode: 0, at: 1000 });
  expect(lab.ended.get(exec)).toEqual({ exitCode: 137, at: 1000 });
  expect(lab.machine.processes()).toEqual([]);
});

test('orphans become children of process 1', () => {
  const lab = createLab();
  lab.start(['sleep', '100']);
  lab.start(['sh', '-c', 'sleep 50 & exit 0']);
  lab.run(1000);
  expect(lab.machine.processes().map(({ pid, ppid, command }) => [pid, ppid, command])).toEqual([
    [1, 0, 'sleep 100'],
    [3, 1, 'sleep 50'],
  ]);
});

test('memory beyond the limit ends everything', () => {
  let outOfMemory = 0;
  const lab = createLab({
    machine: { memoryLimitBytes: 64 * 1024 * 1024 },
    host: {
      outOfMemory: () => {
        outOfMemory += 1;
      },
    },
  });
  lab.start(['tail', '/dev/zero']);
  lab.run(60_000);
  expect(lab.ended.get(1)?.exitCode).toBe(137);
  expect(outOfMemory).toBe(1);
});

test('a server accepts, answers, and leaves a reset behind when it dies', () => {
  const server: Program = function* serve(sys) {
    sys.listen(80);
    for (let i = 0; ; i += 1) {
      const { connection } = yield { ask: 'accept', port: 80 };
      if (i === 0) connection?.respond({ status: 200, headers: {}, body: `to ${connection.from}` });
    }
  };
  const reset: number[] = [];
  const lab = createLab({ programs: { '/bin/server': server }, host: { reset: (id) => reset.push(id) } });
  lab.start(['server']);
  lab.run(10);
  const answers: string[] = [];
  const connect = (id: number): boolean => lab.machine.connect(80, id, '10.0.0.9', undefined, ({ body }) => answers.push(body));
  expect(connect(1)).toBe(true);
  lab.run(20);
  expect(answers).toEqual(['to 10.0.0.9']);
  connect(2);
  lab.run(30);
  lab.machine.signal(1, 'KILL');
  expect(reset).toEqual([2]);
  expect(connect(3)).toBe(false);
});

test('a file system has a size, and two machines can share a tree', () => {
  const tree = createTree(0, 10);
  const mounts = [{ path: '/data', tree, readOnly: false }];
  const [a, b] = [createLab({ mounts }), createLab({ mounts: [{ path: '/other', tree, readOnly: true }] })];
  a.start(['sh', '-c', 'echo 12345 > /data/f; echo 123456 >> /data/f; cat /data/f']);
  a.run();
  expect(a.output()).toBe('sh: write error: No space left on device\n12345\n');
  b.start(['sh', '-c', 'cat /other/f; echo x > /other/g']);
  b.run();
  expect(b.output()).toBe("12345\nsh: can't create /other/g: Read-only file system\n");
});

test('permissions hold for those who are not root', () => {
  const root = createTree(0);
  const files = createFiles({ at: () => 0, uid: 1000, root });
  expect(files.write('/f', 'x')).toEqual({ error: 'EACCES' });
  if (root.root.kind === 'directory') root.root.mode = 0o777;
  expect(files.write('/f', 'x')).toEqual({});
  expect(files.stat('/f')).toMatchObject({ uid: 1000, size: 1, mode: 0o644 });
});

test('a terminal edits lines, echoes, interrupts and ends', () => {
  const lab = createLab();
  lab.start(['sleep', '1000']);
  const session = lab.start(['sh'], { tty: true, stdin: 'open' });
  const type = (text: string): void => {
    lab.machine.input(session, text);
    lab.run(lab.now() + 50);
  };
  lab.run(10);
  type('echo $((1+');
  type('2))\n');
  type('while true; do sleep 1; done\n');
  lab.machine.interrupt(session, 'INT');
  lab.run(lab.now() + 50);
  type('echo $?\n');
  lab.machine.closeInput(session);
  lab.run(lab.now() + 50);
  expect(lab.output(session)).toBe('/ # echo $((1+2))\n3\n/ # while true; do sleep 1; done\n^C\n/ # echo $?\n130\n/ # \n');
  expect(lab.ended.get(session)?.exitCode).toBe(0);
  expect(lab.ended.has(1)).toBe(false);
});

test('standard input that is open can be closed', () => {
  const lab = createLab();
  lab.start(['sh', '-c', 'while read l; do echo "got $l"; done; echo end'], { stdin: 'open' });
  lab.run(10);
  lab.machine.input(1, 'a\nb');
  lab.run(20);
  expect(lab.output()).toBe('got a\n');
  lab.machine.closeInput(1);
  lab.run(30);
  expect(lab.output()).toBe('got a\nend\n');
});
