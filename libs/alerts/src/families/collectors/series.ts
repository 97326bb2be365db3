/** Which series are of collectors, of this cluster and of others. */
export const COLLECTORS = 'job=~"monitoring/(?:alloy|alloy-gateway|alloy-sources)"';
