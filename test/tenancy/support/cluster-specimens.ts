import { newId } from '@platform/kernel';
import type { Home, Insert, Specimens } from './insert';

/** A run with one cluster of an answered opinion and a hidden one that is not; and a wish for a run that came to nothing. */
export async function clusterSpecimens(insert: Insert, { staff, at }: Home, ids: Specimens, secret: string): Promise<void> {
  const of = { consultation_id: ids['consultation'] };
  const clustering = await insert('opinion_clustering', {
    ...of, id: newId(), version_id: ids['version.consulting'], no: 1, threshold: 0.25, shingle: 3, opinions: 2, computed_at: at, computed_by: staff['drafter'],
  });
  ids['cluster'] = await insert('opinion_cluster', {
    ...of, id: newId(), clustering_id: clustering, no: 1, representative_id: ids['opinion.hidden'], size: 2, wordings: 2, passages: JSON.stringify([secret]),
  });
  for (const opinion of ['opinion', 'opinion.hidden']) {
    await insert('opinion_cluster_member', { ...of, clustering_id: clustering, cluster_id: ids['cluster'], opinion_id: ids[opinion], to_common: 0.5, to_representative: 0.5 });
  }
  ids['clustering.job'] = await insert('opinion_clustering_job', {
    ...of, id: newId(), version_id: ids['version.consulting'], threshold: 0.25, asked_by: staff['drafter'], asked_at: at, ended_at: at, failure: 'clusters:error.lost',
  });
}
