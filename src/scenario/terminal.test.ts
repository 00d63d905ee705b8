// Terminals of a cluster without nodes: lines, shells that stay, keys, and the record of each command's end.
import { expect, test } from 'vitest';
import { createCluster } from '../cluster/boot/boot.ts';
import type { TerminalMessage } from '../cluster/messages.ts';
import type { Notes } from '../cluster/notes.ts';
import type { TraceRecord } from '../engine/records.ts';
import { createComputer } from './terminal/computer.ts';
import { createTerminal } from './terminal.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: nginx}]}\n';
const STEP_MS = 3000;

type Input = TerminalMessage['input'] & { readonly in?: string };
type Ended = Notes['command-ended'];

/** Gives one input every three seconds; answers what ended, in order, and every record. */
function live(
  inputs: readonly Input[],
  preset: 'none' | 'three-node' = 'none',
): { readonly ended: readonly Ended[]; readonly records: readonly TraceRecord[] } {
  const startAtMs = Date.parse('2026-01-01T00:00:00Z');
  const run = createCluster({ seed: 1, preset, startAtMs, nodes: [], nodeManifests: [], images: [], objects: [] });
  const files = { 'pod.yaml': POD };
  const computer = createComputer(files, startAtMs);
  for (const name of ['main', '1', '2']) run.add(createTerminal({ name, files, startAtMs, computer, keepsShell: name !== 'main' }));
  for (const [i, { in: name = 'main', ...input }] of inputs.entries()) {
    run.input((i + 1) * STEP_MS, `terminal/${name}`, { type: 'terminal', input: input as TerminalMessage['input'] });
  }
  run.advance((inputs.length + 2) * STEP_MS);
  const records = run.take();
  const ended = records.flatMap((record) => (record.type === 'note' && record.name === 'command-ended' ? [record.data as Ended] : []));
  return { ended, records };
}

test('a line runs in a shell of its own', () => {
  const { ended } = live([{ run: 'cd /tmp; X=1; pwd' }, { run: 'pwd; echo "$X"; false' }, { run: 'kebectl get pods' }]);
  expect(ended).toMatchObject([
    { stdout: '/tmp\n', exit: 0 },
    { stdout: '/root\n\n', exit: 1 },
    { stderr: 'bash: kebectl: command not found\n', exit: 127 },
  ]);
});

test('a terminal with a name keeps its shell, and takes lines as input while a command runs', () => {
  const { ended } = live([
    { in: '1', run: 'cd /tmp; X=1' },
    { in: '1', run: 'pwd; echo $X' },
    { in: '2', run: 'pwd' },
    { in: '1', run: 'read line; echo "got $line"' },
    { in: '1', run: 'this' },
  ]);
  expect(ended.map(({ stdout }) => stdout)).toEqual(['', '/tmp\n1\n', '/root\n', 'this\ngot this\n']);
});

test('several lines are run as one, here-documents too', () => {
  const { ended } = live([{ run: `kubectl apply -f - <<EOF\n${POD}EOF\nkubectl get pods -o name` }]);
  expect(ended).toMatchObject([{ stdout: 'pod/web created\npod/web\n', stderr: '', exit: 0 }]);
});

test('a line that is never finished ends with a mistake', () => {
  expect(live([{ run: 'echo "abc' }]).ended).toMatchObject([{ stdout: '', exit: 2 }]);
});

test('what is entered while a command runs is run after it, line by line', () => {
  const { ended } = live([
    { in: '1', run: 'sleep 10' },
    { in: '1', run: 'echo one; false' },
    { in: '1', run: 'echo two' },
    { in: '1', run: 'kubectl apply -f - <<EOF' },
    { in: '1', run: POD },
    { in: '1', run: 'EOF' },
    { in: '1', run: 'alias k=kubectl' },
    { in: '1', run: 'k get pods -o name; history 2' },
  ]);
  expect(ended.map(({ line, stdout, exit }) => [line, stdout, exit])).toMatchObject([
    ['sleep 10', '', 0],
    ['echo one; false', 'one\n', 1],
    ['echo two', 'two\n', 0],
    ['kubectl apply -f - <<EOF', expect.stringMatching(/pod\/web created\n$/), 0],
    ['alias k=kubectl', '', 0],
    ['k get pods -o name; history 2', 'pod/web\n    5  alias k=kubectl\n    6  k get pods -o name; history 2\n', 0],
  ]);
});

