// What the selected container has written up to the playhead, run by run; each line can be picked.
import { type ReactNode, useEffect, useRef } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { useSession } from '../../session/use-session.ts';
import type { LogRun } from './logs-of.ts';
import css from './logs.module.css';
import type { Words } from './messages.ts';
import type { Moment } from './use-moment.ts';

/** Lines of all runs together that are shown; the earliest are left out. */
const MOST = 300;

interface LogsTabProps {
  readonly container: string;
  readonly selection: string;
  readonly runs: readonly LogRun[];
  readonly moment: Moment;
  readonly words: Words;
}

export function LogsTab({ container, selection, runs, moment, words }: LogsTabProps): ReactNode {
  const session = useSession();
  const language = useLanguage();
  const end = useRef<HTMLDivElement>(null);
  const all = runs.reduce((sum, { lines }) => sum + lines.length, 0);
  // The log is read at its end, as `kubectl logs -f` is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it has grown
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [all]);
  const shown = lastLines(runs, MOST);
  return (
    <section data-testid="logs" aria-label={words('logOf', container)}>
      <h3 className={css.title}>{words('logOf', container)}</h3>
      {all === 0 && <p className={css.none}>{words('noLog', container)}</p>}
      {all > MOST && <p className={css.none}>{words('earlierLines', all - MOST)}</p>}
      {shown.map(({ attempt, createdAt, lines }) => (
        <div key={attempt}>
          {runs.length > 1 && <p className={css.run}>{words('run', attempt + 1, formatInstant(createdAt, language))}</p>}
          <ol className={css.lines}>
            {lines.map(({ id, text }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one write may hold several lines; a log only grows
              <li key={`${id}/${i}`}>
                <button
                  type="button"
                  className={css.line}
                  aria-pressed={moment.picked === id}
                  onClick={() => session.select(selection, id)}
                >
                  {text === '' ? ' ' : text}
                </button>
              </li>
            ))}
          </ol>
        </div>
      ))}
      <div ref={end} />
    </section>
  );
}

/** The last so many lines, in their runs. */
function lastLines(runs: readonly LogRun[], count: number): readonly LogRun[] {
  let left = count;
  const kept: LogRun[] = [];
  for (const run of runs.toReversed()) {
    if (left <= 0) break;
    kept.push({ ...run, lines: run.lines.slice(-left) });
    left -= run.lines.length;
  }
  return kept.reverse();
}
