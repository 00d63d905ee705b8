// A Pod stays for five minutes on a node that is not ready or unreachable, unless it says otherwise.
// Models plugin/pkg/admission/defaulttolerationseconds/admission.go.
import type { Pod, Toleration } from '../../../api/types.ts';
import { type AdmissionPlugin, isPodWrite } from '../plugin.ts';

const SECONDS = 300;
const KEYS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const;

const toleratesEviction = (toleration: Toleration, key: string): boolean =>
  (toleration.key === key || !toleration.key) && (toleration.effect === 'NoExecute' || !toleration.effect);

/** DefaultTolerationSeconds. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit(request) {
    if (!isPodWrite(request)) return { object: request.object };
    const pod = request.object as unknown as Pod;
    const given = pod.spec.tolerations ?? [];
    const missing = KEYS.filter((key) => !given.some((toleration) => toleratesEviction(toleration, key)));
    if (missing.length === 0) return { object: request.object };
    const added = missing.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS }));
    return { object: { ...pod, spec: { ...pod.spec, tolerations: [...given, ...added] } } };
  },
};
