// The port that a handler names. Models k8s.io/kubernetes/pkg/probe/util.go ResolveContainerPort.
import type { Container, IntOrString } from '../../api/types.ts';

/** The number of a port that is given by number or by name; undefined where it is none. */
export function resolvePort(port: IntOrString, container: Container): number | undefined {
  const number = typeof port === 'number' ? port : (container.ports?.find((each) => each.name === port)?.containerPort ?? Number(port));
  return Number.isInteger(number) && number > 0 && number < 65536 ? number : undefined;
}
