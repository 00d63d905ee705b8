// What holds of every run: the same recipe gives the same hash, any change of what is recorded another; every cause walks back to a
// person, a fault or the start; the picture shows messages of the trace and nothing else.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createHash } from '../../base/hash.ts';
import type { MessageRecord, TraceRecord } from '../../engine/records.ts';
import { createTrace } from '../../engine/trace.ts';
import { kubeletOf } from '../../cluster/names.ts';
import { sceneAt } from '../../diagrams/cluster/scene.ts';
import { openScenario } from '../../scenario/open.ts';
import { drive, recipeOf, type World } from '../driver.ts';

/** A minute with most of what can happen: runs, restarts, faults, lines, logs, a refusal. */
const MINUTE: World = {
  seed: 3,
  inputs: [
    { at: '0s', apply: readFileSync('src/panels/editor/samples/s002_1.yaml', 'utf8') },
    { at: '1s', apply: readFileSync('src/panels/editor/samples/s003_1.yaml', 'utf8'), file: 'echo.yaml' },
    { at: '2s', apply: readFileSync('src/panels/editor/samples/s002_3.yaml', 'utf8'), file: 'bad.yaml' },
    { at: '10s', run: 'kubectl get pods -o wide' },
    { at: '20s', fault: { kind: 'kill-container', pod: 'multipod', container: 'nginx-container' } },
    { at: '25s', run: 'kubectl logs multipod -c nginx-container' },
    { at: '30s', run: 'kubectl delete pod echo-lp' },
    { at: '40s', fault: { kind: 'scheduler-down' } },
    { at: '41s', run: 'kubectl run late --image=nginx:1.14' },
  ],
};

function recordsOf(world: World, untilMs: number): { readonly records: readonly TraceRecord[]; readonly hash: string } {
  const run = openScenario(recipeOf(world));
  run.advance(untilMs);
  return { records: run.take(), hash: run.hash() };
}

const minute = recordsOf(MINUTE, 60_000);
const hashOf = (seed: number, records: readonly TraceRecord[]): string => {
  const chain = createHash();
  chain.add(seed);
  for (const record of records) chain.add(record);
  return chain.digest();
};

test('the same recipe gives the same hash, in whatever slices it is advanced', () => {
  expect(recordsOf(MINUTE, 60_000).hash).toBe(minute.hash);
  const sliced = openScenario(recipeOf(MINUTE));
  for (let to = 0; to <= 60_000; to += 1234) while (!sliced.advance(Math.min(to, 60_000), 7)) sliced.take();
  sliced.advance(60_000);
  expect(sliced.hash()).toBe(minute.hash);
});

test('inputs that are given as time goes by are as good as inputs known from the start', () => {
  const recipe = recipeOf(MINUTE);
  const late = openScenario({ ...recipe, inputs: [] });
  for (const input of recipe.inputs) {
    late.advance(input.at);
    late.give(input);
  }
  late.advance(60_000);
  expect(late.hash()).toBe(minute.hash);
});

test('two seeds give two hashes', () => {
  const hashes = [1, 2, 3, 4].map((seed) => recordsOf({ ...MINUTE, seed }, 10_000).hash);
  expect(new Set(hashes).size).toBe(4);
});

test('the hash is the chain of the records that were taken', () => {
  expect(hashOf(3, minute.records)).toBe(minute.hash);
});

