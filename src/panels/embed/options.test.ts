// What an embedding page may ask for in the address.
import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

test('nothing said: the simulation waits for a click, with controls', () => {
  expect(readOptions('?embed=1')).toEqual({
    view: undefined,
    hides: new Set(),
    waitsForClick: true,
    plays: false,
    hasControls: true,
    theme: 'auto',
    language: undefined,
  });
});

test.each([
  ['?ctl=0', { waitsForClick: false, plays: false }],
  ['?play=1&ctl=1', { waitsForClick: false, plays: true }],
  ['?controls=0', { hasControls: false }],
  ['?view=pod&theme=dark&lang=en', { view: 'pod', theme: 'dark', language: 'en' }],
  ['?theme=pink&lang=fr', { theme: 'auto', language: undefined }],
  ['?hide=timeline,yaml,caption', { hides: new Set(['caption', 'timeline']) }],
])('%s', (search, options) => expect(readOptions(search)).toMatchObject(options));
