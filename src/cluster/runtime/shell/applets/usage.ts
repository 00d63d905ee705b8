// What programs say when they are called the wrong way.
import type { Sys } from '../../process/program.ts';
import { nameOf, type Running, type Style } from './applet.ts';

/** Prints how a program is called. Answers the status, which is 1 for most. */
export function* usage(sys: Sys, style: Style, synopsis: string, status = 1): Running {
  const name = nameOf(sys);
  const text =
    style === 'busybox'
      ? `BusyBox v1.35.0 multi-call binary.\n\nUsage: ${name} ${synopsis}\n`
      : `${name}: missing operand\nTry '${name} --help' for more information.\n`;
  yield { ask: 'write', fd: 2, text };
  return status;
}
