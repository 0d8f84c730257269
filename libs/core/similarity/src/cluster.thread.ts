import { serveThread } from '@platform/threads';
import { clusterTexts } from './cluster-texts';
import type { ClusterJob } from './cluster-pool';

serveThread(({ texts, options }: ClusterJob) => clusterTexts(texts, options));
