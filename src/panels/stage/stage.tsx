// The stage: one figure at a time, in the level of detail that was chosen.
import { type ComponentType, type ReactNode, useEffect } from 'react';
import type { Level } from '../../engine/records.ts';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Session } from '../../session/session.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Segmented } from '../../widgets/segmented.tsx';
import { messages } from './messages.ts';
import css from './stage.module.css';

/** A figure of the stage, as a diagram's folder hands it over. */
interface Figure {
  readonly id: string;
  readonly title: { readonly en: string; readonly ko: string };
  readonly View: ComponentType<{ readonly session: Session }>;
}

interface StageProps {
  readonly figures: readonly Figure[];
  /** What stands in the bar besides the figures and the detail. */
  readonly tools?: ReactNode;
  /** What stands before the figure in the document: its objects, for the keyboard. */
  readonly children?: ReactNode;
}

export function Stage({ figures, tools, children }: StageProps) {
  const t = useText(messages);
  const session = useSession();
  const language = useLanguage();
  const tab = useSessionState((state) => state.tab);
  const level = useSessionState((state) => state.level);
  const phase = useSessionState((state) => state.phase);
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const figure = figures.find(({ id }) => id === tab) ?? figures[0];
  const shown = figure?.id;
  // On a phone the tabs are a strip that is longer than it is wide.
  useEffect(() => {
    // Some browsers answer with a promise: no clean-up of an effect.
    document.getElementById(`tab-${shown}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  const levels = (['story', 'api', 'all'] as const).map((value) => ({ value, text: t(value) }));
  return (
    <section className={css.stage} aria-label={t('stage')}>
      {!isFirstVisit && (
        <div className={css.bar}>
          <div role="tablist" aria-label={t('figures')} className={css.tabs}>
            {figures.map(({ id, title }, i) => (
              <button
                key={id}
                type="button"
                role="tab"
                id={`tab-${id}`}
                aria-selected={id === figure?.id}
                aria-controls="figure"
                className={css.tab}
                onClick={() => session.setTab(id)}
              >
                {title[language]} {figures.length > 1 && <kbd>{i + 1}</kbd>}
              </button>
            ))}
          </div>
          <div className={css.tools}>
            {tools}
            <Segmented<Level> label={t('detail')} value={level} choices={levels} onChoose={session.setLevel} />
          </div>
        </div>
      )}
      <div className={css.objects}>{children}</div>
      <div id="figure" className={css.figure} {...(!isFirstVisit && figure && { role: 'tabpanel', 'aria-labelledby': `tab-${figure.id}` })}>
        {figure && <figure.View session={session} />}
        {phase === 'opening' && !isFirstVisit && (
          <p className={css.opening} role="status">
            {t('opening')}
          </p>
        )}
      </div>
    </section>
  );
}
