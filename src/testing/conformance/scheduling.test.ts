import { holdRecordings } from './hold.ts';

holdRecordings('scheduling');
