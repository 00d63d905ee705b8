import { holdRecordings } from './hold.ts';

holdRecordings('admission');
