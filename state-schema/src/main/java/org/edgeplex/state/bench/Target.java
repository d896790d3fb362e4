package org.edgeplex.state.bench;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A ratio that the engines are held to: the worst of others.
///
/// @param limit what it should not exceed
/// @param parts the metrics that it is the worst of; without one of them it is not told
public record Target(String metric, double limit, List<String> parts) {
    /// Reads are the whole engine's. A write of the engine on RAMCloud is several of the cluster's,
    /// which is told as `ramcloud_put_over_object_write`: here its client is held to the protocol.
    static final List<Target> ALL =
            List.of(
                    new Target(
                            "lmdb_over_c",
                            1.5,
                            List.of(
                                    "lmdb_get_over_c",
                                    "lmdb_put_over_c",
                                    "lmdb_get_all_100_over_c",
                                    "lmdb_put_all_100_over_c")),
                    new Target(
                            "redis_single_over_raw",
                            1.3,
                            List.of(
                                    "redis_unix_get_over_raw",
                                    "redis_unix_put_over_raw",
                                    "redis_tcp_get_over_raw",
                                    "redis_tcp_put_over_raw")),
                    new Target(
                            "redis_batch_over_raw",
                            1.15,
                            List.of(
                                    "redis_unix_get_all_100_over_raw",
                                    "redis_unix_put_all_100_over_raw",
                                    "redis_tcp_get_all_100_over_raw",
                                    "redis_tcp_put_all_100_over_raw")),
                    new Target(
                            "ramcloud_single_over_raw",
                            1.3,
                            List.of(
                                    "ramcloud_get_over_raw",
                                    "ramcloud_client_get_over_raw",
                                    "ramcloud_client_put_over_raw")),
                    new Target(
                            "ramcloud_batch_over_raw",
                            1.15,
                            List.of(
                                    "ramcloud_get_all_100_over_raw",
                                    "ramcloud_client_get_all_100_over_raw",
                                    "ramcloud_client_put_all_100_over_raw")));

    /// Empty: not all of its parts were measured.
    public OptionalDouble of(Map<String, Double> ratios) {
        return ratios.keySet().containsAll(parts)
                ? parts.stream().mapToDouble(ratios::get).max()
                : OptionalDouble.empty();
    }
}
