// Simulated time as text: seconds with as many digits as tell instants apart, minutes once there are many.
import type { Language } from './messages.ts';

/** An instant of the run: `0.461초`, `86.4 s`, `12분 3초`. */
export function formatInstant(ms: number, language: Language): string {
  const seconds = ms / 1000;
  if (seconds >= 600) {
    const minutes = Math.floor(seconds / 60);
    const rest = Math.floor(seconds % 60);
    return language === 'ko' ? `${minutes}분 ${rest}초` : `${minutes} min ${rest} s`;
  }
  const digits = ms < 10_000 ? 3 : 1;
  // Cut, not rounded: an instant must not read as a later one.
  const scale = 10 ** digits;
  const text = (Math.floor(seconds * scale + 1e-6) / scale).toFixed(digits);
  return language === 'ko' ? `${text}초` : `${text} s`;
}

/** A length of time, for a reader: `3밀리초`, `1.2초`, `5분`. */
export function formatLength(ms: number, language: Language): string {
  const unit = (value: number, ko: string, en: string): string => (language === 'ko' ? `${value}${ko}` : `${value} ${en}`);
  if (ms < 1000) return unit(Math.round(ms), '밀리초', 'ms');
  if (ms < 60_000) return unit(Math.round(ms / 100) / 10, '초', 's');
  const minutes = Math.floor(ms / 60_000);
  const rest = Math.round((ms % 60_000) / 1000);
  return rest === 0 ? unit(minutes, '분', 'min') : `${unit(minutes, '분', 'min')} ${unit(rest, '초', 's')}`;
}
