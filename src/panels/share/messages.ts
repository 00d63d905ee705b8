import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'Share',
    close: 'Close',
    moment: 'This moment',
    start: 'From the start',
    which: 'What the link opens',
    link: 'Link',
    copy: 'Copy link',
    copied: 'Copied.',
    download: 'Download as a scenario file',
    long: (length: number) =>
      `The link has ${length} characters; some chat programs cut off links of more than 2,000. Rather send the file.`,
    privacy: 'Everything is inside the link. Nothing is sent to a server.',
    version: 'Made with Podscope, link format 1, Kubernetes v1.36 rules.',
  },
  {
    title: '공유',
    close: '닫기',
    moment: '지금 이 순간',
    start: '처음부터',
    which: '링크를 열면 보이는 곳',
    link: '링크',
    copy: '링크 복사',
    copied: '복사했다.',
    download: '시나리오 파일로 내려받기',
    long: (length: number) => `링크가 ${length}자다. 2,000자가 넘는 링크를 자르는 채팅 프로그램이 있으니 파일로 보내는 편이 낫다.`,
    privacy: '모든 내용은 링크 안에 있습니다. 서버로 보내지 않습니다.',
    version: 'Podscope 링크 형식 1, Kubernetes v1.36 규칙.',
  },
);
