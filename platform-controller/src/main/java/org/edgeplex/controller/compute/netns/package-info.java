/// A compute host that is a network namespace of this machine: programs are JVMs in it.
///
/// ```
///   switch's namespace      host's namespace            PVM's namespace HOST-pvm-7
///   [ OVS ] pvm7 ---veth--- wire7 [ data plane ] --TAP-- ce0 [ control ]
/// ```
///
/// A program has its own session, files for its output, and marks in its environment by which a
/// later life of the controller finds it: it outlives whoever started it.
///
/// Everything is done by iproute2, ethtool and util-linux, as lists of arguments and never through
/// a shell. See `docs/decisions/0001-*` for the namespaces.
@NullMarked
package org.edgeplex.controller.compute.netns;

import org.jspecify.annotations.NullMarked;
