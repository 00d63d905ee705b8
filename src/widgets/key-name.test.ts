// Keys have the same names under every layout that writes other letters.
import { expect, test } from 'vitest';
import { keyName } from './key-name.ts';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false };
const pressed = (given: Partial<KeyboardEvent>): KeyboardEvent => ({ ...plain, ...given }) as KeyboardEvent;

test.each([
  [{ key: 'k', code: 'KeyK' }, 'k'],
  [{ key: 'P', code: 'KeyP', shiftKey: true }, 'Shift+p'],
  [{ key: 'ㅏ', code: 'KeyK' }, 'k'],
  [{ key: 'ㅖ', code: 'KeyP', shiftKey: true }, 'Shift+p'],
  [{ key: '?', code: 'Slash', shiftKey: true }, '?'],
  [{ key: 's', code: 'KeyS', metaKey: true }, 'Ctrl+s'],
  [{ key: 'ArrowRight', code: 'ArrowRight', shiftKey: true }, 'Shift+ArrowRight'],
  [{ key: ' ', code: 'Space' }, ' '],
  [{ key: '.', code: 'Period' }, '.'],
  [{ key: '3', code: 'Digit3' }, '3'],
])('%o is %s', (event, name) => expect(keyName(pressed(event))).toBe(name));
