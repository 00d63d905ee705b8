// The variables by which containers find Services, as Docker links once did. Models pkg/kubelet/envvars/envvars.go.
import { compareText } from '../../../base/order.ts';
import type { Service } from '../../api/types.ts';

/** The variables of the Services of a namespace; `kubernetes` of `default` is told everywhere. */
export function serviceVariables(services: readonly Service[], namespace: string, withLinks: boolean): Map<string, string> {
  const visible = new Map<string, Service>();
  for (const service of services) {
    const { name, namespace: of } = service.metadata;
    const ip = service.spec?.clusterIP ?? '';
    if (ip === '' || ip === 'None') continue;
    const isMaster = of === 'default' && name === 'kubernetes';
    if (isMaster && !visible.has(name)) visible.set(name, service);
    else if (withLinks && of === namespace) visible.set(name, service);
  }
  const variables = new Map<string, string>();
  for (const [name, service] of [...visible].sort(([a], [b]) => compareText(a, b))) addVariables(variables, name, service);
  return variables;
}

function addVariables(variables: Map<string, string>, name: string, service: Service): void {
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const ip = service.spec?.clusterIP ?? '';
  const ports = service.spec?.ports ?? [];
  const [first] = ports;
  variables.set(`${prefix}_SERVICE_HOST`, ip);
  if (first) variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
  for (const { name: of, port } of ports) {
    if (of) variables.set(`${prefix}_SERVICE_PORT_${of.toUpperCase().replaceAll('-', '_')}`, String(port));
  }
  ports.forEach(({ port, protocol = 'TCP' }, i) => {
    const url = `${protocol.toLowerCase()}://${ip}:${port}`;
    const each = `${prefix}_PORT_${port}_${protocol}`;
    if (i === 0) variables.set(`${prefix}_PORT`, url);
    variables.set(each, url);
    variables.set(`${each}_PROTO`, protocol.toLowerCase());
    variables.set(`${each}_PORT`, String(port));
    variables.set(`${each}_ADDR`, ip);
  });
}
