// The summary of the screen, for those who do not see the figure: the stage, what there is to work with, what is so now, what can be
// done next. And the list that leads straight to each part, shown when it has the focus.
import { type ReactNode, useRef } from 'react';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Language, Text } from '../../i18n/messages.ts';
import { formatInstant } from '../../i18n/time.ts';
import { countBy } from '../../session/events.ts';
import { type OutlineItem, podsOf } from '../../session/outline/outline.ts';
import { useOutline } from '../../session/outline/use-outline.ts';
import { describeItem } from '../../session/outline/words.ts';
import { plain } from '../../session/sentences/index.ts';
import { tellEvent } from '../../session/sentences/tell.ts';
import { type SessionState, isAtEnd } from '../../session/state.ts';
import { useCalm } from '../../session/use-calm.ts';
import { Button } from '../../widgets/button.tsx';
import { messages } from './messages.ts';
import css from './summary.module.css';

/** Pods that are told one by one. */
const TOLD_PODS = 5;

type Words = Text<(typeof messages)['en']>;

/** Where the list leads, and how. */
export interface SkipTargets {
  readonly toCreate: () => void;
  readonly toObjects: () => void;
  readonly toTime: () => void;
  readonly toWhy: () => void;
  readonly toEvents: () => void;
  readonly toEditor: () => void;
  readonly toTerminal: () => void;
}

interface SummaryProps {
  readonly targets: SkipTargets;
  /** The titles of the figures, by their ids. */
  readonly titles: Readonly<Record<string, { readonly en: string; readonly ko: string }>>;
}

export function Summary({ targets, titles }: SummaryProps) {
  const t = useText(messages);
  const language = useLanguage();
  const state = useCalm();
  const region = useRef<HTMLElement>(null);
  const outline = useOutline();
  const places = state.isFirstVisit
    ? (['toCreate', 'toObjects'] as const)
    : (['toObjects', 'toTime', 'toWhy', 'toEvents', 'toEditor', 'toTerminal'] as const);
  return (
    <>
      <nav className={css.skip} aria-label={t('skip')} data-testid="skip">
        <span className={css.title} aria-hidden>
          {t('skip')}
        </span>
        <ul>
          <li>
            <Button onClick={() => region.current?.focus()}>{t('toSummary')}</Button>
          </li>
          {places.map((place) => (
            <li key={place}>
              <Button onClick={targets[place]}>{t(place)}</Button>
            </li>
          ))}
        </ul>
      </nav>
      <section ref={region} className={css.summary} aria-labelledby="summary-title" tabIndex={-1} data-testid="summary">
        <h2 id="summary-title">{t('summary')}</h2>
        <Block title={t('stage')}>
          <StageText outline={outline} state={state} title={titles[state.tab]?.[language]} t={t} language={language} />
        </Block>
        <Block title={t('controls')}>
          <p>{controlText(state, t)}</p>
        </Block>
        <Block title={t('now')}>
          <p>{nowText(state, outline, t, language)}</p>
        </Block>
        <Block title={t('next')}>
          <p>{hintText(state, t)}</p>
        </Block>
      </section>
    </>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <h3>{title}</h3>
      {children}
    </>
  );
}

interface StageTextProps {
  readonly outline: ReturnType<typeof useOutline>;
  readonly state: SessionState;
  readonly title: string | undefined;
  readonly t: Words;
  readonly language: Language;
}

function StageText({ outline, state, title, t, language }: StageTextProps) {
  const nodes = outline.filter((item) => item.kind === 'node');
  const pods = podsOf(outline);
  return (
    <>
      <p>
        {nodes.length === 0 ? t('nothing') : t('nodes', nodes.length, nodes.filter(({ ready }) => ready === 'True').length)}{' '}
        {!state.isFirstVisit && title !== undefined && t('figure', title)} {pods.length === 0 ? t('noPods') : t('pods', pods.length)}
      </p>
      {pods.length > 0 && (
        <ul>
          {pods.slice(0, TOLD_PODS).map((item) => (
            <li key={item.id}>{describeItem(item, language).join(', ')}</li>
          ))}
          {pods.length > TOLD_PODS && <li>{t('more', pods.length - TOLD_PODS)}</li>}
        </ul>
      )}
    </>
  );
}

function controlText({ isFirstVisit, file, checked, draft }: SessionState, t: Words): string {
  if (isFirstVisit) return t('invite');
  const problems = checked?.text === draft ? t('problems', checked.problems.length) : '';
  return `${t('parts', file)} ${problems}`;
}

function nowText(state: SessionState, outline: ReturnType<typeof useOutline>, t: Words, language: Language): string {
  if (state.phase === 'opening') return t('opening');
  const shown = state.events.at(state.level);
  const count = countBy(shown, state.step);
  const event = shown[count - 1];
  const pace = state.pace === 'story' ? t('story') : t('real', state.pace);
  return [
    state.playing ? t('playing', pace) : t('paused'),
    t('where', formatInstant(state.t, language), count, shown.length),
    ...(event ? [t('last', plain(tellEvent(event, language)))] : []),
    selectedText(state.selection, outline, t, language),
  ].join(' ');
}

function selectedText(selection: string | undefined, outline: readonly OutlineItem[], t: Words, language: Language): string {
  if (selection === undefined) return t('unselected');
  const item = findItem(outline, selection);
  return item ? t('selected', describeItem(item, language).join(', ')) : t('gone', selection.split('/').at(-1) ?? '');
}

function findItem(items: readonly OutlineItem[], id: string): OutlineItem | undefined {
  for (const item of items) {
    const found = item.id === id ? item : findItem(item.children, id);
    if (found) return found;
  }
  return undefined;
}

function hintText(state: SessionState, t: Words): string {
  if (state.isFirstVisit) return t('hintFirst');
  if (state.asking) return t('hintAsk');
  const time = state.playing ? t('hintPlaying') : isAtEnd(state) ? t('hintEnd') : t('hintPaused');
  const isEmpty = state.recipe.inputs.length === 0;
  return [isEmpty ? t('hintEmpty') : time, ...(state.selection === undefined ? [t('hintSelect')] : []), t('hintMore')].join(' ');
}
