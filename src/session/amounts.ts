// Amounts and lengths as figures and panels print them.
import type { Language } from '../i18n/messages.ts';
import { formatLength } from '../i18n/time.ts';

/** Bytes: `5.2Mi`, `512Ki`. */
export function bytesText(bytes: number): string {
  const unit = (['Gi', 'Mi', 'Ki'] as const).find((_, i) => bytes >= 2 ** (30 - i * 10));
  if (unit === undefined) return `${bytes}`;
  const scaled = bytes / (unit === 'Gi' ? 2 ** 30 : unit === 'Mi' ? 2 ** 20 : 2 ** 10);
  return `${Math.round(scaled * 10) / 10}${unit}`;
}

/** Thousandths of a core: `250m`, `2`. */
export const coresText = (milli: number): string => (milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`);

/** A length that the spec gives: `10초`. */
export const secondsText = (ms: number, language: Language): string => (language === 'ko' ? `${ms / 1000}초` : `${ms / 1000} s`);

/** A length that goes on, always with one digit below a minute so that it does not jump: `7.3초`. */
export function movingLength(ms: number, language: Language): string {
  if (ms >= 60_000) return formatLength(Math.floor(ms / 1000) * 1000, language);
  const text = (Math.floor(Math.max(0, ms) / 100) / 10).toFixed(1);
  return language === 'ko' ? `${text}초` : `${text} s`;
}
