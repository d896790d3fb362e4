/// What a data plane costs while it has nothing to do, and how fast it is awake.
///
/// [IdleBench] runs the real data plane on each kind of port in each idle mode. What its own
/// packets and ports take is measured with a program that polls and sends back what it gets.
@NullMarked
package org.edgeplex.lab.idle;

import org.jspecify.annotations.NullMarked;
