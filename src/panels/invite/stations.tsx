// The stations that a Pod will pass, before anything has happened: the parts named before they act.
import { useText } from '../../i18n/language.ts';
import { messages } from './messages.ts';
import css from './stations.module.css';

export function Stations() {
  const t = useText(messages);
  const stations = [t('apiserver'), 'etcd', t('scheduler'), 'kubelet', 'pause', 'nginx', 'Ready'];
  return (
    <section className={css.stations} aria-label={t('stations')}>
      <ol className={css.way}>
        <li>
          <i className={css.start} />
        </li>
        {stations.map((station) => (
          <li key={station}>
            {station}
            <i />
          </li>
        ))}
      </ol>
      <p className={css.note}>{t('zero')}</p>
    </section>
  );
}
