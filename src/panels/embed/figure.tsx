// The figure that is asked for, made smaller where its place is small.
import { type ComponentType, type ReactNode, Suspense, useRef } from 'react';
import type { Session } from '../../session/session.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { useFit } from '../../widgets/fit.ts';
import css from './embed.module.css';

/** A figure of the stage. */
interface EmbeddableFigure {
  readonly id: string;
  readonly room?: { readonly width: number; readonly height: number };
  readonly View: ComponentType<{ readonly session: Session }>;
}

/** The view that is no figure of the stage. */
export const TIMELINE = 'timeline';
const TIMELINE_HEIGHT = 160;
/** A figure's height where it does not say how much it needs, and until it has come. */
const HEIGHT = 420;
/** Smaller than this a figure is not drawn: then it rather scrolls. */
const LEAST_SCALE = 0.7;

interface FigureProps {
  readonly figures: readonly EmbeddableFigure[];
  readonly timeline: ReactNode;
}

export function Figure({ figures, timeline }: FigureProps): ReactNode {
  const session = useSession();
  const tab = useSessionState((state) => state.tab);
  const figure = tab === TIMELINE ? undefined : (figures.find(({ id }) => id === tab) ?? figures[0]);
  const height = figure ? (figure.room?.height ?? HEIGHT) : TIMELINE_HEIGHT;
  const frame = useRef<HTMLDivElement>(null);
  useFit(frame, { height, least: LEAST_SCALE, most: 1 }, tab);
  return (
    <div ref={frame} className={css.figure} data-audience data-room={height}>
      <Suspense fallback={null}>{figure ? <figure.View session={session} /> : timeline}</Suspense>
    </div>
  );
}

/** The height in which nothing has to be made smaller: by the figure alone, so that whoever follows it does not run in circles. */
export function wantedHeight(stage: HTMLElement | null): number {
  const room = Number(stage?.querySelector<HTMLElement>('[data-room]')?.dataset.room ?? HEIGHT);
  return Math.ceil(innerHeight - (stage?.clientHeight ?? 0) + room);
}
