// One Pod from inside. Its figure is loaded when it is first looked at.
import { createElement, lazy, Suspense } from 'react';
import type { Session } from '../../session/session.ts';
import type { Diagram } from '../diagram.ts';

const PodAnatomy = lazy(() => import('./view.tsx').then(({ PodAnatomy: View }) => ({ default: View })));

const View = ({ session }: { readonly session: Session }) =>
  createElement(Suspense, { fallback: null }, createElement(PodAnatomy, { session }));

const diagram: Diagram = {
  id: 'pod',
  order: 2,
  title: { en: 'Pod', ko: '파드' },
  room: { width: 960, height: 440 },
  View,
};

export default diagram;
