// The preset dictionary of links of version 1: phrases of scenarios, commonest last. Part of the format: it is never edited.
import { toUtf8 } from '../base/utf8.ts';

const PHRASES = [
  '"taints":[{"key":"node-role.kubernetes.io/control-plane","effect":"NoSchedule"}]',
  '"nodes":[{"name":"node3","cpu":"2","memory":"4Gi","pods":110,"labels":{"disk":"ssd"}}]',
  '"images":[{"name":"shop/api:v1","size":"80Mi","pull":"4s","command":["sh","-c","echo up; sleep 20; exit 1"],"missing":true}]',
  'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: cm\\ndata:\\n  key: value\\n---\\n',
  'apiVersion: v1\\nkind: Service\\nmetadata:\\n  name: web\\nspec:\\n  selector:\\n    app: web\\n  ports:\\n  - port: 80\\n    targetPort: 80\\n',
  '  tolerations:\\n  - key: \\"key\\"\\n    operator: Exists\\n    effect: NoSchedule\\n  nodeSelector:\\n    disktype: ssd\\n  affinity:\\n    nodeAffinity:\\n      requiredDuringSchedulingIgnoredDuringExecution:\\n        nodeSelectorTerms:\\n        - matchExpressions:\\n          - key: zone\\n            operator: In\\n            values:\\n            - a\\n',
  '  volumes:\\n  - name: data\\n    emptyDir: {}\\n  - name: cfg\\n    configMap:\\n      name: cm\\n',
  '    volumeMounts:\\n    - name: data\\n      mountPath: /data\\n      readOnly: true\\n',
  '    lifecycle:\\n      preStop:\\n        exec:\\n          command: [\\"sh\\", \\"-c\\", \\"sleep 5\\"]\\n      postStart:\\n',
  '    env:\\n    - name: MYVAR\\n      value: \\"test\\"\\n    - name: POD_IP\\n      valueFrom:\\n        fieldRef:\\n          fieldPath: status.podIP\\n',
  '    resources:\\n      requests:\\n        cpu: 200m\\n        memory: 250Mi\\n      limits:\\n        cpu: 1\\n        memory: 500Mi\\n',
  '    startupProbe:\\n      tcpSocket:\\n        port: 8080\\n      failureThreshold: 30\\n',
  '    readinessProbe:\\n      exec:\\n        command:\\n        - cat\\n        - /tmp/healthy\\n',
  '    livenessProbe:\\n      httpGet:\\n        path: /\\n        port: 80\\n      initialDelaySeconds: 5\\n      periodSeconds: 5\\n      timeoutSeconds: 1\\n      successThreshold: 1\\n      failureThreshold: 3\\n',
  '    command: [\\"sh\\", \\"-c\\", \\"echo hello; sleep 3600; exit 1\\"]\\n    args: [\\"-f\\", \\"/dev/null\\"]\\n    restartPolicy: Always\\n    imagePullPolicy: IfNotPresent\\n',
  '  terminationGracePeriodSeconds: 30\\n  restartPolicy: Never\\n  restartPolicy: OnFailure\\n  initContainers:\\n  - name: init\\n    image: busybox:1.28\\n',
  '  - name: sidecar\\n    image: busybox:1.28\\n  - name: app\\n    image: ghcr.io/subicura/echo:v1\\n    image: luksa/kubia\\n    image: nginx:latest\\n',
  '"view":{"tab":"cluster","at":"1m30s","step":120,"pace":"story","lang":"ko","select":"pod/default/web","level":"api"}',
  '{"at":"20s","fault":{"kind":"kill-container","pod":"web","container":"nginx"}},{"at":"30s","fault":{"kind":"node-down","node":"node1"}},{"kind":"scheduler-down"},',
  '{"at":"5s","run":"kubectl get pods -o wide"},{"at":"10s","run":"kubectl delete pod web"},{"at":"6s","run":"kubectl exec -it web -- sh","terminal":"2"},',
  '"file":"pod.yaml"},{"create":"',
  '{"podscope":1,"title":"","seed":2,"inputs":[{"apply":"apiVersion: v1\\nkind: Pod\\nmetadata:\\n  name: web\\n  labels:\\n    app: web\\nspec:\\n  containers:\\n  - name: nginx\\n    image: nginx:1.14\\n    ports:\\n    - containerPort: 80\\n      protocol: TCP\\n"}]}',
];

/** The bytes that links of version 1 are folded against. */
export const DICTIONARY_1: Uint8Array = toUtf8(PHRASES.join(''));
