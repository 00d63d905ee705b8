// What a diagram is: one folder below this one, whose index.ts default-exports it. catalog.ts finds it.
import type { ComponentType } from 'react';
import type { Session } from '../session/session.ts';

/** A view of the trace at the playhead. */
export interface Diagram {
  readonly id: string;
  /** Its place among the tabs; its key on the keyboard as well. */
  readonly order: number;
  readonly title: { readonly en: string; readonly ko: string };
  /** The pixels in which it can say everything; in more than that, before an audience, it is drawn larger. */
  readonly room?: { readonly width: number; readonly height: number };
  readonly View: ComponentType<{ readonly session: Session }>;
}
