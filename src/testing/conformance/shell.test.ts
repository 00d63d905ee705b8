import { holdRecordings } from './hold.ts';

holdRecordings('shell');
