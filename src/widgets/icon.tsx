// The page's icons, drawn on a grid of 24, in the colour of the text beside them.
import type { ReactNode } from 'react';

const ICONS = {
  logo: (
    <>
      <circle cx="10.5" cy="10.5" r="7.5" />
      <path d="M8.5 7.5v6M12.5 7.5v6M16 16l5 5" strokeWidth="2.5" />
    </>
  ),
  play: <path d="M7 4.5v15l12-7.5z" fill="currentColor" />,
  pause: <path d="M8 5v14M16 5v14" strokeWidth="3.5" />,
  replay: <path d="M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5" />,
  next: <path d="M6 5v14l9-7zM19 5v14" />,
  previous: <path d="M18 5v14l-9-7zM5 5v14" />,
  home: <path d="M12 6l-7 6 7 6zM20 6l-7 6 7 6z" />,
  end: <path d="M12 6l7 6-7 6zM4 6l7 6-7 6z" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2" />
    </>
  ),
  moon: <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z" />,
  half: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" />
    </>
  ),
  share: <path d="M12 15V3M8 7l4-4 4 4M6 11H4v10h16V11h-2" />,
  file: <path d="M6 2h8l5 5v15H6zM14 2v5h5" />,
  diagram: <path d="M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4" />,
  help: <path d="M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.5" />,
  history: <path d="M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5M12 8v5l3 2" />,
  list: <path d="M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1" />,
  close: <path d="M5 5l14 14M19 5L5 19" />,
  copy: <path d="M9 9h11v11H9zM5 15H4V4h11v1" />,
  check: <path d="M4 12.5l5.5 5.5L20 6.5" />,
  failed: <path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM12 7v6M12 16v.5" />,
  warning: <path d="M12 3l10 18H2zM12 10v5M12 17.5v.5" />,
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v6M12 7v.5" />
    </>
  ),
  present: <path d="M3 4h18v12H3zM12 16v5M8 21h8M12 2v2" />,
  pointer: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle cx="12" cy="12" r="1.5" fill="currentColor" />
    </>
  ),
  code: <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2M14 20h2M18 18h2v2" />,
  fullScreen: <path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />,
  bolt: <path d="M13 2.5L5 13.5h6L10 21.5l9-12h-6.5z" />,
  terminal: <path d="M4 6l6 6-6 6M12 18h8" />,
} as const satisfies Readonly<Record<string, ReactNode>>;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** An icon that says nothing by itself: its button or text does. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      {ICONS[name]}
    </svg>
  );
}
