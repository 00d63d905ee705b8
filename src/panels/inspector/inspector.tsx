// The inspector: everything that is known of what is selected, as of the playhead, and why it is so.
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RecordId } from '../../engine/records.ts';
import { useText } from '../../i18n/language.ts';
import { conditionsOf, nodeConditionsOf } from '../../session/conditions.ts';
import { newsOf } from '../../session/news.ts';
import { createPodMarker } from '../../session/pod-marks.ts';
import { useSession } from '../../session/use-session.ts';
import { type WhyLink, whyChain } from '../../session/why.ts';
import { Button } from '../../widgets/button.tsx';
import { ConditionsTab } from './conditions-tab.tsx';
import { Containers } from './containers.tsx';
import { eventsOf } from './events-of.ts';
import { EventsTab } from './events-tab.tsx';
import { Head } from './head.tsx';
import css from './inspector.module.css';
import { logOf } from './logs-of.ts';
import { LogsTab } from './logs-tab.tsx';
import { messages, type Words } from './messages.ts';
import { NodeResources, PodsTab } from './node-view.tsx';
import { questionAbout, questionOf } from './question.ts';
import { revisionsOf } from './revisions.ts';
import { type ApiObject, type ContainerSight, isSameSight, type PodSight, type Sight, sightAt } from './scene.ts';
import { type Moment, useMoment } from './use-moment.ts';
import { WhyTab } from './why-tab.tsx';
import { YamlTab } from './yaml-tab.tsx';

type Tab = 'why' | 'events' | 'conditions' | 'yaml' | 'logs' | 'pods';

const TABS: Readonly<Record<Sight['kind'], readonly Tab[]>> = {
  pod: ['why', 'events', 'conditions', 'yaml', 'logs'],
  node: ['why', 'pods', 'conditions', 'events', 'yaml'],
  object: ['why', 'events', 'yaml'],
};

export interface InspectorProps {
  /** Grows whenever "Why?" is asked: the chain is shown and takes the focus. */
  readonly asks: number;
  /** Where it can be closed. */
  readonly onClose?: () => void;
}

export default function Inspector({ asks, onClose }: InspectorProps): ReactNode {
  const words = useText(messages);
  const moment = useMoment();
  const { trace, version, step, selection } = moment;
  const [marker] = useState(createPodMarker);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const seen = useMemo(() => sightAt(trace, step, selection, marker), [trace, version, step, selection, marker]);
  const sight = useUnchanged(seen);
  return (
    <div className={css.inspector} data-testid="inspector">
      {onClose && (
        <span className={css.close}>
          <Button look="bare" icon="close" label={words('close')} onClick={onClose} />
        </span>
      )}
      {sight === undefined ? (
        <p className={css.nothing}>{words('nothing')}</p>
      ) : (
        <Body sight={sight} moment={moment} asks={asks} words={words} />
      )}
    </div>
  );
}

/** What was seen before, where it is the same: nothing is drawn again then. */
function useUnchanged(seen: Sight | undefined): Sight | undefined {
  const [kept, setKept] = useState(seen);
  if (kept === seen || (kept && seen && isSameSight(kept, seen))) return kept;
  setKept(seen);
  return seen;
}

interface BodyProps {
  readonly sight: Sight;
  readonly moment: Moment;
  readonly asks: number;
  readonly words: Words;
}

function Body({ sight, moment, asks, words }: BodyProps): ReactNode {
  const [chosen, setChosen] = useState<Tab>('why');
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = useAsked(moment, asks);
  const answered = useRef(0);
  useEffect(() => {
    if (asks === answered.current) return;
    answered.current = asks;
    setChosen('why');
    // The tab may only just be on its way. The answer gets the height that there is.
    requestAnimationFrame(() => {
      const tabs = document.getElementById('inspector-why')?.parentElement;
      tabs?.parentElement?.scrollTo({ top: tabs.offsetTop });
      heading.current?.focus({ preventScroll: true });
    });
  }, [asks]);
  const tabs = TABS[sight.kind];
  const tab = tabs.includes(chosen) ? chosen : 'why';
  return (
    <>
      <Head sight={sight} words={words} />
      {sight.kind === 'pod' && <Containers sight={sight} words={words} />}
      {sight.kind === 'node' && <NodeResources sight={sight} words={words} />}
      <Tabs tabs={tabs} tab={tab} onChoose={setChosen} words={words} />
      <div id="inspector-panel" role="tabpanel" aria-labelledby={`inspector-${tab}`} className={css.panel}>
        {tab === 'why' && <Why sight={sight} moment={moment} asked={asked} heading={heading} words={words} />}
        {tab === 'events' && <Events sight={sight} moment={moment} words={words} />}
        {tab === 'conditions' && <Conditions sight={sight} moment={moment} words={words} />}
        {tab === 'yaml' && <Yaml key={sight.key} sight={sight} moment={moment} words={words} />}
        {tab === 'logs' && sight.kind === 'pod' && <Logs sight={sight} moment={moment} words={words} />}
        {tab === 'pods' && sight.kind === 'node' && <PodsTab sight={sight} words={words} />}
      </div>
    </>
  );
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly tab: Tab;
  readonly onChoose: (tab: Tab) => void;
  readonly words: Words;
}

