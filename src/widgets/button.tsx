// A button: of ink on paper, or of paper on ink where it is the one thing to do.
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import css from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'bare';
  readonly icon?: IconName;
  /** Read aloud, and shown on hovering, where there is only an icon. */
  readonly label?: string;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', icon, label, children, className = '', disabled, onClick, ...rest }: ButtonProps) {
  const looks = [css.button, look === 'plain' ? '' : css[look], children === undefined ? css.icon : '', className];
  return (
    <button
      type="button"
      className={looks.join(' ')}
      aria-label={label}
      title={label}
      // It can do nothing for a moment, but keeps the focus: the browser would take it from a disabled button.
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
