// What an embedded figure and the page around it say to each other. The page is anybody's: what it says is checked, and nobody but the
// window that holds the figure is listened to or answered.
//   to the figure:   {podscope: 'seek', at: MS} · {podscope: 'step', by: 1 | -1} · {podscope: 'height'}
//   from the figure: {podscope: 'ready', until, events} · {podscope: 'step', at, n, of} · {podscope: 'height', height}
import * as v from 'valibot';

const wish = v.variant('podscope', [
  v.strictObject({ podscope: v.literal('seek'), at: v.pipe(v.number(), v.finite(), v.minValue(0)) }),
  v.strictObject({ podscope: v.literal('step'), by: v.picklist([1, -1]) }),
  v.strictObject({ podscope: v.literal('height') }),
]);

/** What a page may ask of the figure that it shows. */
export type Wish = v.InferOutput<typeof wish>;

/** What the figure tells the page. */
export type News =
  | { readonly podscope: 'ready'; readonly until: number; readonly events: number }
  | { readonly podscope: 'step'; readonly at: number; readonly n: number; readonly of: number }
  | { readonly podscope: 'height'; readonly height: number };

/** A message from a page, if it is one that is understood. */
export function readWish(data: unknown): Wish | undefined {
  const read = v.safeParse(wish, data);
  return read.success ? read.output : undefined;
}

/** The line between a figure and the page that holds it. */
export interface Line {
  tell(news: News): void;
  /** Listens; answers how to stop. */
  listen(act: (wish: Wish) => void): () => void;
}

type Ends = Pick<Window, 'parent' | 'addEventListener' | 'removeEventListener'>;

/** Opens the line; without a page around it nobody is told anything. */
export function openLine(page: Ends): Line {
  const { parent } = page;
  const isHeld = parent !== (page as unknown);
  return {
    tell(news) {
      // What is told is what the page itself put into the address: it may go to whoever holds the figure.
      if (isHeld) parent.postMessage(news, '*');
    },
    listen(act) {
      const onMessage = ({ source, data }: MessageEvent): void => {
        const asked = isHeld && source === parent ? readWish(data) : undefined;
        if (asked) act(asked);
      };
      page.addEventListener('message', onMessage);
      return () => page.removeEventListener('message', onMessage);
    },
  };
}
