// One container: its state, its processes, its cgroup, its probes, and the ports at which it hangs on the beam.
import { Hourglass, Zap } from 'lucide-react';
import { type CSSProperties, type ReactNode, useCallback } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import type { Language, Text } from '../../i18n/messages.ts';
import { formatLength } from '../../i18n/time.ts';
import { containerSelection } from '../../session/cursor.ts';
import type { Session } from '../../session/session.ts';
import { bytesText, coresText, movingLength } from '../../session/amounts.ts';
import type { ColumnMark } from './columns.ts';
import { CgroupBar } from './cgroup-bar.tsx';
import type { messages } from './messages.ts';
import { Moving } from './moving.tsx';
import styles from './column.module.css';
import { Probes } from './probe.tsx';
import type { PodScene } from './scene.ts';
import { Chip, toneClass } from '../../widgets/tone.tsx';

type Words = Text<(typeof messages)['en']>;

interface ColumnProps {
  readonly session: Session;
  readonly column: ColumnMark;
  readonly order: number;
  readonly pod: PodScene;
  readonly isSelected: boolean;
  readonly words: Words;
}

/** A container below the beam. */
export function Column({ session, column, order, pod, isSelected, words }: ColumnProps): ReactNode {
  const { cell } = column;
  const selection = containerSelection(pod.mark.key, cell.name);
  return (
    <section
      className={styles.column}
      style={{ '--column': order } as CSSProperties}
      aria-label={`${cell.name}: ${words(cell.kind)}, ${cell.word}`}
      data-select={selection}
      data-selected={isSelected || undefined}
      data-container={cell.name}
      data-kind={cell.kind}
      data-state={cell.word}
      data-meaning={cell.meaning}
      data-exit={cell.exitCode}
      data-restarts={cell.restarts}
    >
      <p className={styles.ports}>
        {column.ports.map(({ port, isListening, isDue }) => (
          <span key={port} className={styles.port} data-listening={isListening}>
            {isDue ? words(isListening ? 'listening' : 'notListening', port) : `:${port}`}
          </span>
        ))}
      </p>
      <div className={toneClass(styles.card)} data-meaning={cell.meaning} data-exists={column.exists}>
        <header className={styles.cardHead}>
          <h4>
            <button type="button" className={styles.name} aria-pressed={isSelected}>
              {cell.name}
            </button>
          </h4>
          <Chip meaning={cell.meaning} text={stateText(column, words)} />
          <span className={styles.line} />
          <p>
            {order}. {words(cell.kind)}
          </p>
          <Since session={session} column={column} words={words} />
        </header>
        <div className={styles.cardBody}>
          <div className={styles.inside}>
            <Waiting session={session} column={column} words={words} />
            <Processes column={column} sharesProcesses={pod.sharesProcesses} words={words} />
            <p className={styles.image}>
              {words('image')} <b>{column.image}</b>
            </p>
            {column.last && column.isRunning && (
              <p className={styles.last}>{words('lastExit', column.last.exitCode, column.last.reason)}</p>
            )}
            <Cgroup column={column} words={words} />
          </div>
          <Probes session={session} probes={column.probes} container={selection} isRunning={column.isRunning} words={words} />
        </div>
      </div>
    </section>
  );
}

function stateText({ cell, isRunning }: ColumnMark, words: Words): string {
  return cell.exitCode === undefined || isRunning || cell.word === 'Completed'
    ? cell.word
    : `${cell.word} · ${words('exit', cell.exitCode)}`;
}

/** How long it runs, or how long it ran, and how often it was started again. */
function Since({ session, column, words }: Omit<ColumnProps, 'order' | 'pod' | 'isSelected'>): ReactNode {
  const language = useLanguage();
  const { startedAt, finishedAt, isRunning, cell } = column;
  const running = useCallback(
    (t: number) => (startedAt === undefined ? '' : words('runningFor', movingLength(t - startedAt, language))),
    [startedAt, words, language],
  );
  const isOver = !isRunning && startedAt !== undefined && finishedAt !== undefined;
  return (
    <p className={styles.since}>
      {cell.restarts > 0 && <b>{words('restarts', cell.restarts)} · </b>}
      {isRunning && <Moving session={session} text={running} />}
      {isOver && overText(column, finishedAt - startedAt, words, language)}
    </p>
  );
}

/** `exit 0 · 2.1초 동안 실행`; the code stands in the chip already where it says more than Completed. */
function overText({ cell }: ColumnMark, ms: number, words: Words, language: Language): string {
  const ran = words('ranFor', ms < 1000 ? formatLength(Math.max(1, ms), language) : movingLength(ms, language));
  return cell.word === 'Completed' && cell.exitCode !== undefined ? `${words('exit', cell.exitCode)} · ${ran}` : ran;
}

/** Why it does not run, in Kubernetes' own text, and the countdown of its back-off. */
function Waiting({ session, column, words }: Omit<ColumnProps, 'order' | 'pod' | 'isSelected'>): ReactNode {
  const language = useLanguage();
  const { backOff, message } = column;
  const until = backOff?.until;
  const left = useCallback(
    (t: number) =>
      until === undefined ? '' : until > t ? `${words('backOffIn')} ${movingLength(until - t, language)}` : words('backOffNow'),
    [until, words, language],
  );
  if (backOff === undefined && message === '') return null;
  return (
    <div className={styles.waiting}>
      {backOff && (
        <p className={styles.backOff}>
          <Hourglass size={14} aria-hidden />
          <span>
            <Moving session={session} className={styles.countdown} text={left} />
            <small>{words('backOffOf', `${backOff.delayMs / 1000}s`)}</small>
          </span>
        </p>
      )}
      {message !== '' && <p className={styles.verbatim}>{message}</p>}
    </div>
  );
}

interface ProcessesProps {
  readonly column: ColumnMark;
  readonly sharesProcesses: boolean;
  readonly words: Words;
}

function Processes({ column, sharesProcesses, words }: ProcessesProps): ReactNode {
  if (!column.exists || column.processes.length === 0)
    return <p className={styles.noProcess}>{words(column.exists ? 'noProcess' : 'toCome')}</p>;
  return (
    <div className={styles.processes}>
      <p>{words(sharesProcesses ? 'pidOfPod' : 'pidOwn')}</p>
      <ul>
        {column.processes.map(({ pid, command, state }) => (
          <li key={pid} data-process={state}>
            <b>{pid}</b>
            <span>{command}</span>
            {state === 'busy' && <em>{words('busy')}</em>}
          </li>
        ))}
      </ul>
      {column.app !== undefined && (
        <p className={styles.ill} data-app={column.app}>
          <Zap size={13} aria-hidden /> {words(column.app)}
        </p>
      )}
    </div>
  );
}

function Cgroup({ column, words }: { readonly column: ColumnMark; readonly words: Words }): ReactNode {
  const use = column.isRunning ? column.memory.use : undefined;
  if ([column.cpu, column.memory].every(({ request, limit }) => request === undefined && limit === undefined))
    return (
      <p className={styles.free}>
        <b>
          {words('cpu')}, {words('memory')}
        </b>{' '}
        {words('noAllowance')}
        {use !== undefined && ` · ${words('use', bytesText(use))}`}
      </p>
    );
  return (
    <div className={styles.cgroup}>
      <CgroupBar name={words('cpu')} allowance={column.cpu} use={undefined} print={coresText} words={words} />
      <CgroupBar name={words('memory')} allowance={column.memory} use={use} print={bytesText} words={words} />
    </div>
  );
}
