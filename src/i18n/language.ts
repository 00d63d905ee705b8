// The language of everything below a provider; changing it needs no reload.
import { createContext, useContext, useMemo } from 'react';
import { type Language, type Messages, type Text, textOf } from './messages.ts';

export const LanguageContext = createContext<Language>('ko');

/** The language that the page speaks now. */
export const useLanguage = (): Language => useContext(LanguageContext);

/** The lookup of a dictionary in the language that the page speaks now. */
export function useText<D extends object>(messages: Messages<D>): Text<D> {
  const language = useLanguage();
  return useMemo(() => textOf(messages, language), [messages, language]);
}
