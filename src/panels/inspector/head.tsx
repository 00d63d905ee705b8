// What is looked at: its name and kind, and of a Pod the words that beginners mix up, apart: phase, STATUS, READY, RESTARTS, IP.
import { memo, type ReactNode } from 'react';
import { Chip } from '../../widgets/tone.tsx';
import css from './head.module.css';
import type { Words } from './messages.ts';
import type { NodeSight, ObjectSight, PodSight, Sight } from './scene.ts';
import { statusSentence } from './status-sentence.ts';
import { Told } from './told.tsx';

export const Head = memo(function Head({ sight, words }: { readonly sight: Sight; readonly words: Words }): ReactNode {
  return (
    <header className={css.head}>
      <h2 className={css.name} data-testid="inspected">
        {nameOf(sight)} <span className={css.kind}>{kindOf(sight, words)}</span>
      </h2>
      {sight.isGone && <p className={css.gone}>{words('gone')}</p>}
      {sight.kind === 'pod' && <PodFacts sight={sight} words={words} />}
      {sight.kind === 'node' && <NodeFacts sight={sight} />}
    </header>
  );
});

const nameOf = (sight: Sight): string =>
  sight.kind === 'pod' ? sight.mark.name : sight.kind === 'node' ? sight.name : sight.object.metadata.name;

function kindOf(sight: Sight, words: Words): string {
  if (sight.kind === 'node') return words(sight.isControlPlane ? 'controlPlane' : 'node');
  if (sight.kind === 'object') return objectKind(sight, words);
  const { namespace, node } = sight.mark;
  return node === undefined ? words('podNowhere', namespace) : words('podIn', namespace, node);
}

const objectKind = ({ object }: ObjectSight, words: Words): string => words('objectIn', object.kind, object.metadata.namespace ?? '');

function PodFacts({ sight: { mark, explained }, words }: { readonly sight: PodSight; readonly words: Words }): ReactNode {
  return (
    <>
      <dl className={css.facts}>
        <Fact name={words('phase')}>{mark.phase}</Fact>
        <Fact name="STATUS">
          <Chip meaning={mark.meaning} text={mark.status} />
        </Fact>
        <Fact name="READY">{mark.ready}</Fact>
        <Fact name="RESTARTS">{mark.restarts}</Fact>
        <Fact name="IP">
          {mark.ip === '' ? <span className={css.none}>{words('noIp')}</span> : <span className={css.ip}>{mark.ip}</span>}
        </Fact>
      </dl>
      <p className={css.sentence} data-testid="status-sentence" data-rule={explained.made.rule}>
        <Told text={statusSentence(explained, mark.phase, words)} />
      </p>
    </>
  );
}

function NodeFacts({ sight: { status, meaning, ip, version } }: { readonly sight: NodeSight }): ReactNode {
  return (
    <dl className={css.facts}>
      <Fact name="STATUS">
        <Chip meaning={meaning} text={status} />
      </Fact>
      <Fact name="INTERNAL-IP">
        <span className={css.ip}>{ip}</span>
      </Fact>
      <Fact name="VERSION">{version}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
