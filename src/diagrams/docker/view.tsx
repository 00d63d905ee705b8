// Docker and Pod side by side: rooms above, the table of namespaces below them, and the same command's two answers at the foot.
import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/language.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../widgets/button.tsx';
import { Segmented } from '../../widgets/segmented.tsx';
import { Answer, Answers, shortOf } from './answers.tsx';
import { askBoth, askForContainers, clientOf, tryTwo } from './deeds.ts';
import styles from './docker.module.css';
import { messages } from './messages.ts';
import { Namespaces } from './namespaces.tsx';
import { QUESTIONS, type Question } from './questions.ts';
import type { Side } from './rooms.ts';
import { type Choice, createSceneReader, type Scene, sceneAt } from './scene.ts';
import type { PodSide } from './sides.ts';
import { SideFigure, type Words } from './side.tsx';

const LABELS: Readonly<Record<Question, string>> = { curl: '1 curl localhost', hostname: '2 hostname', ps: '3 ps aux' };

export default function DockerAndPod({ session }: { readonly session: Session }): ReactNode {
  const words = useText(messages);
  const [choice, setChoice] = useState<Choice | undefined>(undefined);
  const read = useMemo(createSceneReader, []);
  const scene = useStore(session.store, (state) => read(state, choice));
  const { docker, pod } = scene;
  const { refused } = scene;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and may hold nothing to focus: the keyboard must be able to scroll it
    <section className={styles.figure} aria-label={words('figure')} tabIndex={0} data-docker-figure>
      {!docker && !pod ? (
        <Invitation words={words} onTry={() => tryTwo(session, scene)} />
      ) : (
        <>
          <Head session={session} scene={scene} words={words} onChoose={setChoice} />
          <div className={styles.pair}>
            <Half title={words('dockerTitle')} side={docker} words={words}>
              <Missing text={words('noDocker')} button={words('tryDocker')} onTry={() => tryTwo(session, scene)} />
            </Half>
            <p className={styles.between}>
              {docker && pod && sharesImages(docker, pod) && words('sameImages')}
              {docker && pod && docker.boxes.length > 1 && <b>{words(isApart(docker) ? 'differentRooms' : 'oneRoom')}</b>}
            </p>
            <Half title={words('podTitle')} side={pod} words={words}>
              <Missing text={words('noPod')} button={words('tryPod')} onTry={() => tryTwo(session, scene)} />
            </Half>
          </div>
          {docker && pod && scene.question !== undefined && <Answers scene={scene} words={words} />}
          <Namespaces scene={scene} words={words} />
          <div className={styles.api}>
            <p>{words('askApi')}</p>
            {!refused && <Button onClick={() => askForContainers(session)}>{words('askApiButton')}</Button>}
            {refused && <Answer asked={refused} side="api" words={words} />}
            {refused?.answer && <p className={styles.lesson}>{words('apiLesson')}</p>}
          </div>
        </>
      )}
    </section>
  );
}

function Invitation({ words, onTry }: { readonly words: Words; readonly onTry: () => void }): ReactNode {
  return (
    <div className={styles.invitation}>
      <h2>{words('inviteTitle')}</h2>
      <p>{words('invite')}</p>
      <Button look="primary" onClick={onTry} data-testid="try-two">
        {words('tryBoth')}
      </Button>
    </div>
  );
}

interface HeadProps {
  readonly session: Session;
  readonly scene: Scene;
  readonly words: Words;
  readonly onChoose: (choice: Choice) => void;
}

