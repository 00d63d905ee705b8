import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    figure: 'A simulated Kubernetes cluster',
    simulated: 'simulated',
    open: 'Open in Podscope',
    play: 'Play',
    pause: 'Pause',
    previous: 'Previous event',
    next: 'Next event',
    show: (instant: string) => `Show ${instant}`,
    weight: 'The simulation is fetched on the click: 0.4 MB',
    opening: 'Running the scenario up to this moment…',
    damaged: 'The link of this figure is damaged: a part of it is missing or was changed.',
    newer: 'The link of this figure comes from a newer Podscope.',
  },
  {
    figure: '시뮬레이션한 쿠버네티스 클러스터',
    simulated: '시뮬레이션',
    open: 'Podscope에서 열기',
    play: '재생',
    pause: '멈춤',
    previous: '이전 사건',
    next: '다음 사건',
    show: (instant: string) => `${instant} 순간 보기`,
    weight: '누르면 시뮬레이션 0.4 MB를 받아 옵니다',
    opening: '이 순간까지 시나리오를 돌리는 중…',
    damaged: '이 그림의 링크가 망가졌습니다. 일부가 잘리거나 바뀌었습니다.',
    newer: '이 그림의 링크는 더 새로운 Podscope에서 만들었습니다.',
  },
);