test('a fork bomb fills its own terminal; a line that starts no process still ends, and other terminals go on', () => {
  const { ended } = live([
    { in: '1', run: ':(){ :|:& };:' },
    { in: '1', run: 'echo alive' },
    { in: '2', run: 'ls /root' },
  ]);
  expect(ended).toMatchObject([
    { terminal: '1', exit: 0 },
    { terminal: '1', stdout: 'alive\n', exit: 0 },
    { terminal: '2', stdout: 'pod.yaml\n', exit: 0 },
  ]);
});

test('a flood of text comes as fast as a terminal takes it', () => {
  const { ended, records } = live([
    { in: '1', run: 'yes | cat' },
    { in: '2', run: 'sleep 57' },
    { in: '2', run: 'true' },
    { in: '1', key: 'ctrl-c' },
  ]);
  expect(ended.at(-1)).toMatchObject({ line: 'yes | cat', exit: 130 });
  const written = records.reduce((sum, record) => sum + (record.type === 'log' ? record.text.length : 0), 0);
  expect(written).toBeGreaterThan(1_000_000);
  expect(written).toBeLessThan(1_500_000);
});

test('Ctrl-C ends a watch, whose stream is closed', () => {
  const { ended, records } = live([
    { verb: 'apply', text: POD, file: 'pod.yaml' },
    { in: '1', run: 'kubectl get pods -w' },
    { in: '1', key: 'ctrl-c' },
    { in: '1', run: 'echo $?' },
  ]);
  expect(ended[1]).toMatchObject({ exit: 130 });
  expect(ended[1]?.stdout).toMatch(/^NAME {3}READY .*\nweb {4}0\/1 {5}Pending {3}0 {10}3s\n\^C/);
  expect(ended[2]).toMatchObject({ stdout: '130\n' });
  const closed = records.filter((record) => record.type === 'message' && record.from === 'terminal/1' && record.label === 'END');
  expect(closed).toHaveLength(1);
});

test('the Pod network cannot be reached from the learner’s computer, and nobody listens on it', () => {
  const { ended } = live([{ run: 'curl -sS --max-time 2 10.244.1.2' }, { run: 'curl -sS localhost:8888' }]);
  expect(ended.map(({ exit }) => exit).toSorted()).toEqual([28, 7].toSorted());
});

test('what is written comes as it is written, and the record has both streams', () => {
  const { ended, records } = live([{ run: 'kubectl get pods nope; echo done' }]);
  expect(ended).toMatchObject([{ stdout: 'done\n', stderr: 'Error from server (NotFound): pods "nope" not found\n', exit: 0 }]);
  const streams = records.flatMap((record) => (record.type === 'log' ? [record.stream] : []));
  expect(streams).toEqual(['terminal/main/err', 'terminal/main/out']);
});

test('a port that one terminal forwards leads from another into the Pod', () => {
  const inputs: readonly Input[] = [
    { run: 'kubectl run web --image=nginx:1.14' },
    { run: 'kubectl wait --for=condition=Ready pod/web' },
    { in: '1', run: 'kubectl port-forward pod/web 8888:80' },
    { in: '2', run: 'curl -s localhost:8888 | grep -c nginx' },
    { in: '1', key: 'ctrl-c' },
    { in: '2', run: 'curl -sS localhost:8888' },
  ];
  const { ended } = live(inputs, 'three-node');
  expect(ended.slice(2)).toMatchObject([
    { terminal: '2', exit: 0 },
    { terminal: '1', stdout: expect.stringContaining('Handling connection for 8888\n'), exit: 130 },
    { terminal: '2', exit: 7 },
  ]);
});
