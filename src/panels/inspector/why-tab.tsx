// "Why?": the chain of causes, the newest first, back to what a person did. Each link goes to its moment.
import {
  Cog,
  Crosshair,
  Database,
  Diamond,
  Flag,
  Hexagon,
  Landmark,
  type LucideIcon,
  Network,
  Package,
  RotateCcw,
  Terminal,
  Zap,
} from 'lucide-react';
import { memo, type ReactNode, type RefObject } from 'react';
import type { RecordId } from '../../engine/records.ts';
import type { Trace } from '../../engine/trace.ts';
import { useLanguage } from '../../i18n/language.ts';
import { formatInstant } from '../../i18n/time.ts';
import { sentenceOfRecord, startSentence } from '../../session/sentences/records.ts';
import { useSession } from '../../session/use-session.ts';
import { type Actor, actorOf, type WhyLink } from '../../session/why.ts';
import { FocusHeir } from '../../widgets/focus.tsx';
import type { Words } from './messages.ts';
import { Told } from './told.tsx';
import type { Moment } from './use-moment.ts';
import css from './why.module.css';

const ICONS: Readonly<Record<Actor, LucideIcon>> = {
  you: Diamond,
  fault: Zap,
  kubectl: Terminal,
  apiserver: Landmark,
  etcd: Database,
  scheduler: Crosshair,
  controller: Cog,
  kubelet: Hexagon,
  runtime: Package,
  network: Network,
  start: Flag,
};

interface WhyTabProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly question: string;
  readonly links: readonly WhyLink[];
  readonly moment: Moment;
  /** A record was picked: what is selected can be asked about instead. */
  readonly isPicked: boolean;
  readonly words: Words;
  /** A link is to be gone to; 0 is the start. */
  readonly onGo: (id: RecordId) => void;
}

export function WhyTab({ heading, question, links, moment, isPicked, words, onGo }: WhyTabProps): ReactNode {
  const session = useSession();
  return (
    <section className={css.why} data-testid="why" aria-labelledby="why-question">
      <h3 id="why-question" ref={heading} tabIndex={-1} className={css.question}>
        {question}
      </h3>
      {isPicked && (
        <FocusHeir heir="#why-question">
          <button type="button" className={css.instead} onClick={() => session.select(moment.selection)}>
            {words('askSelection')}
          </button>
        </FocusHeir>
      )}
      {links.length === 0 ? (
        <p className={css.none}>{words('noWhy')}</p>
      ) : (
        <ol className={css.chain} aria-label={words('chain')}>
          {links.map((link) => (
            <Link key={link.id} link={link} trace={moment.trace} isHere={isHere(link, moment)} words={words} onGo={onGo} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface LinkProps {
  readonly link: WhyLink;
  readonly trace: Trace;
  /** The playhead stands at it. */
  readonly isHere: boolean;
  readonly words: Words;
  readonly onGo: (id: RecordId) => void;
}

const isHere = ({ record }: WhyLink, { step, t }: Moment): boolean =>
  record !== undefined && record.step === step && record.at === Math.floor(t);

/** Drawn once: while time goes by only the mark of the present moves. */
const Link = memo(function Link({ link: { id, at, record, via, rounds }, trace, isHere, words, onGo }: LinkProps): ReactNode {
  const language = useLanguage();
  const actor = actorOf(record);
  const Icon = rounds > 0 ? RotateCcw : ICONS[actor];
  const time = record === undefined ? words('start') : formatInstant(at, language);
  const sentence = record === undefined ? startSentence(language) : sentenceOfRecord(trace, record, language);
  return (
    <li
      className={css.link}
      data-actor={actor}
      data-note={record?.type === 'note' ? record.name : record?.type}
      data-rounds={rounds || undefined}
    >
      <span className={css.mark}>
        <Icon size={15} aria-hidden fill={actor === 'you' ? 'currentColor' : 'none'} />
      </span>
      <button
        type="button"
        className={css.go}
        aria-current={isHere ? 'step' : undefined}
        onClick={() => onGo(id)}
        title={words('goTo', time)}
      >
        <span className={css.sentence}>{rounds > 0 ? words('rounds', rounds) : <Told text={sentence} />}</span>
        <span className={css.how}>
          {via && <span className={css.via}>{via.label}</span>} {time}
        </span>
      </button>
    </li>
  );
});
