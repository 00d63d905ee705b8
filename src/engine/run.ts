// The kernel: a queue of deliveries ordered by (instant, inputs first, sequence), handed one at a time to components, whose effects
// are applied at once and written to the trace. It knows no wall clock, no Promise and no Kubernetes.
import { assert, AssertionError } from '../base/assert.ts';
import { createHash } from '../base/hash.ts';
import { createHeap } from '../base/heap.ts';
import { freeze } from '../base/json.ts';
import { createRandom, type Random } from '../base/prng.ts';
import type { Instant, Level, MessageKind, RecordId, TraceRecord } from './records.ts';

/** What a component is handed: a message from another, or its own wake-up. */
export interface Delivery<B> {
  readonly from: string;
  readonly body: B;
}

/** A part of the simulated world. It acts only when handed a delivery, and only through the context. */
export interface Component<B> {
  readonly name: string;
  handle(context: Context<B>, delivery: Delivery<B>): void;
}

/** How a message is sent and shown. */
export interface Sending {
  readonly latencyMs: number;
  readonly kind: MessageKind;
  readonly level: Level;
  readonly label: string;
  readonly subject?: string;
}

/** Identifies a wake-up that can still be cancelled. */
export type WakeId = number;

/** The effects open to a component while it handles a delivery. */
export interface Context<B> {
  readonly at: Instant;
  /** The name of the component that is acting. */
  readonly self: string;
  /** What the effects that follow are caused by; at first, what was delivered. */
  readonly cause: RecordId;
  /** Says that the effects that follow are caused by this record. */
  because(record: RecordId): void;
  /** Sends a message, which arrives `latencyMs` later. Answers its record. */
  send(to: string, body: B, sending: Sending): RecordId;
  /** Hands a delivery to this component after `inMs`, with today's cause. */
  wake(inMs: number, body: B): WakeId;
  /** Hands a delivery to another component on the same machine, without a message that could be drawn. */
  signal(to: string, body: B, inMs?: number): WakeId;
  /** Forgets a wake-up or signal that has not come yet. */
  cancel(wake: WakeId): void;
  /** Writes a row's next revision (frozen from here on), or removes it. */
  write(key: string, value: unknown): RecordId;
  /** Notes that something happened. */
  note(name: string, subject: string, data: unknown, level: Level): RecordId;
  /** Appends text to a stream. */
  log(stream: string, text: string): RecordId;
  /** The stream of chance for one purpose and subject. */
  random(purpose: string, subject: string): Random;
}

/** A simulated world that is advanced from outside. */
export interface Run<B> {
  /** Everything before this instant has happened, nothing at it or later. */
  readonly edge: Instant;
  /** How many deliveries have been handled. */
  readonly steps: number;
  /** The chained hash of every record so far. */
  hash(): string;
  /** When the next thing happens, if anything ever will. */
  nextAt(): Instant | undefined;
  add(component: Component<B>): void;
  /** Acts as component `as` now, outside any delivery: for what stands at the start. */
  setUp(as: string, act: (context: Context<B>) => void): void;
  /** Hands a delivery from outside to a component at an instant not before the edge; inputs come before whatever else happens then. */
  input(at: Instant, to: string, body: B): void;
  /** Handles what happens before `to`, at most `maxSteps` deliveries; answers whether `to` was reached. */
  advance(to: Instant, maxSteps?: number): boolean;
  /** Takes the records appended since the last call. */
  take(): TraceRecord[];
}

interface Queued<B> {
  readonly at: Instant;
  readonly order: number;
  readonly sequence: number;
  readonly to: string;
  readonly from: string;
  readonly body: B;
  readonly cause: RecordId;
}

const INPUT = 0;
const DELIVERY = 1;

