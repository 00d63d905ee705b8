// Talks with the page around the figure: does what it asks, tells how it goes.
import { type RefObject, useEffect } from 'react';
import { countBy } from '../../session/events.ts';
import type { Session } from '../../session/session.ts';
import { wantedHeight } from './figure.tsx';
import type { Line, Wish } from './posts.ts';

/** `open` fetches the simulation, where a page asks for a place before it has come. */
export function useLine(line: Line, session: Session, stage: RefObject<HTMLElement | null>, open: () => void): void {
  useEffect(() => {
    let told = -1;
    let height = 0;
    let isReady = false;
    let waiting: Wish | undefined;
    const tellHeight = (isAsked: boolean): void => {
      const wanted = wantedHeight(stage.current);
      if (isAsked || wanted !== height) line.tell({ podscope: 'height', height: (height = wanted) });
    };
    const tell = (): void => {
      const { phase, events, step, t, until } = session.store.getState();
      if (phase !== 'ready') return;
      const all = events.at('story');
      if (!isReady) line.tell({ podscope: 'ready', until, events: all.length });
      isReady = true;
      const wish = waiting;
      waiting = undefined;
      if (wish) act(wish);
      const n = countBy(all, step);
      if (n === told) return;
      told = n;
      line.tell({ podscope: 'step', at: Math.floor(t), n, of: all.length });
      tellHeight(false);
    };
    const act = (wish: Wish): void => {
      if (wish.podscope === 'height') tellHeight(true);
      else if (session.store.getState().phase !== 'ready') {
        waiting = wish;
        open();
      } else if (wish.podscope === 'step') wish.by === 1 ? session.next('story') : session.previous('story');
      else {
        session.pause();
        session.seek({ t: wish.at });
      }
    };
    const stops = [line.listen(act), session.store.subscribe(tell)];
    const resized = new ResizeObserver(() => tellHeight(false));
    if (stage.current) resized.observe(stage.current);
    tell();
    return () => {
      for (const stop of stops) stop();
      resized.disconnect();
    };
  }, [line, session, stage, open]);
}
