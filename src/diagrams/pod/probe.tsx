// A probe: circles up to the number that decides, the last answer, the next time, and the strip of earlier answers.
import { Activity, Check, X } from 'lucide-react';
import { type CSSProperties, type ReactNode, useCallback } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import type { Meaning } from '../../session/pod-marks.ts';
import type { Session } from '../../session/session.ts';
import { movingLength, secondsText } from '../../session/amounts.ts';
import { useSessionState } from '../../session/use-session.ts';
import type { messages } from './messages.ts';
import { Moving } from './moving.tsx';
import styles from './probe.module.css';
import { toneClass } from '../../widgets/tone.tsx';
import type { AnswerTick, ProbeMark } from './probes.ts';

type Words = Text<(typeof messages)['en']>;

interface ProbeProps {
  readonly session: Session;
  /** The selection of its container. */
  readonly container: string;
  readonly probe: ProbeMark;
  readonly isRunning: boolean;
  readonly words: Words;
}

/** More circles than this are said in numbers alone. */
const CIRCLES = 5;

interface ProbesProps extends Omit<ProbeProps, 'probe'> {
  readonly probes: readonly ProbeMark[];
}

/** The probes of a container, side by side where there is room. */
export function Probes({ session, container, probes, isRunning, words }: ProbesProps): ReactNode {
  if (probes.length === 0) return null;
  return (
    <div className={styles.probes} style={{ '--probes': Math.min(2, probes.length) } as CSSProperties}>
      {probes.map((probe) => (
        <Probe key={probe.kind} session={session} container={container} probe={probe} isRunning={isRunning} words={words} />
      ))}
    </div>
  );
}

function Probe({ session, container, probe, isRunning, words }: ProbeProps): ReactNode {
  const { answer } = probe;
  const picked = useSessionState((state) => state.picked);
  const language = useLanguage();
  const isFailing = answer?.ok === false;
  const meaning: Meaning = probe.waitsFor !== undefined || answer === undefined ? 'waiting' : isFailing ? 'failed' : 'ready';
  return (
    <section
      className={toneClass(styles.probe)}
      data-probe={probe.kind}
      data-meaning={meaning}
      data-count={answer?.count}
      data-select={container}
      data-pick={answer?.record}
      data-picked={(answer?.record !== undefined && answer.record === picked) || undefined}
      aria-label={words(probe.kind)}
    >
      <h5>
        <Activity size={14} aria-hidden />
        <button type="button" className={styles.name}>
          {words(probe.kind)}
        </button>
      </h5>
      <p className={styles.probeAction}>
        {probe.action}
        <span>{words('every', secondsText(probe.periodMs, language))}</span>
      </p>
      <Circles session={session} probe={probe} />
      <p className={styles.verdict}>{verdictText(probe, words)}</p>
      <Next session={session} probe={probe} words={words} />
      {isFailing && isRunning && probe.kind !== 'startup' && <p className={styles.aside}>{words('stillRunning')}</p>}
      {answer && answer.output !== '' && !answer.ok && <p className={styles.verbatim}>{answer.output}</p>}
      {probe.ticks.length > 1 && <Ticks ticks={probe.ticks} label={words('ticks')} />}
    </section>
  );
}

function verdictText({ answer, failureThreshold, successThreshold, waitsFor }: ProbeMark, words: Words): string {
  if (waitsFor === 'container') return words('waitsForContainer');
  if (waitsFor === 'startup') return words('waitsForStartup');
  if (answer === undefined) return words('notAsked', failureThreshold);
  if (!answer.ok) return words('failedOf', Math.min(answer.count, answer.threshold), answer.threshold);
  return successThreshold > 1 ? words('succeededOf', Math.min(answer.count, successThreshold), successThreshold) : words('succeeded');
}

/** The answers in a row that have been given, and a dashed one for the next. */
function Circles({ session, probe }: Pick<ProbeProps, 'session' | 'probe'>): ReactNode {
  const { answer, waitsFor } = probe;
  const threshold = answer?.ok === true ? probe.successThreshold : probe.failureThreshold;
  const nextAt = waitsFor === undefined ? answer?.nextAt : undefined;
  const left = useCallback(
    (t: number) => (nextAt === undefined ? '' : (Math.max(0, Math.floor((nextAt - t) / 100)) / 10).toFixed(1)),
    [nextAt],
  );
  if (threshold > CIRCLES) return null;
  const given = Math.min(answer?.count ?? 0, threshold);
  const Icon = answer?.ok === true ? Check : X;
  // A probe that succeeds goes on asking: its next answer has a circle of its own.
  const total = answer?.ok === true && given === threshold && nextAt !== undefined ? threshold + 1 : threshold;
  return (
    <p className={styles.circles} aria-hidden>
      {Array.from({ length: total }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the circles are their numbers
        <span key={i} className={styles.circle} data-given={i < given} data-ok={answer?.ok}>
          {i < given ? (
            <Icon size={15} strokeWidth={3} />
          ) : i === given && nextAt !== undefined ? (
            <Moving session={session} text={left} />
          ) : null}
        </span>
      ))}
    </p>
  );
}

function Next({ session, probe, words }: Omit<ProbeProps, 'isRunning' | 'container'>): ReactNode {
  const language = useLanguage();
  const { answer, waitsFor, delayMs, kind, timeoutMs } = probe;
  const nextAt = answer?.nextAt;
  const text = useCallback(
    (t: number) => {
      if (nextAt === undefined) return '';
      if (nextAt > t) return words('nextIn', movingLength(nextAt - t, language));
      return words(t > nextAt + timeoutMs + 1000 ? 'noNews' : 'nextNow');
    },
    [nextAt, timeoutMs, words, language],
  );
  if (waitsFor !== undefined) return null;
  if (answer === undefined)
    return delayMs === 0 ? null : <p className={styles.next}>{words('firstAfter', secondsText(delayMs, language))}</p>;
  const isDecidedFailure = !answer.ok && answer.count >= answer.threshold;
  return (
    <p className={styles.next}>
      {answer.nextAt === undefined
        ? words(answer.ok ? 'startupOver' : 'restartsNow')
        : isDecidedFailure && kind === 'readiness' && `${words('unreadyNow')} · `}
      {answer.nextAt !== undefined && <Moving session={session} text={text} />}
    </p>
  );
}

const STEP = 10;

/** Earlier answers in order: up succeeded, down failed; a dashed line where the container was started again. */
function Ticks({ ticks, label }: { readonly ticks: readonly AnswerTick[]; readonly label: string }): ReactNode {
  const width = ticks.length * STEP + 8;
  const firstNew = ticks.findIndex(({ isOld }) => !isOld);
  const restartAt = firstNew > 0 ? 4 + firstNew * STEP : firstNew < 0 ? width - 3 : undefined;
  return (
    <svg className={styles.ticks} width={width} height={30} viewBox={`0 0 ${width} 30`} role="img" aria-label={label}>
      <title>{label}</title>
      <path d={`M0,15 H${width}`} className={styles.axis} />
      {restartAt !== undefined && <path d={`M${restartAt},2 v26`} className={styles.restart} />}
      {ticks.map(({ at, ok, isOld }, i) => (
        <path key={at} d={`M${9 + i * STEP},15 v${ok ? -11 : 11}`} className={styles.tick} data-ok={ok} data-old={isOld || undefined} />
      ))}
    </svg>
  );
}