/** An empty world with its seed. */
export function createRun<B>(seed: number): Run<B> {
  const components = new Map<string, Component<B>>();
  const queue = createHeap<Queued<B>>((a, b) =>
    a.at !== b.at ? a.at < b.at : a.order !== b.order ? a.order < b.order : a.sequence < b.sequence,
  );
  const cancelled = new Set<number>();
  const streams = new Map<string, Random>();
  const chain = createHash();
  let records: TraceRecord[] = [];
  let edge: Instant = 0;
  let steps = 0;
  let sequence = 0;
  let lastId: RecordId = 0;
  let at: Instant = 0;
  let self = '';
  let cause: RecordId = 0;

  chain.add(seed);

  const append = (record: TraceRecord): RecordId => {
    chain.add(record);
    records.push(record);
    return record.id;
  };
  const nextId = (): RecordId => {
    lastId += 1;
    return lastId;
  };
  // Whole literals, here and below, instead of spreading parts into them: this is what runs for every effect of every component.
  const enqueue = (arrivesAt: Instant, order: number, to: string, from: string, body: B, because: RecordId): number => {
    sequence += 1;
    queue.push({ at: arrivesAt, order, sequence, to, from, body, cause: because });
    return sequence;
  };
  const signal = (to: string, body: B, inMs = 0): WakeId => {
    assert(Number.isInteger(inMs) && inMs >= 0, 'a wake-up after whole milliseconds');
    return enqueue(at + inMs, DELIVERY, to, self, body, cause);
  };
  const context: Context<B> = {
    get at() {
      return at;
    },
    get self() {
      return self;
    },
    get cause() {
      return cause;
    },
    because(record) {
      assert(record <= lastId, 'a cause comes before what it causes');
      cause = record;
    },
    send(to, body, { latencyMs, kind, level, label, subject }) {
      assert(Number.isInteger(latencyMs) && latencyMs >= 0, 'a latency in whole milliseconds');
      const arrivesAt = at + latencyMs;
      const id = nextId();
      append(
        subject === undefined
          ? { type: 'message', id, step: steps, at, cause, arrivesAt, from: self, to, kind, level, label }
          : { type: 'message', id, step: steps, at, cause, arrivesAt, from: self, to, kind, level, label, subject },
      );
      enqueue(arrivesAt, DELIVERY, to, self, body, id);
      return id;
    },
    wake: (inMs, body) => signal(self, body, inMs),
    signal,
    cancel(wake) {
      cancelled.add(wake);
    },
    write(key, value) {
      const id = nextId();
      if (value === undefined) return append({ type: 'row', id, step: steps, at, cause, key });
      return append({ type: 'row', id, step: steps, at, cause, key, value: freeze(value) });
    },
    note: (name, subject, data, level) =>
      append({ type: 'note', id: nextId(), step: steps, at, cause, name, subject, level, data: freeze(data) }),
    log: (stream, text) => append({ type: 'log', id: nextId(), step: steps, at, cause, stream, text }),
    random(purpose, subject) {
      const name = `${purpose}/${subject}`;
      let stream = streams.get(name);
      if (!stream) {
        stream = createRandom(seed, name);
        streams.set(name, stream);
      }
      return stream;
    },
  };
  /** Drops cancelled wake-ups from the front, so that `nextAt` speaks of what will really happen. */
  const front = (): Queued<B> | undefined => {
    let next = queue.peek();
    while (next && cancelled.delete(next.sequence)) {
      queue.pop();
      next = queue.peek();
    }
    return next;
  };
  const step = (item: Queued<B>): void => {
    steps += 1;
    at = item.at;
    self = item.to;
    cause = item.cause;
    const component = components.get(item.to);
    if (!component) throw new AssertionError(`no component ${item.to} (a delivery from ${item.from})`);
    component.handle(context, item);
  };

  return {
    get edge() {
      return edge;
    },
    get steps() {
      return steps;
    },
    hash: () => chain.digest(),
    nextAt: () => front()?.at,
    add(component) {
      assert(!components.has(component.name), `two components named ${component.name}`);
      components.set(component.name, component);
    },
    setUp(as, act) {
      at = edge;
      self = as;
      cause = 0;
      act(context);
    },
    input(when, to, body) {
      assert(Number.isInteger(when) && when >= edge, `an input at ${when} ms, before the edge at ${edge} ms`);
      enqueue(when, INPUT, to, 'input', body, 0);
    },
    advance(to, maxSteps = Number.POSITIVE_INFINITY) {
      assert(to >= edge, `going back from ${edge} to ${to} ms`);
      for (let done = 0; ; done += 1) {
        const next = front();
        if (!next || next.at >= to) break;
        if (done >= maxSteps) {
          // Some of what happens at this instant has happened: an input can only come after it.
          edge = Math.max(edge, at + 1);
          return false;
        }
        queue.pop();
        step(next);
      }
      edge = to;
      return true;
    },
    take() {
      const taken = records;
      records = [];
      return taken;
    },
  };
}
