// kubectl's requests: what is asked of the API server, and what becomes of refusals and warnings.
import { isObject } from '../base/json.ts';
import { type ApiResponse, isStatus } from '../cluster/api/request.ts';
import { apiPath, type Resource, storageKey } from '../cluster/api/resources.ts';
import type { Kubectl } from './ask.ts';
import type { Status } from '../cluster/api/types.ts';
import { fail, refused } from './failure.ts';

/** An object as it travels: of any kind. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** One request. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly resource: Resource;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: 'json' | 'table';
}

/** Sends requests, and writes every warning once. */
export interface Client {
  /** Answers what came back, refusals too. */
  ask(call: Call): Kubectl<ApiResponse>;
  /** Answers what came back; a refusal is thrown. */
  send(call: Call): Kubectl<ApiResponse>;
  /** An object; a refusal is thrown. */
  object(call: Call): Kubectl<ApiObject>;
  /** The items of a list; a refusal is thrown. */
  list(call: Call): Kubectl<readonly ApiObject[]>;
}

/** A client whose warnings have all yet to come. */
export function createClient(): Client {
  const warned = new Set<string>();
  function* ask(call: Call): Kubectl<ApiResponse> {
    const { method, resource, namespace, name, subresource, query, body, contentType, accept } = call;
    const request = {
      method,
      path: apiPath(resource, namespace, name, subresource),
      userAgent: 'kubectl',
      ...(query && { query }),
      ...(body !== undefined && { body }),
      ...(contentType && { contentType }),
      ...(accept && { accept }),
    };
    const target = [resource.resource, name, subresource].filter((part) => part !== undefined).join('/');
    const label = `${query?.watch ? 'WATCH' : method} ${target}`;
    const shown = { level: method === 'GET' ? 'api' : 'story', label } as const;
    const subject = name === undefined ? {} : { subject: storageKey(resource.resource, resource.namespaced ? namespace : undefined, name) };
    const { response } = yield { ask: 'request', request, shown: { ...shown, ...subject } };
    if (!response) throw fail('the server could not be reached');
    for (const warning of response.warnings) {
      if (!warned.has(warning)) yield { ask: 'write', fd: 2, text: `Warning: ${warning}\n` };
      warned.add(warning);
    }
    return response;
  }
  function* send(call: Call): Kubectl<ApiResponse> {
    const response = yield* ask(call);
    if (response.code < 400) return response;
    if (!isStatus(response.body)) throw fail(String(response.body));
    throw refused(call.method === 'GET' && call.name === undefined ? enhanced(response.body, call) : response.body);
  }
  function* object(call: Call): Kubectl<ApiObject> {
    const { body } = yield* send(call);
    if (!isApiObject(body)) throw fail('unexpected object in the response');
    return body;
  }
  return {
    ask,
    send,
    object,
    *list(call) {
      const { body } = yield* send(call);
      return isObject(body) && Array.isArray(body.items) ? body.items.filter(isApiObject) : [];
    },
  };
}

/** A list that is refused tells what was looked for. Models cli-runtime/pkg/resource EnhanceListError. */
function enhanced(status: Status, { resource, query = {} }: Call): Status {
  if (status.reason !== 'BadRequest' && status.reason !== 'NotFound') return status;
  const subject = JSON.stringify(`${resource.group}/${resource.version}, Resource=${resource.resource}`);
  const { labelSelector = '', fieldSelector = '' } = query;
  const selectors = `label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}`;
  const what = labelSelector || fieldSelector ? `Unable to find ${subject} that match ${selectors}` : `Unable to list ${subject}`;
  return { ...status, message: `${what}: ${status.message ?? ''}` };
}

/** Tells an object of the API from any other value. */
export const isApiObject = (value: unknown): value is ApiObject => isObject(value) && isObject(value.metadata);
