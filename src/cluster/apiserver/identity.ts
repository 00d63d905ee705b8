// Names and identities that the server draws. Models k8s.io/apiserver/pkg/storage/names/generate.go and registry/rest/meta.go.
import type { ClusterContext } from '../component.ts';

const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const MAXIMUM_BASE = 58;

/** A name for an object that gives only the beginning of one: the base, cut to 58 characters, and five more. */
export function drawName(context: ClusterContext, base: string): string {
  return `${base.slice(0, MAXIMUM_BASE)}${context.random('name', base).text(5, NAME_ALPHABET)}`;
}

/** A uid for a new object: a UUID of version 4. */
export function drawUid(context: ClusterContext, key: string): string {
  const random = context.random('uid', key);
  const digits = random.text(32, '0123456789abcdef');
  const variant = '89ab'.charAt(random.below(4));
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, variant + digits.slice(17, 20), digits.slice(20)].join('-');
}