/** What to make of it, and what can be asked. */
function Head({ session, scene, words, onChoose }: HeadProps): ReactNode {
  const { docker, pod, question, askedStep } = scene;
  const canAsk = docker !== undefined && pod !== undefined && clientOf(docker) !== undefined && clientOf(pod) !== undefined;
  const next = question && QUESTIONS[QUESTIONS.indexOf(question) + 1];
  /** What has been answered by now is shown again; what has not is asked. */
  const choose = (wanted: Question): void => {
    const { docker: left, pod: right } = sceneAt(session.store.getState().trace, session.store.getState().step, undefined, wanted);
    if (left?.asked && right?.asked) onChoose({ question: wanted, after: askedStep });
    else askBoth(session, scene, wanted);
  };
  return (
    <header className={styles.head}>
      <p className={styles.headline} aria-live="polite">
        {headline(scene, canAsk, words)
          .split('**')
          .map((part, i) => (i % 2 === 1 ? <b key={part}>{part}</b> : part))}
      </p>
      {canAsk && (
        <div className={styles.controls}>
          <Segmented<Question | 'none'>
            label={words('questions')}
            value={question ?? 'none'}
            choices={QUESTIONS.map((value) => ({ value, text: LABELS[value] }))}
            onChoose={(value) => value !== 'none' && choose(value)}
          />
          {next !== undefined && <Button onClick={() => choose(next)}>{words(next === 'ps' ? 'nextPs' : 'nextHostname')}</Button>}
          {question === 'ps' && <Button onClick={() => askBoth(session, scene, question)}>{words('runAgain')}</Button>}
        </div>
      )}
    </header>
  );
}

/** The lesson of what has been answered, read from the answers and not known beforehand. */
function headline({ docker, pod, question }: Scene, canAsk: boolean, words: Words): string {
  const [left, right] = [docker?.asked?.answer, pod?.asked?.answer];
  if (!canAsk || !docker || !pod) return words(docker && pod ? 'waiting' : 'invite');
  const isRunning = [...docker.boxes, ...pod.boxes].every(({ state }) => state === 'running') && docker.boxes.length > 1;
  if (question === undefined) return words(isRunning ? 'notYet' : 'waiting');
  if (!left || !right) return words('asking');
  const server = pod.boxes[pod.wire?.to ?? -1]?.name;
  const client = pod.boxes[pod.askedIn ?? -1]?.name ?? '';
  if (question === 'curl') {
    return left.exit !== 0 && right.exit === 0 && server !== undefined
      ? words('curlDiffers', client, server)
      : words('curlSame', shortOf(left.stdout || left.stderr));
  }
  if (question === 'hostname') return words('hostnameDiffers', right.stdout.trim());
  return words(pod.sharesProcesses ? 'psShared' : 'psOwn');
}

interface HalfProps {
  readonly title: string;
  readonly side: Side | PodSide | undefined;
  readonly words: Words;
  /** What stands there while there is nothing to draw. */
  readonly children: ReactNode;
}

function Half({ title, side, words, children }: HalfProps): ReactNode {
  return (
    <div className={styles.half}>
      <div className={styles.title}>
        <h2>{title}</h2>
        {side && (
          <p className={styles.made}>
            {madeBy(side)} {side.more > 0 && <span>{words('more', side.more)}</span>}
          </p>
        )}
      </div>
      {side ? <SideFigure side={side} title={title} words={words} /> : children}
    </div>
  );
}

/** The commands in short by which the containers came to be. */
function madeBy(side: Side | PodSide): string {
  if ('key' in side) return `kubectl apply … pod/${side.name}`;
  return side.boxes.map(({ name }) => `docker run … ${name}`).join(', ');
}

function Missing({ text, button, onTry }: { readonly text: string; readonly button: string; readonly onTry: () => void }): ReactNode {
  return (
    <div className={styles.missing}>
      <p>{text}</p>
      <Button look="primary" onClick={onTry}>
        {button}
      </Button>
    </div>
  );
}

const isApart = ({ rooms }: Side): boolean => rooms.length > 1;

/** Whether both sides were made of the same images, by the names they were asked for. */
function sharesImages(left: Side, right: Side): boolean {
  const names = ({ boxes }: Side): string => [...new Set(boxes.map(({ image }) => image.replace(/:latest$/, '')))].sort().join(' ');
  return names(left) === names(right);
}
