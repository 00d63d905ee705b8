// Pod phase and container state as two figures, and how kubectl makes STATUS of them. Loaded when its tab is opened.
import { createElement, lazy, type ReactNode, Suspense } from 'react';
import type { Session } from '../../session/session.ts';
import type { Diagram } from '../diagram.ts';

const StateFigures = lazy(() => import('./view.tsx'));

function View({ session }: { readonly session: Session }): ReactNode {
  return createElement(Suspense, { fallback: null }, createElement(StateFigures, { session }));
}

const diagram: Diagram = {
  id: 'states',
  order: 4,
  title: { en: 'States', ko: '상태' },
  room: { width: 1060, height: 440 },
  View,
};

export default diagram;
