// Pod phase and container states side by side, and between them how kubectl makes one word of both.
import { Fragment, type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import { formatInstant } from '../../i18n/time.ts';
import { containerOfSelection, containerSelection } from '../../session/cursor.ts';
import { useSelecting } from '../../session/selecting.ts';
import type { Session } from '../../session/session.ts';
import type { Explained, Rule, RuleStep } from '../../session/explain-status.ts';
import { CONTAINER, PHASE } from './layout.ts';
import { type Line, MachineFigure } from './machine-figure.tsx';
import { messages } from './messages.ts';
import { CONTAINER_WAYS, type ContainerFigure, type Meaning, PHASE_WAYS, type Scene, sceneAt, type Walked, type Way } from './scene.ts';
import styles from './states.module.css';

type Words = Text<(typeof messages)['en']>;

const PHASE_MEANINGS: Readonly<Record<string, Meaning>> = {
  Pending: 'waiting',
  Running: 'working',
  Succeeded: 'finished',
  Failed: 'failed',
};
/** Reasons that everybody meets, shown dim until they are. */
const USUAL = { waiting: ['ContainerCreating', 'ImagePullBackOff', 'CrashLoopBackOff'], terminated: ['Completed', 'Error', 'OOMKilled'] };
const ROOM = { waiting: 4, terminated: 3 };

export default function StateFigures({ session }: { readonly session: Session }): ReactNode {
  const words = useText(messages);
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const selection = useStore(session.store, (state) => state.selection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const scene = useMemo(() => sceneAt(trace, step, selection), [trace, version, step, selection]);
  const selecting = useSelecting(session);
  const name = containerOfSelection(selection);
  const told = name ?? mostChanged(scene.containers);
  // Beside the phase stands the selected container's machine, else the first one's.
  const first = scene.containers.find((container) => container.name === name) ?? scene.containers[0];
  const rest = scene.containers.filter((container) => container !== first);
  const card = (container: ContainerFigure): ReactNode => (
    <ContainerCard
      key={container.name}
      container={container}
      selection={containerSelection(scene.pod ?? '', container.name)}
      isSelected={container.name === name}
      isTold={container.name === told}
      words={words}
    />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and may hold nothing to focus: the keyboard must be able to scroll it
    <section className={styles.figure} aria-label={words('figure')} data-pod={scene.pod} tabIndex={0} {...selecting}>
      {scene.pod === undefined ? (
        <p className={styles.empty}>{words('noPod')}</p>
      ) : (
        <>
          <Head scene={scene} words={words} onChoose={session.select} />
          <div className={styles.grid}>
            <PhaseCard phase={scene.phase} words={words} />
            {first && card(first)}
            {scene.status && <StatusBox explained={scene.status} phase={scene.phase.now ?? ''} words={words} />}
            {rest.map(card)}
          </div>
        </>
      )}
    </section>
  );
}

interface HeadProps {
  readonly scene: Scene;
  readonly words: Words;
  readonly onChoose: (key: string) => void;
}

function Head({ scene: { pod, name, others, seen, all, phase }, words, onChoose }: HeadProps): ReactNode {
  return (
    <header className={styles.head}>
      {others.length < 2 ? (
        <h2 className={styles.name}>{name}</h2>
      ) : (
        <label className={styles.chooser}>
          <h2 className="sr-only">{words('pod')}</h2>
          <select value={pod} onChange={(event) => onChoose(event.target.value)}>
            {others.map((key) => (
              <option key={key} value={key}>
                {key.slice('/registry/pods/'.length).replace(/^default\//, '')}
              </option>
            ))}
          </select>
        </label>
      )}
      {phase.now === undefined && <span className={styles.hint}>{words('gone')}</span>}
      <p className={styles.seenCount} data-seen={seen}>
        {words('seen', seen, all)}
        <span className={styles.progress} aria-hidden>
          <span style={{ width: `${(seen / all) * 100}%` }} />
        </span>
      </p>
    </header>
  );
}

const NO_LINES: readonly Line[] = [];

function PhaseCard({ phase, words }: { readonly phase: Walked; readonly words: Words }): ReactNode {
  const lines = useMemo(() => {
    const unknown = [{ text: words('unknown'), isSeen: false, isNow: false }];
    return (state: string) => (state === 'Unknown' ? unknown : NO_LINES);
  }, [words]);
  return (
    <figure className={styles.card} data-machine="phase">
      <figcaption>
        <h3>{words('phase')}</h3>
        <p className={styles.hint}>{words('phaseHint')}</p>
      </figcaption>
      <MachineFigure
        machine={PHASE}
        walked={phase}
        label={labelOf(words('phase'), phase, words)}
        meaning={PHASE_MEANINGS[phase.now ?? ''] ?? 'waiting'}
        lines={lines}
        end={words('end')}
      />
      <Others walked={phase} known={PHASE_WAYS} words={words} />
      <p className={styles.hint}>{words('between')}</p>
    </figure>
  );
}

/** The container of which there is most to tell. */
function mostChanged(containers: readonly ContainerFigure[]): string | undefined {
  const changes = ({ counts }: ContainerFigure): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
  return containers.reduce<ContainerFigure | undefined>((most, next) => (most && changes(most) >= changes(next) ? most : next), undefined)
    ?.name;
}

interface ContainerCardProps {
  readonly container: ContainerFigure;
  readonly selection: string;
  readonly isSelected: boolean;
  /** Before an audience only one container is shown: this one. */
  readonly isTold: boolean;
  readonly words: Words;
}

function ContainerCard({ container, selection, isSelected, isTold, words }: ContainerCardProps): ReactNode {
  const lines = useMemo(() => (state: string) => linesOf(container, state), [container]);
  return (
    <figure
      className={styles.card}
      data-machine="container"
      data-container={container.name}
      data-select={selection}
      data-selected={isSelected || undefined}
      data-told={isTold || undefined}
    >
      <figcaption>
        <h3>
          <button type="button" className={styles.containerName} aria-pressed={isSelected}>
            {container.name}
          </button>{' '}
          <span className={styles.hint}>{words(container.kind)}</span>
          {container.restarts > 0 && <span className={styles.hint}> · {words('restarts', container.restarts)}</span>}
        </h3>
        <p className={styles.hint}>{container.counts.size === 0 ? words('notYet') : words('containerHint')}</p>
      </figcaption>
      <MachineFigure
        machine={CONTAINER}
        walked={container}
        label={labelOf(container.name, container, words)}
        meaning={container.meaning}
        lines={lines}
        end=""
      />
      <Others walked={container} known={CONTAINER_WAYS} words={words} />
    </figure>
  );
}

/** The reasons in a state's box: those that were seen, then usual ones while there is room. */
function linesOf(container: ContainerFigure, state: string): readonly Line[] {
  if (state !== 'waiting' && state !== 'terminated') return NO_LINES;
  const counts = container[state];
  const isNow = (reason: string): boolean => container.now === state && container.detail.startsWith(reason);
  const seen = [...counts].map(([reason, count]) => ({
    text: count > 1 ? `${reason} ×${count}` : reason,
    isSeen: true,
    isNow: isNow(reason),
  }));
  const usual = USUAL[state].filter((reason) => !counts.has(reason)).map((text) => ({ text, isSeen: false, isNow: false }));
  const room = ROOM[state];
  // With more than there is room for, what is now stays.
  const shown =
    seen.length <= room ? seen : [...seen.slice(0, room - 1), seen.find((line) => line.isNow) ?? seen.at(-1)].flatMap((line) => line ?? []);
  return [...shown, ...usual].slice(0, room);
}

const wayText = (way: Way): string => way.replace('>', ' → ').trim();

/** Ways that were gone although the figure does not draw them. */
function Others({ walked, known, words }: { readonly walked: Walked; readonly known: readonly Way[]; readonly words: Words }): ReactNode {
  const language = useLanguage();
  const others = [...walked.counts].filter(([way]) => !known.includes(way));
  return (
    <p className={styles.hint}>
      {walked.lastAt !== undefined && words('lastAt', formatInstant(walked.lastAt, language))}
      {others.length > 0 && ` · ${words('other')} ${others.map(([way, count]) => `${wayText(way)} ${words('times', count)}`).join(', ')}`}
    </p>
  );
}

function labelOf(name: string, { counts, now }: Walked, words: Words): string {
  const ways = [...counts].map(([way, count]) => `${wayText(way)} ${words('times', count)}`).join(', ');
  return words('figureLabel', name, now ?? words('none'), ways === '' ? words('none') : ways);
}

function StatusBox({
  explained,
  phase,
  words,
}: {
  readonly explained: Explained;
  readonly phase: string;
  readonly words: Words;
}): ReactNode {
  return (
    <section className={styles.box} data-status={explained.status} data-rule={explained.made.rule}>
      <h3>{words('boxTitle')}</h3>
      <p className={styles.statusLine}>
        STATUS <b className={styles.status}>{explained.status}</b>
      </p>
      <p>{explained.status === phase ? words('isPhase') : words('notPhase', explained.status, phase)}</p>
      <p className={styles.hint}>{words('boxHint')}</p>
      <ol className={styles.rules}>
        {explained.steps.map((step, i) => (
          // The steps are a list read anew each time: the place is the identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <RuleFigure key={i} step={step} isMaker={step === explained.made} words={words} />
        ))}
      </ol>
    </section>
  );
}

const textKey = (rule: Rule): Exclude<Rule, 'phase'> | 'rulePhase' => (rule === 'phase' ? 'rulePhase' : rule);

function RuleFigure({ step, isMaker, words }: { readonly step: RuleStep; readonly isMaker: boolean; readonly words: Words }): ReactNode {
  return (
    <li className={styles.rule} data-maker={isMaker || undefined} data-set={step.isSet || undefined}>
      <p>{words(textKey(step.rule))}</p>
      <ul className={styles.fields}>
        {step.fields.map(({ path, value }) => (
          <li key={path}>
            <Path path={path} /> <b>{value}</b>
          </li>
        ))}
      </ul>
      <p className={styles.value}>{step.isSet ? `→ ${step.value}` : words('kept')}</p>
    </li>
  );
}

/** A path that breaks after its dots. */
function Path({ path }: { readonly path: string }): ReactNode {
  return path.split(/(?<=\.)/).map((part, i) => (
    <Fragment key={part + String(i)}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
