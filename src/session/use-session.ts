// The session in React: a context and a selector hook. A component that draws what moves subscribes with `session.onFrame` instead.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { must } from '../base/assert.ts';
import type { Session } from './session.ts';
import type { SessionState } from './state.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session of the page. */
export const useSession = (): Session => must(useContext(SessionContext), 'a session is provided by main');

/** A part of the session's state; the component renders again only when that part changes. */
export const useSessionState = <T>(select: (state: SessionState) => T): T => useStore(useSession().store, select);
