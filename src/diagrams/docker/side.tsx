// One side drawn: the bridge, the rooms with their beams and plugs, the containers in them, and the way of a connection over all.
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Text } from '../../i18n/messages.ts';
import { Icon } from '../../widgets/icon.tsx';
import styles from './docker.module.css';
import { type Drawing, drawingOf, HEIGHT, headOf, LENGTHS, pathOf, PLATE, PLUG } from './layout.ts';
import type { messages } from './messages.ts';
import type { Box, Room, Side } from './rooms.ts';

export type Words = Text<(typeof messages)['en']>;

const FIRST_WIDTH = 400;
/** Beside the upper chip, where nothing is written. */
const VERDICT_ABOVE = LENGTHS['--chip'] + LENGTHS['--chip-gap'];
const STYLE = {
  ...Object.fromEntries(Object.entries(LENGTHS).map(([name, length]) => [name, `${length}px`])),
  height: HEIGHT,
} as CSSProperties;

interface SideFigureProps {
  readonly side: Side;
  readonly title: string;
  readonly words: Words;
}

export function SideFigure({ side, title, words }: SideFigureProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? FIRST_WIDTH)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const drawing = useMemo(() => drawingOf(side, width), [side, width]);
  const { boxes, rooms, bridge } = side;
  return (
    <div ref={frame} className={styles.side} style={STYLE} role="img" aria-label={labelOf(side, title, words)}>
      <p className={styles.bridge} data-unused={rooms.every(({ heldBy }) => heldBy === 'host') || undefined}>
        <Plug /> <b>{bridge.name}</b> <span>{bridge.address}</span>
      </p>
      <div className={styles.rooms} style={{ gridTemplateColumns: `repeat(${boxes.length}, minmax(0, 1fr))` }}>
        {rooms.map((room) => (
          <RoomFigure key={`${room.id}/${room.first}`} room={room} side={side} words={words} />
        ))}
      </div>
      <Wires drawing={drawing} side={side} width={width} />
    </div>
  );
}

const Plug = (): ReactNode => (
  <svg width="15" height="13" viewBox="0 0 15 13" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d="M1 1h13v11H1zM4.5 1v4M7.5 1v4M10.5 1v4" />
  </svg>
);

interface RoomFigureProps {
  readonly room: Room;
  readonly side: Side;
  readonly words: Words;
}

function RoomFigure({ room, side, words }: RoomFigureProps): ReactNode {
  const { first, count, ip, hostname, heldBy, isUp } = room;
  const boxes = side.boxes.slice(first, first + count);
  return (
    <div
      className={styles.room}
      data-up={isUp || undefined}
      data-held-by={heldBy}
      style={{ gridColumn: `${first + 1} / span ${count}`, '--columns': count } as CSSProperties}
    >
      <div className={styles.beam}>
        {heldBy === 'host' ? (
          <p>{words('hostHeld')}</p>
        ) : (
          <p>
            eth0 <b>{ip === '' ? words('noAddress') : ip}</b>
          </p>
        )}
        <p className={styles.lo}>
          lo <b>127.0.0.1</b>
        </p>
        {count > 1 && hostname !== '' && (
          <p className={styles.host}>
            hostname <b>{hostname}</b>
          </p>
        )}
        {heldBy === 'pause' && (
          <p className={styles.pause}>
            <Icon name="pause" size={13} /> <span className={styles.long}>{words('held')}</span>
            <span className={styles.brief}>pause</span>
          </p>
        )}
      </div>
      <div className={styles.boxes}>
        {boxes.map((box, i) => (
          <BoxFigure key={box.name} box={box} side={side} column={first + i} words={words} />
        ))}
      </div>
    </div>
  );
}

interface BoxFigureProps {
  readonly box: Box;
  readonly side: Side;
  readonly column: number;
  readonly words: Words;
}

