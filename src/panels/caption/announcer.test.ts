// When something is read aloud, with a clock that is turned by hand.
import { expect, test } from 'vitest';
import { createEventIndex } from '../../session/events.ts';
import { createTrace } from '../../engine/trace.ts';
import { type SessionState, initialState } from '../../session/state.ts';
import { createAnnouncer } from './announcer.ts';

/** A trace with an event each second, every other one of finer detail. */
function stateWith(change: Partial<SessionState>): SessionState {
  const trace = createTrace();
  trace.append(
    Array.from({ length: 20 }, (_, i) => ({
      type: 'note' as const,
      id: i + 1,
      step: i + 1,
      at: i * 1000,
      cause: 0,
      name: 'pod-removed',
      subject: '',
      data: { namespace: 'default', pod: `p${i}` },
      level: i % 2 === 0 ? ('story' as const) : ('api' as const),
    })),
  );
  return { ...initialState('en', 'auto'), trace, events: createEventIndex(trace), phase: 'ready', isFirstVisit: false, ...change };
}

function listening() {
  let now = 0;
  let state = stateWith({ level: 'api' });
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  const heard: string[] = [];
  const announcer = createAnnouncer({
    now: () => now,
    later(act, ms) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    state: () => state,
    read: (event, isOver) => heard.push(`${now} ${event?.step ?? '-'}${isOver ? ' over' : ''}`),
  });
  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { act } of due) act();
  };
  const change = (to: Partial<SessionState>): void => {
    state = { ...state, ...to };
    announcer.hear();
  };
  return { change, pass, heard };
}

test('while it plays: milestones only, at most one in two seconds, the newest', () => {
  const { change, pass, heard } = listening();
  for (let step = 1; step <= 16; step += 1) {
    change({ playing: true, step });
    pass(500);
  }
  pass(500);
  expect(heard).toEqual(['500 1', '2500 5', '4500 9', '6500 13', '8500 15']);
});

test('stepping reads every step, finer ones too; scrubbing only where it rests', () => {
  const { change, pass, heard } = listening();
  for (const step of [1, 2, 3]) {
    change({ step });
    pass(200);
  }
  for (const step of [9, 8, 7, 6]) {
    change({ step });
    pass(20);
  }
  pass(200);
  change({ step: 0 });
  pass(200);
  expect(heard).toEqual(['200 1', '400 2', '600 3', '880 6', '1080 -']);
});

test('pausing tells at once where it stands, and the end is said', () => {
  const { change, pass, heard } = listening();
  change({ playing: true, step: 1 });
  pass(10);
  change({ playing: true, step: 5 });
  pass(100);
  change({ playing: false });
  pass(200);
  change({ step: 19, t: 60_000, until: 60_000 });
  pass(200);
  expect(heard).toEqual(['10 1', '310 5', '510 19 over']);
});

test('on a first visit nothing is read', () => {
  const { change, pass, heard } = listening();
  change({ isFirstVisit: true, step: 3 });
  pass(5000);
  expect(heard).toEqual([]);
});
