// A line between two parts of the page that can be moved: dragged, or by the arrows; a double click or Enter puts it back.
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import css from './splitter.module.css';

interface SplitterProps {
  readonly label: string;
  /** What both parts lie in. */
  readonly area: RefObject<HTMLElement | null>;
  /** From which side of the area the value is measured. */
  readonly from: 'left' | 'right' | 'bottom';
  /** How much of the area lies on that side, in percent; undefined: as much as the page gives it. */
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | undefined) => void;
}

/** What one key press moves, in percent of the area. */
const STEP = 2;

export function Splitter({ label, area, from, value, min, max, onChange }: SplitterProps) {
  const line = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState(min);
  const share = (x: number, y: number): number => {
    const box = area.current?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return min;
    if (from === 'bottom') return ((box.bottom - y) / box.height) * 100;
    return (from === 'left' ? (x - box.left) / box.width : (box.right - x) / box.width) * 100;
  };
  const within = (wanted: number): number => Math.round(Math.min(max, Math.max(min, wanted)) * 10) / 10;
  const now = Math.round(value ?? measured);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the value is given back to the page
  useEffect(() => {
    const [place, around] = [line.current, area.current];
    if (!place || !around) return;
    const observer = new ResizeObserver(() => {
      const { left, top, width, height } = place.getBoundingClientRect();
      setMeasured(within(share(left + width / 2, top + height / 2)));
    });
    observer.observe(around);
    return () => observer.disconnect();
  }, [area, value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const more = from === 'left' ? 'ArrowRight' : from === 'right' ? 'ArrowLeft' : 'ArrowUp';
    const less = from === 'left' ? 'ArrowLeft' : from === 'right' ? 'ArrowRight' : 'ArrowDown';
    const to = new Map([
      [more, now + STEP],
      [less, now - STEP],
      ['Home', min],
      ['End', max],
    ]).get(event.key);
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    onChange(to === undefined ? undefined : within(to));
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons === 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    if (event.type === 'pointermove') onChange(within(share(event.clientX, event.clientY)));
  };
  return (
    <div
      ref={line}
      role="separator"
      className={css.splitter}
      tabIndex={0}
      aria-label={label}
      title={label}
      aria-orientation={from === 'bottom' ? 'horizontal' : 'vertical'}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={now}
      aria-valuetext={`${now}%`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onDoubleClick={() => onChange(undefined)}
    />
  );
}
