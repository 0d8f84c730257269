import type { EventHandler, StoredEvent } from '@platform/messaging';
import { CLUSTERS_WANTED, type ClustersWanted } from '../consultation.events';
import type { ClusterOutcome, ComputeClusters, WantedClusters } from '../use-cases/compute-clusters';

const wantedBy = ({ cityId, payload }: StoredEvent): WantedClusters => ({ cityId, ...(payload as ClustersWanted) });

/** Computes the clusters that somebody asked for, before the transaction, and stores them within it. */
export const computeWanted = (computeClusters: ComputeClusters): EventHandler => ({
  name: 'consultation.compute_clusters',
  types: [CLUSTERS_WANTED],
  prepare: (event) => computeClusters.compute(wantedBy(event)),
  async handle(tx, event, prepared) {
    if (prepared) await computeClusters.store(tx, wantedBy(event), prepared as ClusterOutcome);
  },
});
