// What an admission plugin is: a pure function of a request and of the objects that stand. Models k8s.io/apiserver/pkg/admission.
import type { Random } from '../../../base/prng.ts';
import { type GroupName, forbidden } from '../../api/status.ts';
import type { Status, StatusCause } from '../../api/types.ts';

/** An object on its way through admission: decoded and defaulted. */
export interface AdmittedObject {
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** A write that is being admitted. */
export interface AdmissionRequest<T extends AdmittedObject = AdmittedObject> {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  /** The group and plural: `pods`. */
  readonly resource: GroupName;
  readonly subresource?: string;
  /** Empty for objects without a namespace. */
  readonly namespace: string;
  /** As in the path; empty for a create. */
  readonly name: string;
  /** Of a deletion, the object that stands. */
  readonly object: T;
  /** What stands before an update. */
  readonly oldObject?: T;
}

/** What a plugin may look at. */
export interface AdmissionLookup {
  /** An object that stands, by plural, namespace (empty where there is none) and name. */
  get(resource: string, namespace: string, name: string): unknown;
  /** All that stand of a plural, in a namespace where one is given. */
  list(resource: string, namespace?: string): readonly unknown[];
  /** Chance for names that are drawn. */
  random(purpose: string): Random;
}

/** The object, changed or not; or a refusal. */
export type Admission<T extends AdmittedObject = AdmittedObject> = { readonly object: T } | { readonly status: Status };

/** A plugin. `admit` may change the object; `validate` looks at what will be stored. */
export interface AdmissionPlugin {
  readonly name: string;
  admit?(request: AdmissionRequest, lookup: AdmissionLookup): Admission;
  validate?(request: AdmissionRequest, lookup: AdmissionLookup): Status | undefined;
}

/** 403 in the name of the object; what is to be named yet goes by its generateName. Models admission.NewForbidden. */
export function refuse(request: AdmissionRequest, why: string, causes?: readonly StatusCause[]): Status {
  const { metadata } = request.object;
  return forbidden(request.resource, request.name || metadata.name || metadata.generateName || 'Unknown', why, causes);
}

/** Whether a request creates or updates a Pod itself, not one of its subresources. */
export const isPodWrite = ({ resource, subresource, operation }: AdmissionRequest): boolean =>
  resource.group === '' && resource.name === 'pods' && subresource === undefined && operation !== 'DELETE';