/** The places in a value where something can be changed, as paths. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return keys.flatMap((key) => placesIn((value as Record<string | number, unknown>)[key], [...path, key]));
}

function changedAt(value: unknown, [key, ...rest]: readonly (string | number)[]): unknown {
  if (key === undefined) return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}.`;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = changedAt((value as Record<string | number, unknown>)[key], rest);
  return copy;
}

test('any one changed field, message, cause or log line changes the hash', () => {
  const kinds = ['row', 'message', 'note', 'log'] as const;
  const byKind = kinds.map((kind) => minute.records.flatMap((record, i) => (record.type === kind ? [i] : [])));
  expect(byKind.every((indices) => indices.length > 0)).toBe(true);
  // A suffix is enough to tell: what the chain was before is the same.
  const alone = (record: unknown, next: unknown): string => {
    const chain = createHash();
    chain.add(record);
    chain.add(next);
    return chain.digest();
  };
  fc.assert(
    fc.property(fc.constantFrom(...byKind), fc.nat(), fc.nat(), (indices, which, where) => {
      const index = indices[which % indices.length] as number;
      const record = minute.records[index] as TraceRecord;
      const places = placesIn(record);
      const changed = changedAt(record, places[where % places.length] as readonly (string | number)[]);
      return alone(changed, minute.records[index + 1] ?? 0) !== alone(record, minute.records[index + 1] ?? 0);
    }),
    { numRuns: 3000, seed: 1 },
  );
});

test.each(['row', 'message', 'note', 'log'] as const)('of the whole run too: one changed cause of a %s', (kind) => {
  const index = minute.records.findLastIndex((record) => record.type === kind && record.cause > 0);
  const record = minute.records[index] as TraceRecord;
  const records = minute.records.with(index, { ...record, cause: record.cause - 1 });
  expect(hashOf(3, records)).not.toBe(minute.hash);
});

test('causes come before what they cause, and every chain ends at an input, a fault or the start', () => {
  const byId = new Map(minute.records.map((record) => [record.id, record]));
  const ends = new Set<string>();
  for (const record of minute.records) {
    let at: TraceRecord = record;
    while (at.cause !== 0) {
      expect(at.cause).toBeLessThan(at.id);
      at = byId.get(at.cause) as TraceRecord;
    }
    // What has no cause was there from the start, or is what a person did.
    ends.add(at.type === 'note' ? `note ${at.name}` : at.at === 0 ? 'start' : `${at.type} ${at.id} at ${at.at}`);
  }
  const startOf = (text: string): boolean => text === 'start' || text === 'note input' || text === 'note fault';
  const first = minute.records.filter(({ at, cause, type }) => at === 0 && cause === 0 && type === 'note');
  const known = new Set(first.map((record) => (record.type === 'note' ? `note ${record.name}` : '')));
  expect([...ends].filter((end) => !startOf(end) && !known.has(end))).toEqual([]);
});

test('what a person did causes what follows: the Pod’s containers walk back to the apply', () => {
  const cluster = drive(MINUTE);
  cluster.runFor(30_000);
  const started = cluster.notes('container-started').filter(({ data }) => data.pod === 'multipod');
  expect(started.length).toBeGreaterThan(1);
  for (const note of started) {
    let record = cluster.trace.record(note.id);
    while (record && record.cause !== 0) record = cluster.trace.record(record.cause);
    expect(record).toMatchObject({ type: 'note' });
    expect(['input', 'fault']).toContain(record?.type === 'note' && record.name);
  }
});

test('ids are unique, and every story-level message has one', () => {
  const ids = minute.records.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const story = minute.records.filter((record): record is MessageRecord => record.type === 'message' && record.level === 'story');
  expect(story.length).toBeGreaterThan(20);
  expect(story.every(({ id, arrivesAt, at, label }) => id > 0 && arrivesAt >= at && label !== '')).toBe(true);
});

test('every capsule of the map carries the id of a message that is under way', () => {
  const trace = createTrace();
  trace.append(minute.records);
  const messages = new Map(trace.messages.map((message) => [message.id, message]));
  const seen = new Set<number>();
  for (const { at, arrivesAt, level } of trace.messages) {
    if (level === 'all') continue;
    const t = (at + arrivesAt) / 2;
    for (const detail of ['story', 'api'] as const) {
      const options = { width: 1000, height: 600, level: detail, selected: undefined, showsSystem: false, shortestMs: 0 };
      for (const capsule of sceneAt(trace, { t, step: trace.stepAt(Math.floor(t)) }, options).capsules) {
        const message = messages.get(capsule.id);
        expect(message).toMatchObject({ at: capsule.sentAt, arrivesAt: capsule.arrivesAt, label: capsule.label });
        expect(capsule.sentAt <= t && t <= capsule.arrivesAt).toBe(true);
        seen.add(capsule.id);
      }
    }
  }
  // The map has no kubelet of the control plane's node: what happens between it and its containerd has no lane.
  const hasLane = ({ from, to }: MessageRecord): boolean => ![from, to].some((end) => end === kubeletOf('control-plane'));
  const undrawn = trace.messages.filter(
    (message) => message.level === 'story' && message.arrivesAt > message.at && hasLane(message) && !seen.has(message.id),
  );
  expect(undrawn.map(({ label, from, to }) => `${label}: ${from} -> ${to}`)).toEqual([]);
});
