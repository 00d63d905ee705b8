import { holdRecordings } from './hold.ts';

holdRecordings('lifecycle');
