// DynamicResources: devices that are claimed. Nothing is claimed here, so the plugin says only what it says of a Pod without claims.
// Models plugins/dynamicresources.
import type { Plugin } from '../../framework/plugin.ts';
import { unschedulable } from '../../framework/status.ts';

const plugin: Plugin = {
  name: 'DynamicResources',
  order: 13,
  weight: 2,
  postFilter: () => ({ status: unschedulable('no new claims to deallocate') }),
  preScore: () => ({ score: () => 0 }),
};
export default plugin;
