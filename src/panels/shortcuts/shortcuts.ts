// The keys of the page. They rest while somebody types, composes a syllable or answers a dialog.
import type { Session } from '../../session/session.ts';
import { keyName } from '../../widgets/key-name.ts';

/** Simulated time that J and L jump. */
const JUMP_MS = 10_000;
const SLOWER = 0.5;
const FASTER = 2;

/** What a key stands for. */
interface KeyWorld {
  readonly session: Session;
  readonly tabs: readonly string[];
  /** The first visit: Space creates the Pod. */
  readonly create: () => void;
  readonly focusEditor: () => void;
  readonly focusTerminal: () => void;
  readonly openBreak: () => void;
  /** Asks why the current event happened. */
  readonly askWhy: () => void;
  readonly focusObjects: () => void;
}

type KeyAct = (world: KeyWorld) => void;

const jump =
  (ms: number): KeyAct =>
  ({ session }) => {
    session.pause();
    session.seek({ t: session.store.getState().t + ms });
  };
const pace =
  (by: number): KeyAct =>
  ({ session }) => {
    const { pace: now } = session.store.getState();
    // From the story on, faster means real time; slower than real time is the story again.
    if (now === 'story') session.setPace(by > 1 ? 1 : 'story');
    else session.setPace(now * by < 1 ? 'story' : now * by);
  };

const KEYS: Readonly<Record<string, KeyAct>> = {
  ' ': ({ session, create }) => {
    if (session.store.getState().isFirstVisit) create();
    else session.toggle();
  },
  ArrowRight: ({ session }) => session.next(),
  ArrowLeft: ({ session }) => session.previous(),
  'Shift+ArrowRight': ({ session }) => session.next('story'),
  'Shift+ArrowLeft': ({ session }) => session.previous('story'),
  Home: ({ session }) => session.home(),
  End: ({ session }) => session.end(),
  j: jump(-JUMP_MS),
  l: jump(JUMP_MS),
  '[': pace(SLOWER),
  ']': pace(FASTER),
  e: ({ focusEditor }) => focusEditor(),
  '`': ({ focusTerminal }) => focusTerminal(),
  o: ({ focusObjects }) => focusObjects(),
  x: ({ openBreak }) => openBreak(),
  w: ({ askWhy }) => askWhy(),
  v: ({ session }) => session.set({ dialog: 'events' }),
  Escape: ({ session }) => session.select(undefined),
  '?': ({ session }) => session.set({ dialog: 'help' }),
  'Shift+p': ({ session }) => {
    if (!session.store.getState().isFirstVisit) session.set({ mode: 'present' });
  },
  'Ctrl+Enter': ({ session }) => session.apply('apply'),
  'Ctrl+s': ({ session }) => session.set({ dialog: 'share' }),
};

/** Keys that work while somebody types as well. */
const ALWAYS: readonly string[] = ['Ctrl+Enter', 'Ctrl+s'];

const hasSelection = ({ store }: Session): boolean => store.getState().selection !== undefined || store.getState().picked !== undefined;
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, .monaco-editor') !== null);
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, summary, [role="slider"]') !== null;

/** Listens for keys; answers how to stop. */
export function listenToKeys(world: KeyWorld): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    const name = keyName(event);
    const digit = /^[1-9]$/.test(name) ? world.tabs[Number(name) - 1] : undefined;
    const act = digit === undefined ? KEYS[name] : ({ session }: KeyWorld) => session.setTab(digit);
    if (!act || document.querySelector('dialog[open]')) return;
    if (/^(Shift\+)?[^ ]$/.test(name) && !world.session.store.getState().letterKeys) return;
    if (isTyping(event.target) && !ALWAYS.includes(name)) return;
    // A focused button is pressed by Space; arrows on the timeline are its own.
    if (isPressable(event.target) && name === ' ') return;
    // Monaco has its own Ctrl+Enter.
    if (name === 'Ctrl+Enter' && event.target instanceof HTMLElement && event.target.closest('.monaco-editor')) return;
    // Escape is left to whoever else listens where there is nothing to clear.
    if (name === 'Escape' && !hasSelection(world.session)) return;
    event.preventDefault();
    act(world);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
