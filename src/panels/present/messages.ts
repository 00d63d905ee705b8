import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    present: 'Presentation',
    simulated: (instant: string) => `simulated, ${instant}`,
    beat: (n: number, of: number, isWhole: boolean) => `event ${n} of ${of}${isWhole ? '' : ' so far'}`,
    previous: 'Previous event (PageUp)',
    next: 'Next event (PageDown, Space)',
    pointer: 'Pointer (K)',
    blank: 'Black screen (B)',
    code: 'Scan to open this moment',
    codeLabel: 'QR code of this moment',
    codeKey: 'QR code of this moment (Q)',
    fullScreen: 'Full screen (F)',
    leave: 'Leave (Esc)',
    blanked: 'The screen is black. B brings the picture back.',
  },
  {
    present: '발표',
    simulated: (instant: string) => `시뮬레이션, ${instant}`,
    beat: (n: number, of: number, isWhole: boolean) => (isWhole ? `사건 ${n} / ${of}` : `사건 ${n} / 지금까지 ${of}`),
    previous: '이전 사건 (PageUp)',
    next: '다음 사건 (PageDown, Space)',
    pointer: '포인터 (K)',
    blank: '검은 화면 (B)',
    code: '찍으면 같은 순간이 열린다',
    codeLabel: '이 순간의 QR 코드',
    codeKey: '이 순간의 QR 코드 (Q)',
    fullScreen: '전체 화면 (F)',
    leave: '나가기 (Esc)',
    blanked: '화면을 가렸습니다. B를 누르면 그림이 돌아옵니다.',
  },
);
