// Messages of strangers: what is not understood is not heard.
import { expect, test } from 'vitest';
import { openLine, readWish } from './posts.ts';

test.each([[{ podscope: 'seek', at: 12_000 }], [{ podscope: 'step', by: 1 }], [{ podscope: 'step', by: -1 }], [{ podscope: 'height' }]])(
  '%o is understood',
  (data) => expect(readWish(data)).toEqual(data),
);

test.each([
  [undefined],
  [null],
  ['seek'],
  [[]],
  [{}],
  [{ podscope: 'eval', code: 'alert(1)' }],
  [{ podscope: 'seek' }],
  [{ podscope: 'seek', at: '1' }],
  [{ podscope: 'seek', at: -1 }],
  [{ podscope: 'seek', at: Number.NaN }],
  [{ podscope: 'seek', at: Number.POSITIVE_INFINITY }],
  [{ podscope: 'step', by: 2 }],
  [{ podscope: 'height', more: 1 }],
  [{ podscope: 'seek', at: 1, __proto__: { podscope: 'height' }, toString: 1 }],
])('%o is not', (data) => expect(readWish(data)).toBeUndefined());

test('only the window that holds the figure is heard', () => {
  const told: unknown[] = [];
  const parent = { postMessage: (news: unknown) => told.push(news) } as unknown as Window;
  let hear: (event: unknown) => void = () => {};
  const page = {
    parent,
    addEventListener: (_type: string, listener: (event: unknown) => void) => {
      hear = listener;
    },
    removeEventListener: () => {},
  } as unknown as Window;
  const heard: unknown[] = [];
  const line = openLine(page);
  line.listen((wish) => heard.push(wish));
  hear({ source: parent, data: { podscope: 'step', by: 1 } });
  hear({ source: {}, data: { podscope: 'step', by: 1 } });
  hear({ source: null, data: { podscope: 'step', by: 1 } });
  hear({ source: parent, data: 'noise' });
  expect(heard).toEqual([{ podscope: 'step', by: 1 }]);
  line.tell({ podscope: 'height', height: 400 });
  expect(told).toEqual([{ podscope: 'height', height: 400 }]);
});
