// The transport: play, step, scrub and pace.
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { countBy } from '../../session/events.ts';
import { PACE_LIMIT, isAtEnd } from '../../session/state.ts';
import { useSession, useSessionState } from '../../session/use-session.ts';
import { Button } from '../../widgets/button.tsx';
import { FocusHeir } from '../../widgets/focus.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { messages } from './messages.ts';
import css from './transport.module.css';

export function Transport() {
  const t = useText(messages);
  const session = useSession();
  return (
    <section className={css.transport} aria-label={t('transport')}>
      <Buttons />
      <Pace />
      <Now />
      <Button className={css.list} look="bare" icon="list" label={t('list')} onClick={() => session.set({ dialog: 'events' })} />
    </section>
  );
}

/** All of it that changes with every frame. */
function Now() {
  const t = useText(messages);
  const language = useLanguage();
  const instant = useSessionState((state) => formatInstant(state.t, language));
  const counted = useSessionState((state) => {
    const shown = state.events.at(state.level);
    return t('eventOf', countBy(shown, state.step), shown.length);
  });
  return (
    <>
      <output className={css.now} data-testid="now" aria-live="off">
        {instant}
      </output>
      <span className={css.count}>{counted}</span>
    </>
  );
}

function Buttons() {
  const t = useText(messages);
  const session = useSession();
  const isPlaying = useSessionState((state) => state.playing);
  const isOver = useSessionState((state) => state.phase === 'ready' && isAtEnd(state));
  const isReady = useSessionState((state) => state.phase === 'ready');
  const play = isPlaying ? 'pause' : isOver ? 'replay' : 'play';
  return (
    <div className={css.buttons}>
      <Button className={css.edges} look="bare" icon="home" label={t('home')} disabled={!isReady} onClick={session.home} />
      <Button look="bare" icon="previous" label={t('previous')} disabled={!isReady} onClick={() => session.previous()} />
      <Button
        className={css.play}
        look="primary"
        icon={play}
        label={t(play)}
        disabled={!isReady}
        id="play"
        data-testid="play"
        onClick={() => session.toggle()}
      />
      <Button look="bare" icon="next" label={t('next')} disabled={!isReady} onClick={() => session.next()} />
      <Button className={css.edges} look="bare" icon="end" label={t('end')} disabled={!isReady} onClick={session.end} />
      {isOver && !isPlaying && (
        <FocusHeir heir="#play">
          <Button onClick={session.extend}>{t('extend')}</Button>
        </FocusHeir>
      )}
    </div>
  );
}

function Pace() {
  const t = useText(messages);
  const session = useSession();
  const pace = useSessionState((state) => state.pace);
  const factor = useSessionState((state) => state.factor);
  const paces = (['story', 'real'] as const).map((value) => ({ value, text: t(value) }));
  return (
    <div className={css.pace}>
      <Segmented
        label={t('pace')}
        value={pace === 'story' ? 'story' : 'real'}
        choices={paces}
        onChoose={(value) => session.setPace(value === 'story' ? 'story' : factor)}
      />
      {pace !== 'story' && (
        <>
          <input
            className={css.factor}
            type="range"
            min={0}
            max={100}
            value={Math.round((Math.log(pace) / Math.log(PACE_LIMIT)) * 100)}
            aria-label={t('factor')}
            aria-valuetext={`${pace}x`}
            onChange={(event) => session.setPace(PACE_LIMIT ** (Number(event.target.value) / 100))}
          />
          <span className={css.times}>{pace}x</span>
        </>
      )}
    </div>
  );
}
