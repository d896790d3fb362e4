/// The data plane's one thread: a duty cycle that polls while there is traffic and, as its ports
/// want it, sleeps while there is none.
///
/// The cycle neither blocks, locks, logs nor allocates; the sleep is one ppoll(2) outside of it.
/// [Idling] decides when, and for how long. Other threads reach it by a bounded queue of updates
/// and a wake-up.
@NullMarked
package org.edgeplex.dataplane.worker;

import org.jspecify.annotations.NullMarked;
