// `kubectl cordon`, `uncordon`, `drain` and `taint`: what is done to nodes. Models k8s.io/kubectl/pkg/cmd/drain and taint.
import { cordonCommands } from './cordon.ts';
import { drain } from './drain.ts';
import { taint } from './taint.ts';

export default [...cordonCommands, drain, taint];
