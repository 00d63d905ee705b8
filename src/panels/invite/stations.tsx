// The stations on the way of the first Pod: named before it passes them, filled once it has.
import { useText } from '../../i18n/language.ts';
import { stationsPassed } from '../../session/first-walk.ts';
import { useSessionState } from '../../session/use-session.ts';
import { messages } from './messages.ts';
import css from './stations.module.css';

export function Stations() {
  const t = useText(messages);
  const stations = [t('apiserver'), 'etcd', t('scheduler'), 'kubelet', 'pause', 'nginx', 'Ready'];
  const isFirstVisit = useSessionState((state) => state.isFirstVisit);
  const passed = useSessionState((state) => (state.isWalking ? stationsPassed(state) : 0));
  return (
    <section className={css.stations} aria-label={t(isFirstVisit ? 'stations' : 'way')} data-testid="stations" data-passed={passed}>
      <ol className={css.way}>
        <li>
          <i className={css.start} />
        </li>
        {stations.map((station, i) => (
          <li key={station} data-passed={i < passed || undefined} aria-current={i === passed - 1 ? 'step' : undefined}>
            {station}
            <i />
          </li>
        ))}
      </ol>
      <p className={css.note}>{t(isFirstVisit ? 'zero' : 'anyMoment')}</p>
    </section>
  );
}
