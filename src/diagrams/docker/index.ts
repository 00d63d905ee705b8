// Two containers run by Docker beside a Pod with the same two: what each has of its own, and what they share. Loaded when its tab is opened.
import { createElement, lazy, type ReactNode, Suspense } from 'react';
import type { Session } from '../../session/session.ts';
import type { Diagram } from '../diagram.ts';

const DockerAndPod = lazy(() => import('./view.tsx'));

function View({ session }: { readonly session: Session }): ReactNode {
  return createElement(Suspense, { fallback: null }, createElement(DockerAndPod, { session }));
}

const diagram: Diagram = {
  id: 'docker',
  order: 5,
  title: { en: 'Docker and Pod', ko: 'Docker와 파드' },
  room: { width: 1000, height: 500 },
  View,
};

export default diagram;
