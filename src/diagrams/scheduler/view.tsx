// The scheduler's matrix: one table for each attempt, the newest first, each with how it ended and what its event says.
import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { nodeOfSelection } from '../../session/cursor.ts';
import { useSelecting } from '../../session/selecting.ts';
import type { Session } from '../../session/session.ts';
import { AttemptTable, type Chosen, type Words } from './attempt-table.tsx';
import { type AttemptIndex, createAttemptIndex } from './attempts.ts';
import { Explanation } from './explanation.tsx';
import type { Outcome } from './matrix.ts';
import { messages } from './messages.ts';
import { type Attempt, type MatrixCache, type Scene, sceneAt } from './scene.ts';
import styles from './scheduler.module.css';

const isSame = (a: Chosen, b: Chosen): boolean =>
  a.attempt === b.attempt && a.node === b.node && a.plugin === b.plugin && a.part === b.part;

/** So many of the newest attempts are open. */
const OPEN = 2;

export default function SchedulerMatrix({ session }: { readonly session: Session }): ReactNode {
  const words = useText(messages);
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const selection = useStore(session.store, (state) => state.selection);
  const picked = useStore(session.store, (state) => state.picked);
  const selecting = useSelecting(session);
  const [showsAll, setShowsAll] = useState(false);
  const [chosen, setChosen] = useState<Chosen>();
  const { index, made } = useMemo(() => ({ index: createAttemptIndex(trace), made: new Map() as MatrixCache }), [trace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const scene = useMemo(() => sceneAt(trace, step, selection, index, made), [trace, version, step, selection, index, made]);
  const choose = useMemo(() => (next: Chosen) => setChosen((now) => (now && isSame(now, next) ? undefined : next)), []);
  return (
    <section className={styles.figure} aria-label={words('figure')} data-pod={scene.pod} {...selecting}>
      <header className={styles.head}>
        <PodChooser scene={scene} words={words} onChoose={session.select} />
        <Asks scene={scene} words={words} />
        {scene.attempts.length > 0 && (
          <button type="button" className={styles.toggle} aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {words('allPlugins')}
          </button>
        )}
      </header>
      {scene.attempts.length === 0 ? (
        <p className={styles.empty}>{emptyText(scene, words)}</p>
      ) : (
        <>
          <Legend words={words} />
          {scene.attempts.map((attempt, i) => (
            <AttemptFigure
              key={attempt.id}
              attempt={attempt}
              pod={scene.pod ?? ''}
              isOpen={i < OPEN || attempt.id === picked}
              isPicked={attempt.id === picked}
              node={nodeOfSelection(selection)}
              showsAll={showsAll}
              chosen={chosen?.attempt === attempt.id ? chosen : undefined}
              onChoose={choose}
              trace={trace}
              index={index}
              words={words}
            />
          ))}
        </>
      )}
    </section>
  );
}

function emptyText({ pod, placedWithout, queue }: Scene, words: Words): string {
  if (pod === undefined) return words('noPod');
  return placedWithout === undefined ? words('notTried', queue ?? '') : words('withoutScheduler', placedWithout);
}

interface HeadProps {
  readonly scene: Scene;
  readonly words: Words;
}

function PodChooser({ scene, words, onChoose }: HeadProps & { readonly onChoose: (key: string) => void }): ReactNode {
  if (scene.pod === undefined) return null;
  if (scene.others.length < 2) return <h2 className={styles.name}>{scene.name}</h2>;
  return (
    <label className={styles.chooser}>
      <h2 className="sr-only">{words('pod')}</h2>
      <select value={scene.pod} onChange={(event) => onChoose(event.target.value)}>
        {scene.others.map((key) => (
          <option key={key} value={key}>
            {key.slice('/registry/pods/'.length).replace(/^default\//, '')}
          </option>
        ))}
      </select>
    </label>
  );
}

function Asks({ scene: { pod, asks }, words }: HeadProps): ReactNode {
  if (pod === undefined) return null;
  if (asks.length === 0) return <span className={styles.hint}>{words('asksNothing')}</span>;
  return (
    <>
      <span className={styles.hint}>{words('asksFor')}</span>
      <ul className={styles.asks}>
        {asks.map(({ field, value }) => (
          <li key={field + value} className={styles.ask}>
            {field} {value}
          </li>
        ))}
      </ul>
    </>
  );
}

function Legend({ words }: { readonly words: Words }): ReactNode {
  return (
    <ul className={styles.legend} aria-hidden>
      {(['pass', 'reject', 'unasked', 'nothing'] as const).map((verdict) => (
        <li key={verdict}>
          <span className={styles.swatch} data-verdict={verdict} />
          {words(verdict)}
        </li>
      ))}
    </ul>
  );
}

interface AttemptProps {
  readonly attempt: Attempt;
  readonly pod: string;
  readonly isOpen: boolean;
  readonly isPicked: boolean;
  /** The selected node. */
  readonly node: string | undefined;
  readonly showsAll: boolean;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
  readonly trace: Parameters<typeof sceneAt>[0];
  readonly index: AttemptIndex;
  readonly words: Words;
}

function AttemptFigure({ attempt, pod, isOpen, isPicked, node, showsAll, chosen, onChoose, trace, index, words }: AttemptProps): ReactNode {
  const language = useLanguage();
  const { outcome } = attempt;
  return (
    <details
      open={isOpen}
      className={styles.attempt}
      data-attempt={attempt.number}
      data-outcome={outcome.kind}
      data-picked={isPicked || undefined}
    >
      <summary data-pick={attempt.id}>
        <b>{words('attempt', attempt.number)}</b> {words('at', formatInstant(attempt.at, language))}{' '}
        <span className={styles.verb} data-outcome={outcome.kind}>
          {outcome.kind === 'nowhere' ? words('failed') : words('chose', outcome.node)}
        </span>
        {attempt.isOfEarlierPod && <span className={styles.hint}> {words('earlierPod')}</span>}
        {attempt.moves.length > 0 && (
          <span className={styles.moves}>
            {words('came')} {attempt.moves.map(({ queue, at }) => `${queue} (${formatInstant(at, language)})`).join(' → ')}
          </span>
        )}
      </summary>
      <section className={styles.scroll} aria-label={words('attempt', attempt.number)}>
        <AttemptTable matrix={attempt} words={words} showsAll={showsAll} node={node} chosen={chosen} onChoose={onChoose} />
      </section>
      <OutcomeText outcome={outcome} words={words} />
      {attempt.hidden > 0 && <p className={styles.note}>{words('hidden', attempt.hidden)}</p>}
      {attempt.notLooked > 0 && <p className={styles.note}>{words('notLooked', attempt.notLooked)}</p>}
      {chosen && <Explanation chosen={chosen} attempt={attempt} pod={pod} trace={trace} index={index} words={words} />}
      {outcome.kind === 'nowhere' && <EventText attempt={attempt} words={words} />}
      {attempt.preemption && (
        <div className={styles.box}>
          <h3>{words('preemption')}</h3>
          <p>{words(attempt.preemption.victims.length > 0 ? 'preempted' : 'noVictims', attempt.preemption.node)}</p>
          <ul className={styles.victims}>
            {attempt.preemption.victims.map((victim) => (
              <li key={victim}>{victim}</li>
            ))}
          </ul>
        </div>
      )}
    </details>
  );
}

function OutcomeText({ outcome, words }: { readonly outcome: Outcome; readonly words: Words }): ReactNode {
  switch (outcome.kind) {
    case 'nowhere':
      return <p className={styles.outcome}>{words('nowhere')}</p>;
    case 'alone':
      return <p className={styles.outcome}>{words('alone', outcome.node)}</p>;
    case 'drawn':
      return <p className={styles.outcome}>{words('drawnAmong', outcome.among.length, outcome.total, outcome.node)}</p>;
    case 'best':
      return (
        <p className={styles.outcome}>
          {words('best', outcome.node, outcome.total, outcome.second, outcome.secondTotal)}{' '}
          {outcome.because.map(({ plugin, by }) => (
            <span key={plugin} className={styles.because}>
              {plugin} {by > 0 ? `+${by}` : `−${-by}`}
            </span>
          ))}
        </p>
      );
  }
}

function EventText({ attempt, words }: { readonly attempt: Attempt; readonly words: Words }): ReactNode {
  return (
    <div className={styles.box}>
      <h3>{words('text')}</h3>
      <p className={styles.message}>
        {attempt.text.parts.map(({ text, letter }) =>
          letter === undefined ? (
            text
          ) : (
            <span key={letter} className={styles.reason}>
              <b className={styles.letter}>{letter}</b>
              {text}
            </span>
          ),
        )}
      </p>
      <p className={styles.hint}>{words('textHint')}</p>
    </div>
  );
}
