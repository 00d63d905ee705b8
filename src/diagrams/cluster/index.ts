// The cluster map with message flow.
import type { Diagram } from '../diagram.ts';
import { ClusterMap } from './view.tsx';

const diagram: Diagram = {
  id: 'cluster',
  order: 1,
  title: { en: 'Cluster', ko: '클러스터' },
  room: { width: 880, height: 420 },
  View: ClusterMap,
};

export default diagram;
