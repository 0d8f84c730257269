export { clusterInThread } from './cluster-pool';
export { type Cluster, type Clustering, type ClusterOptions, clusterTexts, DEFAULTS, type Member, type Text } from './cluster-texts';
export { passagesIn } from './passages';
