// The keys of a presentation: what a clicker sends, and a few letters. Keys that mean nothing here stay those of the page.
import { keyName } from '../../widgets/key-name.ts';

/** What a key can do. */
export type Deed = 'next' | 'previous' | 'blank' | 'pointer' | 'fullScreen' | 'code' | 'leave';

const KEYS: Readonly<Record<string, Deed>> = {
  PageDown: 'next',
  ArrowRight: 'next',
  ArrowDown: 'next',
  ' ': 'next',
  PageUp: 'previous',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  '.': 'blank',
  b: 'blank',
  k: 'pointer',
  f: 'fullScreen',
  q: 'code',
  Escape: 'leave',
  'Shift+p': 'leave',
};

/** Keys of the page that have no place on a stage. */
const SILENT: readonly string[] = ['e', 'o', '`', 'Ctrl+Enter'];

const isOn = (target: EventTarget | null, selector: string): boolean => target instanceof Element && target.closest(selector) !== null;

/** Listens before the page does; answers how to stop. */
export function listenToClicker(act: (deed: Deed) => void, takesLetters: () => boolean): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || document.querySelector('dialog[open]')) return;
    const name = keyName(event);
    const deed = KEYS[name];
    if (deed === undefined && !SILENT.includes(name)) return;
    if (/^(Shift\+)?[a-z]$/.test(name) && !takesLetters()) return;
    // What has the focus keeps the keys that are its own.
    if (isOn(event.target, 'select, input, textarea')) return;
    if (name === ' ' && isOn(event.target, 'button, a, summary')) return;
    if (name.startsWith('Arrow') && isOn(event.target, '[role="slider"]')) return;
    event.preventDefault();
    event.stopPropagation();
    if (deed !== undefined) act(deed);
  };
  addEventListener('keydown', onKey, { capture: true });
  return () => removeEventListener('keydown', onKey, { capture: true });
}
