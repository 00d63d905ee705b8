// The textures of the states: the third of the ways in which a state is said. Every SVG that draws them holds its own.
import { memo, type ReactNode } from 'react';

/** The patterns, as `url(#<id>-waiting)` and so on. */
export const StatePatterns = memo(function StatePatterns({ id }: { readonly id: string }): ReactNode {
  return (
    <defs>
      <pattern id={`${id}-waiting`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0,0 V6" stroke="var(--waiting)" strokeWidth="1.6" opacity="0.35" />
      </pattern>
      <pattern id={`${id}-failed`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0,0 V7 M0,0 H7" stroke="var(--failed)" strokeWidth="1.1" opacity="0.28" />
      </pattern>
      <pattern id={`${id}-terminating`} width="10" height="8" patternUnits="userSpaceOnUse">
        <path d="M0,1 L5,6 L10,1" fill="none" stroke="var(--terminating)" strokeWidth="1.1" opacity="0.35" />
      </pattern>
      <pattern id={`${id}-finished`} width="6" height="6" patternUnits="userSpaceOnUse">
        <circle cx="2" cy="2" r="0.9" fill="var(--finished)" opacity="0.6" />
      </pattern>
    </defs>
  );
});
