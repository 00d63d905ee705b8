// Which resource a word on the command line means. Models the RESTMapper with short names.
import { RESOURCES, type Resource } from '../cluster/api/resources.ts';
import { fail } from './failure.ts';

/** The resource that `pods`, `pod`, `po`, `Pod`, `pods.v1.` or `leases.coordination.k8s.io` means, or undefined. */
export function findResource(word: string): Resource | undefined {
  const text = word.toLowerCase();
  const [first = '', ...rest] = text.split('.');
  const group = rest.join('.');
  const names = (resource: Resource) => [resource.resource, resource.singular, ...resource.shortNames];
  const inGroup = (resource: Resource) => group === '' || group === resource.group || group === `${resource.version}.${resource.group}`;
  return RESOURCES.find((resource) => names(resource).includes(first) && inGroup(resource));
}

/** As findResource; a word that means none is an error. */
export function requireResource(word: string): Resource {
  const found = findResource(word);
  if (!found) throw fail(`the server doesn't have a resource type ${JSON.stringify(word)}`);
  return found;
}

/** The resource of a manifest's apiVersion and kind, or undefined. */
export function resourceOfKind(apiVersion: string, kind: string): Resource | undefined {
  return RESOURCES.find((resource) => resource.kind === kind && apiVersionOf(resource) === apiVersion);
}

/** `v1`, `policy/v1`. */
export const apiVersionOf = (resource: Resource): string =>
  resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;

/** How kubectl names an object: `pod/web`, `lease.coordination.k8s.io/node1`. */
export const objectName = (resource: Resource, name: string): string =>
  `${resource.singular}${resource.group === '' ? '' : `.${resource.group}`}/${name}`;
