// The containers of a Pod in start order, pause first; the selected one opened.
import { memo, type ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { formatLength } from '../../i18n/time.ts';
import { useSession } from '../../session/use-session.ts';
import { STATE_ICONS } from '../../widgets/state-icons.ts';
import { toneClass } from '../../widgets/tone.tsx';
import css from './containers.module.css';
import type { Words } from './messages.ts';
import type { ContainerSight, PodSight, ProbeSight } from './scene.ts';

export const Containers = memo(function Containers({ sight, words }: { readonly sight: PodSight; readonly words: Words }): ReactNode {
  return (
    <section className={css.containers} aria-labelledby="inspector-containers">
      <h3 id="inspector-containers" className={css.title}>
        {words('containers')}
      </h3>
      <ol>
        {sight.containers.map((container) => (
          <Row key={`${container.kind}/${container.name}`} container={container} sight={sight} words={words} />
        ))}
      </ol>
    </section>
  );
});

interface RowProps {
  readonly container: ContainerSight;
  readonly sight: PodSight;
  readonly words: Words;
}

function Row({ container, sight, words }: RowProps): ReactNode {
  const session = useSession();
  const { name, kind, word, meaning, restarts, selection } = container;
  const isOpen = kind !== 'pause' && sight.selected === name;
  const Icon = STATE_ICONS[meaning];
  const line = (
    <>
      <Icon size={14} strokeWidth={2.6} aria-hidden className={css.icon} />
      <span>
        <span className={css.name}>{name}</span> <span className={css.kind}>{words(kind)}</span>
      </span>
      <span className={css.word}>
        {word}
        {restarts > 0 && <span className={css.restarts}>{words('restartsOf', restarts)}</span>}
      </span>
    </>
  );
  return (
    <li className={toneClass(css.row)} data-meaning={meaning} data-container={name} data-word={word}>
      {selection === undefined ? (
        <div className={css.line} title={words('pauseTells', container.message)}>
          {line}
        </div>
      ) : (
        <button type="button" className={css.line} aria-expanded={isOpen} onClick={() => session.select(isOpen ? sight.key : selection)}>
          {line}
        </button>
      )}
      {isOpen && <Details container={container} words={words} />}
    </li>
  );
}

function Details({ container: { image, exitCode, last, message, probes }, words }: Omit<RowProps, 'sight'>): ReactNode {
  return (
    <dl className={css.details} data-testid="container-details">
      <dt>{words('image')}</dt>
      <dd className={css.mono}>{image}</dd>
      {exitCode !== undefined && (
        <>
          <dt>{words('exitCode')}</dt>
          <dd>{exitCode}</dd>
        </>
      )}
      {last !== '' && (
        <>
          <dt>{words('lastState')}</dt>
          <dd>{last}</dd>
        </>
      )}
      {probes.length > 0 && (
        <>
          <dt>{words('probes')}</dt>
          <dd>
            {probes.map((probe) => (
              <Probe key={probe.kind} probe={probe} words={words} />
            ))}
          </dd>
        </>
      )}
      {message !== '' && <dd className={css.message}>{message}</dd>}
    </dl>
  );
}

function Probe({
  probe: { kind, action, everyMs, failureThreshold, last },
  words,
}: {
  readonly probe: ProbeSight;
  readonly words: Words;
}): ReactNode {
  const language = useLanguage();
  return (
    <p className={css.probe}>
      {words('probe', kind, action, formatLength(everyMs, language), failureThreshold)}
      {last && <strong> {last.ok ? words('probeOk', last.count) : words('probeFailed', last.count, last.threshold)}</strong>}
    </p>
  );
}
