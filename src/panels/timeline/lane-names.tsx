// The names of the lanes as buttons over the gutter, beside the slider and not inside it: one stop of the Tab key, Up and Down go from
// name to name.
import { type KeyboardEvent, memo, type ReactNode } from 'react';
import { useText } from '../../i18n/language.ts';
import { selectFrom } from '../../session/selecting.ts';
import type { Session } from '../../session/session.ts';
import { messages } from './messages.ts';
import { HEAD, LANE, type Row } from './rows.ts';
import styles from './timeline.module.css';

interface LaneNamesProps {
  readonly session: Session;
  /** The rows in sight, and the number of the first. */
  readonly rows: readonly Row[];
  readonly first: number;
  readonly selection: string | undefined;
  readonly width: number;
}

export const LaneNames = memo(function LaneNames({ session, rows, first, selection, width }: LaneNamesProps): ReactNode {
  const words = useText(messages);
  const lanes = rows.flatMap((row, i) => (row === 'story' ? [] : [{ ...row, top: HEAD + (first + i) * LANE }]));
  const entry = lanes.find((lane) => lane.selection === selection) ?? lanes[0];
  return (
    <div
      role="group"
      aria-label={words('lanes')}
      className={styles.names}
      style={{ width }}
      onClick={(event) => void selectFrom(session, event.target)}
      onKeyDown={moveFocus}
    >
      {lanes.map((lane) => (
        <button
          key={lane.key}
          type="button"
          style={{ top: lane.top }}
          tabIndex={lane === entry ? 0 : -1}
          aria-pressed={lane.selection === selection}
          aria-label={lane.track.kind === 'status' ? words('podLane', lane.pod.name) : words('containerLane', lane.label, lane.pod.name)}
          title={lane.label}
          data-select={lane.selection}
        />
      ))}
    </div>
  );
}, isSame);

/** Rows are made anew whenever the trace grows; their names seldom are. */
function isSame(a: LaneNamesProps, b: LaneNamesProps): boolean {
  return (
    a.session === b.session &&
    a.first === b.first &&
    a.selection === b.selection &&
    a.width === b.width &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => {
      const other = b.rows[i];
      return row === 'story' || other === 'story' ? row === other : row.key === other?.key && row.label === other.label;
    })
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.nativeEvent.isComposing || by === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const from = event.target instanceof HTMLButtonElement ? buttons.indexOf(event.target) : -1;
  const next = buttons[from + by];
  event.preventDefault();
  next?.focus();
}
