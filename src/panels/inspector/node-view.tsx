// A node: what it has, lends and has lent; the Pods on it; its taints and labels.
import type { ReactNode } from 'react';
import { bytesText, coresText } from '../../session/amounts.ts';
import { useSession } from '../../session/use-session.ts';
import { Chip } from '../../widgets/tone.tsx';
import list from './list.module.css';
import type { Words } from './messages.ts';
import css from './node.module.css';
import type { NodeSight, ResourceSight } from './scene.ts';

export function NodeResources({ sight, words }: { readonly sight: NodeSight; readonly words: Words }): ReactNode {
  return (
    <section className={css.node}>
      <table className={css.table}>
        <caption>{words('resources')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{words('capacity')}</th>
            <th scope="col">{words('allocatable')}</th>
            <th scope="col">{words('allocated')}</th>
          </tr>
        </thead>
        <tbody>
          {sight.resources.map((resource) => (
            <Resource key={resource.name} resource={resource} words={words} />
          ))}
        </tbody>
      </table>
      <Names title={words('taints')} names={sight.taints} none={words('none')} />
      <details className={css.fold}>
        <summary>{words('labels', sight.labels.length)}</summary>
        <List names={sight.labels} />
      </details>
    </section>
  );
}

const TEXTS: Readonly<Record<ResourceSight['name'], (amount: number) => string>> = { cpu: coresText, memory: bytesText, pods: String };

function Resource({
  resource: { name, capacity, allocatable, allocated },
  words,
}: {
  readonly resource: ResourceSight;
  readonly words: Words;
}): ReactNode {
  const text = TEXTS[name];
  const share = allocatable === 0 ? 0 : allocated / allocatable;
  return (
    <tr data-resource={name}>
      <th scope="row">{words(name)}</th>
      <td>{text(capacity)}</td>
      <td>{text(allocatable)}</td>
      <td>
        {text(allocated)}
        <span className={css.bar} aria-hidden>
          <span style={{ width: `${Math.min(1, share) * 100}%` }} />
        </span>
      </td>
    </tr>
  );
}

function Names({ title, names, none }: { readonly title: string; readonly names: readonly string[]; readonly none: string }): ReactNode {
  return (
    <>
      <h3 className={css.title}>{title}</h3>
      {names.length === 0 ? <p className={css.none}>{none}</p> : <List names={names} />}
    </>
  );
}

function List({ names }: { readonly names: readonly string[] }): ReactNode {
  return (
    <ul className={css.names}>
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

export function PodsTab({ sight, words }: { readonly sight: NodeSight; readonly words: Words }): ReactNode {
  const session = useSession();
  if (sight.pods.length === 0) return <p className={list.none}>{words('noPods')}</p>;
  return (
    <ul className={list.list} data-testid="pods">
      {sight.pods.map(({ key, name, namespace, status, meaning }) => (
        <li key={key}>
          <button type="button" className={list.item} onClick={() => session.select(key)}>
            <span className={list.itemHead}>
              <strong>{name}</strong>
              {namespace !== 'default' && <span className={list.quiet}>{namespace}</span>}
              <span className={list.from}>
                <Chip meaning={meaning} text={status} />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
