import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'kubectl says',
    nothing: 'Press Apply: what kubectl answers stands here.',
    running: 'waiting for the API server…',
    exit: (code: number) => `exit code ${code}`,
  },
  {
    title: 'kubectl의 대답',
    nothing: '적용을 누르면 kubectl의 대답이 여기에 보인다.',
    running: 'API 서버의 대답을 기다리는 중…',
    exit: (code: number) => `종료 코드 ${code}`,
  },
);
