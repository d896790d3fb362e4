/// The few calls of the C library that the data plane needs, and what is built on them: the TAP of
/// the kernel, waiting with poll(2), waking a sleeper, pinning a thread.
///
/// Native calls of this module live here and in `io.dpdk` only.
///
/// - Linux: netdevice(7), network_namespaces(7), packet(7), `Documentation/networking/tuntap.rst`
@NullMarked
package org.edgeplex.dataplane.io.linux;

import org.jspecify.annotations.NullMarked;