function Tabs({ tabs, tab, onChoose, words }: TabsProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.nativeEvent.isComposing) return;
    // The page's own arrows move through time.
    event.preventDefault();
    event.stopPropagation();
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab;
    onChoose(next);
    document.getElementById(`inspector-${next}`)?.focus();
  };
  return (
    <div className={css.tabs} role="tablist" aria-label={words('tabs')} onKeyDown={onKeyDown}>
      {tabs.map((each) => (
        <button
          key={each}
          id={`inspector-${each}`}
          type="button"
          role="tab"
          aria-selected={each === tab}
          aria-controls="inspector-panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onChoose(each)}
        >
          {words(each)}
        </button>
      ))}
    </div>
  );
}

/** The record that "Why?" is about: the one that was picked, and still that one while somebody walks along its chain. */
function useAsked({ trace, picked }: Moment, asks: number): { readonly id: RecordId | undefined; readonly keep: (id: RecordId) => void } {
  const [asked, setAsked] = useState(picked);
  const [last, setLast] = useState({ picked, asks });
  if (last.picked !== picked || last.asks !== asks) {
    setLast({ picked, asks });
    const isOnChain = picked !== undefined && asked !== undefined && whyChain(trace, asked).some(({ id }) => id === picked);
    if (!isOnChain || last.asks !== asks) setAsked(picked);
  }
  return { id: picked === undefined ? undefined : asked, keep: setAsked };
}

interface TabProps<S extends Sight = Sight> {
  readonly sight: S;
  readonly moment: Moment;
  readonly words: Words;
}

interface WhyProps extends TabProps {
  readonly asked: ReturnType<typeof useAsked>;
  readonly heading: React.RefObject<HTMLHeadingElement | null>;
}

function Why({ sight, moment, asked, heading, words }: WhyProps): ReactNode {
  const session = useSession();
  const { trace, step } = moment;
  const selection = sight.kind === 'pod' && sight.selected !== undefined ? `${sight.key}/${sight.selected}` : sight.key;
  const id = asked.id ?? newsOf(trace, step, selection);
  const links = useMemo(() => (id === undefined ? [] : withoutQuestion(whyChain(trace, id))), [trace, id]);
  const record = asked.id === undefined ? undefined : trace.record(asked.id);
  const { keep } = asked;
  const go = useCallback(
    (to: RecordId) => {
      if (id !== undefined) keep(id);
      if (to === 0) session.home();
      else session.goTo(to);
    },
    [id, keep, session],
  );
  return (
    <WhyTab
      heading={heading}
      question={record ? questionOf(record, words) : questionAbout(sight, words)}
      links={links}
      moment={moment}
      isPicked={record !== undefined}
      words={words}
      onGo={go}
    />
  );
}

/** What STATUS says now is the question: its first answer is what brought it about. */
function withoutQuestion(links: readonly WhyLink[]): readonly WhyLink[] {
  const record = links[0]?.record;
  const isStatus = record?.type === 'row' && (record.value as ApiObject | undefined)?.kind === 'Pod';
  return isStatus && links.length > 1 ? links.slice(1) : links;
}

const objectOf = (sight: Sight): ApiObject =>
  sight.kind === 'pod' ? (sight.pod as ApiObject) : sight.kind === 'node' ? (sight.node as ApiObject) : sight.object;

function Events({ sight, moment, words }: TabProps): ReactNode {
  const { trace, step, t, recipe, selection } = moment;
  const nowMs = Date.parse(recipe.cluster.startAt) + Math.floor(t);
  return (
    <EventsTab events={eventsOf(trace, step, objectOf(sight), nowMs)} moment={moment} selection={selection ?? sight.key} words={words} />
  );
}

function Conditions({ sight, moment: { trace, step }, words }: TabProps): ReactNode {
  if (sight.kind === 'object') return null;
  const conditions =
    sight.kind === 'pod' ? conditionsOf(trace, step, sight.key, sight.pod) : nodeConditionsOf(trace, step, sight.key, sight.node);
  return <ConditionsTab conditions={conditions} words={words} />;
}

function Yaml({ sight, moment: { trace, version, step }, words }: TabProps): ReactNode {
  const { uid } = objectOf(sight).metadata;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const revisions = useMemo(() => revisionsOf(trace, step, sight.key, uid), [trace, version, step, sight.key, uid]);
  return <YamlTab revisions={revisions} words={words} />;
}

function Logs({ sight, moment, words }: TabProps<PodSight>): ReactNode {
  const { trace, version, step } = moment;
  const container = containerToRead(sight);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const runs = useMemo(
    () => (container ? logOf(trace, step, sight.pod, container.name) : []),
    [trace, version, step, sight.pod, container?.name],
  );
  if (container?.selection === undefined) return null;
  return (
    <LogsTab
      key={container.selection}
      container={container.name}
      selection={container.selection}
      runs={runs}
      moment={moment}
      words={words}
    />
  );
}

/** The selected container, or the first one of the application. */
function containerToRead({ containers, selected }: PodSight): ContainerSight | undefined {
  return containers.find(({ name, kind }) => kind !== 'pause' && name === selected) ?? containers.find(({ kind }) => kind === 'app');
}
