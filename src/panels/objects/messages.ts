import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    objects: 'Objects of the cluster',
    keys: '↑ ↓ walk · → ← unfold, fold · Enter selects · Esc back to the figure',
    more: (count: number) => `and ${count} more: walk on`,
  },
  {
    objects: '클러스터의 오브젝트',
    keys: '↑ ↓ 이동 · → ← 펼치기, 접기 · Enter 고르기 · Esc 그림으로',
    more: (count: number) => `${count}개 더: 계속 내려가면 나온다`,
  },
);
