// A row of choices of which one is taken.
import css from './segmented.module.css';

interface SegmentedProps<T extends string> {
  /** Read aloud before the choices. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly text: string; readonly lang?: string }[];
  readonly onChoose: (value: T) => void;
}

export function Segmented<T extends string>({ label, value, choices, onChoose }: SegmentedProps<T>) {
  return (
    <div role="group" aria-label={label} className={css.group}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={css.choice}
          lang={choice.lang}
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.text}
        </button>
      ))}
    </div>
  );
}
