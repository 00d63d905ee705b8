// Image references: what `nginx`, `ghcr.io/a/b:v1` and `redis@sha256:...` name, written out in full.

/** A reference in its parts; `tag` and `digest` may both be there. */
export interface Reference {
  /** `docker.io`, `ghcr.io`, `localhost:5000`. */
  readonly domain: string;
  /** `library/nginx`, `subicura/echo`. */
  readonly path: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const DOMAIN =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[a-f0-9]{64}$/;

/** Splits off what comes before the first slash, if it can only be a registry. */
function splitDomain(name: string): readonly [string, string] {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const domain = isDomain ? first : 'docker.io';
  const rest = isDomain ? name.slice(slash + 1) : name;
  if (domain !== 'docker.io' && domain !== 'index.docker.io') return [domain, rest];
  return ['docker.io', rest.includes('/') ? rest : `library/${rest}`];
}

/** Reads a reference, or answers undefined where it is none. Models distribution/reference ParseNormalizedNamed. */
export function parseReference(text: string): Reference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const [domain, path] = splitDomain(colon < 0 ? named : named.slice(0, colon));
  const isValid =
    DOMAIN.test(domain) && PATH.test(path) && (tag === undefined || TAG.test(tag)) && (digest === undefined || DIGEST.test(digest));
  if (!isValid) return undefined;
  return { domain, path, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The reference in full, `docker.io/library/nginx:latest`: the tag is `latest` where nothing is said. */
export function formatReference({ domain, path, tag, digest }: Reference): string {
  const name = `${domain}/${path}`;
  if (digest !== undefined) return tag === undefined ? `${name}@${digest}` : `${name}:${tag}@${digest}`;
  return `${name}:${tag ?? 'latest'}`;
}

/** The repository in full: `docker.io/library/nginx`. */
export const repositoryOf = ({ domain, path }: Reference): string => `${domain}/${path}`;