function BoxFigure({ box, side, column, words }: BoxFigureProps): ReactNode {
  const { name, image, state, processes } = box;
  const [first] = processes;
  const isAsked = side.askedIn === column;
  const isRefused = side.wire !== undefined && side.wire.from === column && side.wire.to === undefined;
  return (
    <div className={styles.box} data-state={state} data-box={name}>
      <b className={styles.name} title={name}>
        {name}
      </b>
      <span className={styles.image} title={image}>
        {image}
      </span>
      <span className={styles.say} data-refused={isRefused || undefined}>
        {isRefused ? words('nobody', side.wire?.port ?? 0) : state === 'running' ? '' : stateText(box, words)}
      </span>
      {first && (
        <span className={styles.chip} title={first.command}>
          <i>{first.pid}</i> {first.command}
        </span>
      )}
      {isAsked && (
        <span className={styles.chip} data-asked>
          {side.asked?.program.replace(/ -s?S?(?= )/g, '')}
        </span>
      )}
    </div>
  );
}

function stateText({ key, state, exitCode }: Box, words: Words): string {
  if (key === undefined) return words('notMade');
  if (state === 'exited') return words('exited', exitCode ?? 0);
  return words(state === 'created' ? 'created' : 'waitingState');
}

function Wires({ drawing, side, width }: { readonly drawing: Drawing; readonly side: Side; readonly width: number }): ReactNode {
  const { plugs, plates, leads, way } = drawing;
  const { wire } = side;
  const isRefused = wire !== undefined && wire.to === undefined;
  const end = way?.at(-1);
  return (
    <svg className={styles.wires} width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {plugs.map(({ room, x }) => (
        <g key={room.first} className={styles.plug} data-up={room.isUp || undefined}>
          <path d={`M${x} ${LENGTHS['--bridge']}v${LENGTHS['--cable']}`} />
          <rect
            x={x - PLUG.width / 2}
            y={LENGTHS['--bridge'] + LENGTHS['--cable'] - PLUG.height / 2}
            width={PLUG.width}
            height={PLUG.height}
            rx="3"
          />
          <path d={`M${x - 7} ${LENGTHS['--bridge'] + LENGTHS['--cable'] - PLUG.height / 2}v6m7 -6v6m7 -6v6`} />
        </g>
      ))}
      {leads.map(({ column, points }) => (
        <path
          key={column}
          className={styles.lead}
          data-busy={wire?.to === column || undefined}
          d={pathOf(points) + (wire?.to === column ? headOf(points) : '')}
        />
      ))}
      {way && (
        <path className={styles.way} data-wire={isRefused ? 'refused' : 'connected'} d={pathOf(way) + (isRefused ? '' : headOf(way))} />
      )}
      {plates.map(({ port, column, x, y }) => (
        <g key={column} className={styles.plate} data-busy={wire?.to === column || undefined}>
          <rect x={x - PLATE.width / 2} y={y - PLATE.height / 2} width={PLATE.width} height={PLATE.height} rx="4" />
          <text x={x} y={y + 4}>
            :{port}
          </text>
        </g>
      ))}
      {end && isRefused && <Verdict x={end[0]} y={end[1]} isGood={false} />}
      {way && !isRefused && <Verdict x={way[1]?.[0] ?? 0} y={(way[1]?.[1] ?? 0) - VERDICT_ABOVE} isGood />}
    </svg>
  );
}

/** How it went, where the way ends or bends. */
function Verdict({ x, y, isGood }: { readonly x: number; readonly y: number; readonly isGood: boolean }): ReactNode {
  return (
    <g className={styles.verdict} data-good={isGood || undefined} transform={`translate(${x} ${y})`}>
      <circle r="10" />
      <path d={isGood ? 'M-4.5 .5 L-1.5 3.5 L4.5 -3' : 'M-3.5 -3.5 L3.5 3.5 M3.5 -3.5 L-3.5 3.5'} />
    </g>
  );
}

/** The side in words: rooms with what is in them, and how the command fared. */
function labelOf({ rooms, boxes, wire }: Side, title: string, words: Words): string {
  const roomTexts = rooms.map(({ first, count, ip }) => {
    const inside = boxes.slice(first, first + count);
    const ports = inside.flatMap((box) => box.ports.map((port) => `:${port}`)).join(', ');
    return words('roomLabel', inside.map(({ name }) => name).join(', '), ip === '' ? words('noAddress') : ip, ports);
  });
  const from = boxes[wire?.from ?? -1]?.name ?? '';
  const to = boxes[wire?.to ?? -1]?.name;
  const wireText = !wire ? '' : to === undefined ? words('wireRefused', from, wire.port) : words('wireConnected', from, to, wire.port);
  return words('sideLabel', title, roomTexts.join('; '), wireText);
}
