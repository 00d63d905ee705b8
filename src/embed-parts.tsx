// An embedded figure, and what stands around it once its simulation runs: fetched together with it.
import { DIAGRAMS } from './diagrams/catalog.ts';
import { Figure } from './panels/embed/figure.tsx';
import { plain } from './session/sentences/index.ts';
import { useSentence } from './session/use-sentence.ts';
import { useSession, useSessionState } from './session/use-session.ts';
import { Timeline } from './panels/timeline/timeline.tsx';

export { Bug } from './panels/bug/bug.tsx';
export { Caption } from './panels/caption/caption.tsx';

/** The timeline; thin where it stands below a figure. */
export function Time() {
  const sentence = useSentence();
  const isAlone = useSessionState(({ tab }) => tab === 'timeline');
  return <Timeline session={useSession()} caption={plain(sentence ?? '')} isThin={!isAlone} />;
}

/** The figure that is asked for. */
export const EmbeddedFigure = () => <Figure figures={DIAGRAMS} timeline={<Time />} />;
