// The scheduler's matrix: every attempt to place a Pod, cell by cell. Loaded when its tab is opened.
import { createElement, lazy, type ReactNode, Suspense } from 'react';
import type { Session } from '../../session/session.ts';
import type { Diagram } from '../diagram.ts';

const SchedulerMatrix = lazy(() => import('./view.tsx'));

function View({ session }: { readonly session: Session }): ReactNode {
  return createElement(Suspense, { fallback: null }, createElement(SchedulerMatrix, { session }));
}

const diagram: Diagram = {
  id: 'scheduler',
  order: 3,
  title: { en: 'Scheduler', ko: '스케줄러' },
  room: { width: 1000, height: 420 },
  View,
};

export default diagram;
