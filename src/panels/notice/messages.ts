import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    'damaged-link':
      'This link is damaged: a part of it is missing or was changed on its way. Ask for it once more. Your own work is untouched.',
    'newer-link': 'This link comes from a newer Podscope than this one can read. Reload the page, then open it again.',
    'storage-full': 'This browser has no room left to keep your work. Download it from Share.',
    kept: 'Kept: from now on it is saved in this browser.',
    close: 'Close',
  },
  {
    'damaged-link': '링크가 망가졌습니다. 오는 길에 일부가 잘리거나 바뀌었습니다. 다시 받아 주세요. 하던 작업은 그대로 있습니다.',
    'newer-link': '이 페이지보다 새로운 Podscope에서 만든 링크라서 읽을 수 없습니다. 페이지를 새로 고친 뒤 다시 열어 주세요.',
    'storage-full': '이 브라우저에 작업을 저장할 자리가 없습니다. 공유에서 파일로 내려받으세요.',
    kept: '내 것으로 저장했습니다. 이제부터 이 브라우저에 저장됩니다.',
    close: '닫기',
  },
);
