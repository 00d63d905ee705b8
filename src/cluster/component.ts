// The engine's interfaces, with a cluster's messages filled in.
import type { Component, Context } from '../engine/run.ts';
import type { ClusterMessage } from './messages.ts';

/** A part of the cluster. */
export type ClusterComponent = Component<ClusterMessage>;
/** What a part of the cluster acts through. */
export type ClusterContext = Context<ClusterMessage>;
