// A terminal read from a trace: commands, streams in order, exit codes, the past, and bounds.
import { expect, test } from 'vitest';
import type { TraceRecord } from '../../engine/records.ts';
import { createTrace } from '../../engine/trace.ts';
import { hintOf } from './hints.ts';
import { createTerminalReader, MOST_LINES, type TerminalView } from './lines.ts';

type Given = readonly ['run', string] | readonly ['end', string, number] | readonly ['out' | 'err', string];

/** Records of terminal 1, each a step of its own. */
function readerOf(given: readonly Given[]) {
  const trace = createTrace();
  const records = given.map(([kind, text, exit], i): TraceRecord => {
    const stamp = { id: i + 1, at: i * 10, step: i + 1, causes: [] };
    if (kind === 'out' || kind === 'err') return { ...stamp, type: 'log', stream: `terminal/1/${kind}`, text } as unknown as TraceRecord;
    const [name, data] =
      kind === 'run'
        ? ['command-started', { terminal: '1', line: text }]
        : ['command-ended', { terminal: '1', line: text, stdout: '', stderr: '', exit }];
    return { ...stamp, type: 'note', name, subject: 'terminal/1', level: 'api', data } as unknown as TraceRecord;
  });
  trace.append(records);
  return createTerminalReader(trace, '1');
}

const plain = ({ lines }: TerminalView): readonly string[] =>
  lines.map((line) => {
    if (line.kind === 'command') return `$ ${line.text}`;
    if (line.kind === 'ended') return `${line.hint ?? ''}(${line.exit})`;
    return line.pieces.map(({ stream, text }) => (stream === 'err' ? `!${text}` : text)).join('|');
  });

const PIPE: readonly Given[] = [
  ['run', 'ls a b'],
  ['out', 'a\nb'],
  ['err', 'warn'],
  ['out', '\n\n'],
  ['end', 'ls a b', 2],
];

test('commands, both streams in their order, and the exit code', () => {
  expect(plain(readerOf(PIPE).read(5))).toEqual(['$ ls a b', 'a', 'b|!warn', '', '(2)']);
});

test('at a past step it shows the past', () => {
  const reader = readerOf(PIPE);
  expect(reader.read(0)).toEqual({ lines: [], isCut: false, isBusy: false, isUnused: true });
  expect(plain(reader.read(2))).toEqual(['$ ls a b', 'a', 'b']);
  expect(reader.read(2).isBusy).toBe(true);
  expect(reader.read(5).isBusy).toBe(false);
  expect([reader.mark(0), reader.mark(2), reader.mark(9)]).toEqual([0, 2, 5]);
});

test('what was cleared is gone, but not from the past before it', () => {
  const reader = readerOf([...PIPE, ['run', 'pwd'], ['out', '/root\n'], ['end', 'pwd', 0]]);
  expect(plain(reader.read(8, 5))).toEqual(['$ pwd', '/root']);
  expect(plain(reader.read(3, 5))).toEqual(['$ ls a b', 'a', 'b|!warn']);
});

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['a carriage return before a line feed', ['a\r', '\nb\r\n'], ['a', 'b']],
  ['a carriage return writes over the line', ['10%\r', '90%\n'], ['90%']],
  ['colours are left out', ['\u001b[1;32mok\u001b[0m\n'], ['ok']],
  ['a screen that is cleared', ['old\n', '\u001b[H\u001b[2Jnew\n'], ['new']],
])('%s', (_, texts, expected) => {
  expect(plain(readerOf(texts.map((text) => ['out', text] as const)).read(99))).toEqual(expected);
});

test('the last lines are kept, and it says that others are not', () => {
  const many = readerOf([
    ['run', 'seq'],
    ['out', Array.from({ length: 5000 }, (_, i) => `${i}\n`).join('')],
  ]).read(2);
  expect(many.lines).toHaveLength(MOST_LINES);
  expect(plain(many).at(-1)).toBe('4999');
  expect(many.isCut).toBe(true);
});

test.each([
  ['$ kubectl get pods', 0, 'hint-prompt'],
  ['$kubectl get pods', 127, 'hint-prompt'],
  ['kebectl get pods', 127, 'hint-kubectl'],
  ['kubetcl get pods', 127, 'hint-kubectl'],
  ['kubectl desribe pod web', 1, 'hint-verb'],
  ['kubectl exec -it web sh', 1, 'hint-exec'],
  ['kubectl exec -it web -- false', 1, undefined],
  ['docker ps', 127, 'hint-docker'],
  ['curl locahost:8888', 6, 'hint-localhost'],
  ['curl <pod’s IP>', 1, 'hint-placeholder'],
  ['docker logs <container id>', 2, 'hint-placeholder'],
  ['k get pods', 127, 'hint-alias'],
  ['crictl ps', 127, 'hint-node'],
  ['cat /var/lib/kubelet/config.yaml', 1, 'hint-node'],
  ['curl -m 2 10.244.1.2', 28, 'hint-pod-network'],
  ['kubectl delete -f ', 1, 'hint-file'],
  ['kubectl get my-nginx-pod', 1, 'hint-type'],
  ['kubectl get pods -L', 1, undefined],
  ['kubectl get pod nope', 1, undefined],
  ['kubectl get pods', 0, undefined],
  ['false', 1, undefined],
])('the hint for %s (%s)', (line, exit, hint) => {
  expect(hintOf(line, exit)).toBe(hint);
});
