import { holdRecordings } from './hold.ts';

holdRecordings('printing');
