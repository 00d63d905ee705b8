// Every recorded script, run as process 1 of a machine, against what a real busybox printed.
import { expect, test } from 'vitest';
import recorded from '../../../../conformance/shell.json' with { type: 'json' };
import { createLab } from './lab.ts';

interface Case {
  readonly id: string;
  readonly script: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly output: string;
  readonly seconds: number;
}

test.each(recorded as unknown as readonly Case[])('$id', ({ script, files, exit, output, seconds }) => {
  const lab = createLab(files ? { files } : {});
  lab.start(['sh', '-c', script]);
  lab.run(60_000);
  expect(lab.output()).toBe(output);
  expect(lab.ended.get(1)?.exitCode).toBe(exit);
  expect(Math.abs((lab.ended.get(1)?.at ?? 0) / 1000 - seconds)).toBeLessThanOrEqual(1.5);
});
