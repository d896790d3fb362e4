/// Counters files as metrics of Prometheus.
///
/// [DataplaneMetrics] names them, after the conventions of
/// <https://prometheus.io/docs/practices/naming/>; the library writes the formats. Of a process
/// that has ended there is `edgeplex_dataplane_up 0` and no number: a counter that stands still
/// would look like a customer who is silent.
@NullMarked
package org.edgeplex.telemetry.prometheus;

import org.jspecify.annotations.NullMarked;
