// The words of the timeline.
import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    timeline: 'Timeline',
    empty: 'Once a Pod is made, its life is drawn here: STATUS, and a lane for each container.',
    later: (length: string) => `${length} later`,
    value: (time: string, event: number, of: number, text: string) => `${time}, event ${event} of ${of}. ${text}`,
    events: 'events',
    lanes: 'Lanes',
    podLane: (pod: string) => `STATUS of Pod ${pod}`,
    containerLane: (container: string, pod: string) => `container ${container} of Pod ${pod}`,
    branch: 'the branch left behind',
    forgotten: (count: number) => `${count} of the finest messages were forgotten to save memory`,
  },
  {
    timeline: '타임라인',
    empty: '파드를 만들면 그 삶이 여기에 그려진다: STATUS 한 줄, 컨테이너마다 한 줄.',
    later: (length) => `${length} 뒤`,
    value: (time, event, of, text) => `${time}, 사건 ${event} / ${of}. ${text}`,
    events: '사건',
    lanes: '줄',
    podLane: (pod) => `${pod} 파드의 STATUS`,
    containerLane: (container, pod) => `${pod} 파드의 ${container} 컨테이너`,
    branch: '갈라지기 전의 흐름',
    forgotten: (count) => `메모리를 아끼려고 가장 자잘한 메시지 ${count}개를 지웠다`,
  },
);
