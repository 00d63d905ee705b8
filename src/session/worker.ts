// The worker's entry: a host over the simulated cluster.
import { giveInput, openScenario } from '../scenario/open.ts';
import { completeLine } from '../scenario/terminal/complete.ts';
import { checkText } from './check/check.ts';
import { createHost } from './host.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

// A message to oneself lets others in between, and comes sooner than a timer.
const turn = new MessageChannel();
const due: (() => void)[] = [];
turn.port1.onmessage = () => due.shift()?.();

const host = createHost({
  open: openScenario,
  give: giveInput,
  check: checkText,
  complete: completeLine,
  post: (message: FromWorker) => self.postMessage(message),
  later(act) {
    due.push(act);
    turn.port2.postMessage(undefined);
  },
  now: () => performance.now(),
});

self.onmessage = ({ data }: MessageEvent<ToWorker>) => host(data);
