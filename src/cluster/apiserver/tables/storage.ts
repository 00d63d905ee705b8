// Volumes and storage classes as tables. Models pkg/printers/internalversion/printers.go.
import { age } from '../../api/human-duration.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types.ts';
import { AGE, column, NAME, type TableKind, wideColumn } from './table-kind.ts';

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const modes = (names: readonly string[] | undefined): string =>
  Object.keys(MODES)
    .filter((mode) => names?.includes(mode))
    .map((mode) => MODES[mode])
    .join(',');

/** The table of PersistentVolumes. */
export const persistentVolumeTable: TableKind<PersistentVolume> = {
  columns: [
    NAME,
    ...['Capacity', 'Access Modes', 'Reclaim Policy', 'Status', 'Claim', 'StorageClass', 'VolumeAttributesClass', 'Reason'].map((name) =>
      column(name),
    ),
    AGE,
    wideColumn('VolumeMode'),
  ],
  cells(volume, nowMs) {
    const { spec, status } = volume;
    const claim = spec?.claimRef;
    return [
      volume.metadata.name,
      spec?.capacity?.storage ?? '',
      modes(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy ?? '',
      volume.metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      claim ? `${claim.namespace}/${claim.name}` : '',
      spec?.storageClassName ?? '',
      spec?.volumeAttributesClassName ?? '<unset>',
      status?.reason ?? '',
      age(volume.metadata.creationTimestamp, nowMs),
      spec?.volumeMode ?? '<unset>',
    ];
  },
};

/** The table of PersistentVolumeClaims. */
export const persistentVolumeClaimTable: TableKind<PersistentVolumeClaim> = {
  columns: [
    NAME,
    ...['Status', 'Volume', 'Capacity', 'Access Modes', 'StorageClass', 'VolumeAttributesClass'].map((name) => column(name)),
    AGE,
    wideColumn('VolumeMode'),
  ],
  cells(claim, nowMs) {
    const { spec, status } = claim;
    const isBound = Boolean(spec?.volumeName);
    return [
      claim.metadata.name,
      claim.metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec?.volumeName ?? '',
      isBound ? (status?.capacity?.storage ?? '') : '',
      isBound ? modes(status?.accessModes) : '',
      spec?.storageClassName ?? '',
      spec?.volumeAttributesClassName ?? '<unset>',
      age(claim.metadata.creationTimestamp, nowMs),
      spec?.volumeMode ?? '<unset>',
    ];
  },
};

/** The table of StorageClasses. */
export const storageClassTable: TableKind<StorageClass> = {
  columns: [NAME, ...['Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion'].map((name) => column(name)), AGE],
  cells(storage, nowMs) {
    const isDefault = storage.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    return [
      isDefault ? `${storage.metadata.name} (default)` : storage.metadata.name,
      storage.provisioner,
      storage.reclaimPolicy ?? 'Delete',
      storage.volumeBindingMode ?? '<unset>',
      storage.allowVolumeExpansion ?? false,
      age(storage.metadata.creationTimestamp, nowMs),
    ];
  },
};
